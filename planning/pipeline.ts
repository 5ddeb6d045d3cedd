import type { PipelineConfiguration, StackConfiguration } from "../configuration/schema";
import { isApplication } from "../configuration/schemas/identity-schema";
import type { PlanRecord, Snapshot } from "../snapshot";
import { MAX_CREDENTIALS, type TokenTerms } from "../trust/credentials";
import { identityKey } from "../trust/identity";
import { isSameLocation, settingsLocation } from "../trust/login-settings";
import { isPendingId, PENDING_LOGIN_SERVER } from "../trust/pending";
import { identityName, sharedUseName } from "../trust/resource-names";
import { pullRequestText } from "../workflow/pull-request";
import { reusableWorkflowText } from "../workflow/reusable-workflow";
import { WORKFLOW_NAME } from "../workflow/sign-image";
import { type Context, stackOf, stacksOf } from "./context";
import { currentPlan, isSameWorkflow, keptPlan, triggersOf } from "./current-plan";
import { planCommitMode } from "./github/commit-mode";
import { planEnvironment } from "./github/environment";
import { keepEnvironment } from "./github/environment-policies";
import { checkNeighbors, managerOf } from "./github/neighbors";
import { reachOf } from "./github/proposal";
import { planRepository } from "./github/repository";
import { planTemplate, planTrustedWorkflow } from "./github/reusable-workflow";
import { checkSettings } from "./github/settings";
import { withHeldNames } from "./held-credentials";
import { planIdentity, recordedIdentity } from "./identity";
import { type Report, under } from "./report";
import { profilesOf, registriesOf, type Sharer } from "./shared-identities";
import type { PipelinePlan } from "./stack-plan";
import { checkCount, planTrust } from "./trust";
import { planVerifier } from "./verifier";
import { jobPlan, outputsOf, planWorkflow, type Signing, statementOf } from "./workflow-files";

/** A pipeline's plan, and what its shared identity needs to know of it. */
export interface PlannedPipeline extends Sharer {
  /** Undefined where something that the plan needs cannot be used. */
  readonly plan?: PipelinePlan;
}

/** Decides about one pipeline; undefined where its repository cannot be used. */
export function planPipeline(
  name: string,
  configuration: StackConfiguration,
  signing: Signing | undefined,
  terms: TokenTerms,
  snapshot: Snapshot,
  report: Report,
): PlannedPipeline | undefined {
  const wanted = configuration.pipelines[name] as PipelineConfiguration;
  const { tags, ids: kind, level: scope } = wanted;
  const identity = planIdentity(name, configuration, snapshot, under(report, "identity"));
  const repository = planRepository(name, configuration, snapshot, report);
  if (!repository) return undefined;
  const { snapshot: found } = repository;
  const { defaultBranch } = found;
  const branches = wanted.branches ?? [defaultBranch];
  const refs = { branches, tags };
  const record = snapshot.state.pipelines[name];
  const of: Context = { name, wanted, repository, refs, snapshot, record, report };
  const images = wanted.images.map((image) => image.name);
  const statement = signing && statementOf(stackOf(snapshot), name, wanted, signing.registry);
  const job = signing && statement && jobPlan(configuration, signing, wanted, statement);
  checkNeighbors(of, configuration.pipelines);

  // Who is trusted, and where the workflow finds its login settings.
  const environment = planEnvironment(of);
  const trusted = planTrustedWorkflow(
    of,
    job && reusableWorkflowText(job),
    managerOf(of, configuration.pipelines),
  );
  if (wanted.trust && signing?.registry.loginServer === PENDING_LOGIN_SERVER) {
    const fix = "Add `trust` after the registry exists: run `pulumi up` without it first.";
    report("trust", wanted.trust.workflow, "no `trust` while the registry is created", fix);
  }
  const reusableWorkflow = trusted?.workflow;
  const commits = planCommitMode(of);
  const { mode } = commits;
  const loginSettings = settingsLocation(name, { kind, scope, environment: environment?.name });
  checkSettings(of, loginSettings);

  // What the current workflow needs until a proposal is merged.
  const current = currentPlan(record, found.files);
  const stays = mode === "propose";
  const declared = current && keptPlan(current, { ...refs, images });
  const { kept, environments } = keepEnvironment(of, stays ? declared : undefined, environment);
  const before = stays ? kept : declared;
  const template = planTemplate(of, trusted, mode, current);
  const triggers = {
    ...refs,
    environment: environment?.name,
    workflow: { path: wanted.workflow, name: WORKFLOW_NAME },
    reusableWorkflow,
  };
  const trust = planTrust(of, {
    triggers,
    template,
    ...(before && { current: { triggers: triggersOf(before), stays } }),
  });
  const credentials = trust.credentials.map((it) => it.name);
  const isShared = identity?.kind === "shared";
  const key = identity && identityKey(identity);
  const hasMoved = record !== undefined && record.identity !== key;
  if (!isShared) {
    const held = record && !hasMoved ? record.credentials : [];
    const isOfTags = isApplication(wanted.identity) && tags.length > branches.length;
    const expected = `at most ${MAX_CREDENTIALS} federated credentials on one identity`;
    checkCount(credentials, trust.kept, held, `There are ${credentials.length}`, (fix) =>
      report(isOfTags ? "tags" : "branches", credentials.length, expected, fix),
    );
  }
  const verifier = planVerifier(of, configuration, template.keys, job, terms);
  const sharer = { name, identity, images, kept, credentials, keptCredentials: trust.kept };
  if (!signing || !job) {
    commits.check();
    return sharer;
  }

  // The files, which come last, and what is recorded.
  const planned = planWorkflow(
    of,
    { environment, loginSettings, reusableWorkflow, mode, current, verifying: verifier?.workflow },
    signing,
    job,
  );
  const unchecked = planned.writes ? commits.check() : [];
  if (!identity) return sharer;
  const { files, committed, retained, chosen, formerWorkflows, isChange } = planned;
  const { loginServer, ...registry } = signing.registry;
  const references = images.map((image) => `${loginServer}/${image}`);
  const { today } = repository.prefixes;
  const { client: azure } = snapshot.azure;
  const { subscription } = configuration.registry;
  const place = { id: found.id, name: found.name, defaultBranch };
  const readsHere = (plan: PlanRecord) => isSameLocation(plan.loginSettings, loginSettings);
  const isGap = hasMoved && trust.isLoginLost && current && readsHere(current);
  const owner =
    identity.kind === "shared"
      ? sharedUseName(name, identity.name)
      : identityName(name, identityKey(identity));
  const plan: PipelinePlan = {
    name,
    isPending: loginServer === PENDING_LOGIN_SERVER || isPendingId(found.id),
    repository: { owner: found.owner.login, ...place, url: found.url },
    azure: { tenantId: azure.tenantId, subscriptionId: subscription ?? azure.subscriptionId },
    environments: [...(environment?.create ? [{ environment, ...refs }] : []), ...environments],
    identity,
    credentials: withHeldNames(trust.credentials, owner, snapshot.state.resources),
    terms,
    registries: isShared ? [] : registriesOf(signing, images, kept ? [kept] : []),
    profiles: isShared ? [] : profilesOf(signing, kept ? [kept] : []),
    settings: [loginSettings, ...(kept && !readsHere(kept) ? [kept.loginSettings] : [])],
    subjectTemplate: template.declare,
    ...(verifier && { verifier: { ...verifier.plan, registry: { ...registry, images } } }),
    files: {
      retained,
      ...(committed && { committed }),
      ...(chosen && {
        proposal: {
          id: chosen.id,
          repository: chosen.repository,
          files,
          retained: planned.retainedInProposal ?? [],
          ...pullRequestText({
            stack: stackOf(snapshot),
            files,
            images: references,
            ...refs,
            build: wanted.build,
            push: wanted.push,
            environment: environment?.name,
            reusableWorkflow,
            reach: reachOf({ identity }, registry),
            isChange,
          }),
        },
      }),
    },
    outputs: outputsOf(planned.plan, trust.subjects, references, job, wanted, defaultBranch),
    record: {
      version: 1,
      repository: place,
      plans: [
        ...(stays && current && !isSameWorkflow(current, planned.plan) ? [current] : []),
        planned.plan,
      ],
      ...recordedIdentity(identity, configuration, snapshot),
      credentials,
      ...(today && { subjectForm: today.form }),
      ...(chosen && { proposal: chosen }),
      ...(!committed && retained.length > 0 && { retainsFiles: true }),
      formerWorkflows,
      stacks: stacksOf(of),
    },
    notes: [...trust.notes, ...(verifier?.notes ?? []), ...planned.notes],
    warnings: [...(isGap ? [GAP] : []), ...unchecked, ...planned.warnings],
  };
  return { ...sharer, plan };
}

/** The login settings name one identity, and no credential can be there for this run alone. */
const GAP =
  "changes its identity together with its environment, its subjects or `trust`: while this run writes, jobs can be turned away; change the identity in a run of its own first, or run again what failed";
