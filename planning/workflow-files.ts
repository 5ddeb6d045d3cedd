import type { PipelineConfiguration, StackConfiguration } from "../configuration/schema";
import type { PlanRecord } from "../snapshot";
import type { EnvironmentPlan } from "../trust/environment";
import type { SettingsLocation } from "../trust/login-settings";
import { sha256 } from "../trust/pending";
import { covers, pushFilter } from "../trust/ref-patterns";
import { inspectCommand, type TrustStatement, verifyCommand } from "../trust/verification";
import { FILE_KEYS, type PlannedFile, plannedFiles } from "../workflow/committed-files";
import type { JobPlan } from "../workflow/jobs";
import { reusableWorkflowText } from "../workflow/reusable-workflow";
import { answerValue } from "./answers";
import type { Registry } from "./azure/registry";
import type { CertificateProfile, Timestamp } from "./azure/signing";
import type { StackTrust } from "./azure/verifiers";
import { type Context, stackOf } from "./context";
import { actionsIn, checkActions } from "./github/actions-policy";
import type { CommitMode } from "./github/commit-mode";
import { type PlannedFiles, planFiles } from "./github/files";
import { sourceOf } from "./github/reusable-workflow";
import type { PipelineOutputs } from "./stack-plan";
import type { PlannedVerifier } from "./verifier";

export interface Signing {
  readonly registry: Registry;
  readonly profile: CertificateProfile;
  readonly timestamp: Timestamp;
  /** Undefined while the subject or the root of the certificates is unknown. */
  readonly trust?: StackTrust;
}

/** What verifiers accept for a pipeline of the stack `PROJECT/STACK`. */
export function statementOf(
  stack: string,
  name: string,
  { images }: Pick<PipelineConfiguration, "images">,
  { loginServer }: Pick<Registry, "loginServer">,
): TrustStatement {
  const scopes = images.map((image) => `${loginServer}/${image.name}`);
  return { name: `${stack}/${name}`, scopes };
}

/** What builds, pushes and signs any image of a pipeline. */
export function jobPlan(
  { downloads }: Pick<StackConfiguration, "downloads">,
  { registry, profile, timestamp, trust }: Signing,
  { build, sign, signWith, runner, timeout: timeoutMinutes }: PipelineConfiguration,
  statement: TrustStatement,
): JobPlan {
  const { account, name, endpoint } = profile;
  const timestamps = { timestampUrl: timestamp.url, timestampRoot: timestamp.root };
  const signing = { account, profile: name, endpoint, ...timestamps, signWith, ...sign, downloads };
  const verifiers = trust && { trust: { ...trust, statements: [statement] } };
  return { build, registry, signing, ...verifiers, runner, timeoutMinutes };
}

/** What is decided about a pipeline before its files. */
export interface Decided {
  readonly environment: EnvironmentPlan | undefined;
  readonly loginSettings: SettingsLocation;
  readonly reusableWorkflow: string | undefined;
  readonly mode: CommitMode;
  readonly current: PlanRecord | undefined;
  /** The workflow that verifies. Undefined: there is none. */
  readonly verifying: PlannedVerifier["workflow"] | undefined;
}

/** The files of a pipeline, how they get to the default branch, and what they need. */
export interface PlannedWorkflow extends PlannedFiles {
  readonly files: readonly PlannedFile[];
  readonly plan: PlanRecord;
  /** Whether the default branch has a workflow of this pipeline already. */
  readonly isChange: boolean;
}

export function planWorkflow(
  of: Context,
  { environment, loginSettings, reusableWorkflow, mode, current, verifying }: Decided,
  signing: Signing,
  job: JobPlan,
): PlannedWorkflow {
  const { wanted, repository, refs, snapshot } = of;
  const { id: repositoryId, files: found, missingFiles = [], defaultBranch } = repository.snapshot;
  const { workflow: path } = wanted;
  const files = plannedFiles(
    {
      ...job,
      workflow: path,
      branches: refs.branches.map(pushFilter),
      tags: refs.tags.map(pushFilter),
      repositoryId,
      environment: environment?.name,
      images: wanted.images,
      push: wanted.push,
      schedule: wanted.schedule,
      source: sourceOf(wanted),
      settings: loginSettings,
      reusableWorkflow,
    },
    verifying,
    stackOf(snapshot),
  );
  const text = files.find(({ key }) => key === FILE_KEYS.sign)?.content ?? "";
  const called = answerValue(snapshot.github.reusableWorkflows[wanted.trust?.workflow ?? ""]);
  const actions = [...files.map((it) => it.content), called?.content ?? ""].flatMap(actionsIn);
  const isChange = current !== undefined || found[path] !== undefined;
  const planned = planFiles(of, files, mode, isChange);
  const { id, account, name } = signing.profile;
  const others = refs.branches.filter((branch) => branch !== defaultBranch);
  const or = new Intl.ListFormat("en", { type: "disjunction" }).format(others);
  const later = `signs a push to ${or} only after that branch contains ${path} of ${defaultBranch}`;
  checkSchedule(of);
  return {
    ...planned,
    notes: [
      ...planned.notes,
      ...(others.length > 0 && found[path] !== text ? [later] : []),
      ...(job.trust ? [] : unverified(wanted, signing.profile)),
    ],
    warnings: [
      ...planned.warnings,
      ...checkActions(of, actions),
      ...missingFiles.map((it) => `${defaultBranch} has no ${it}: runs fail until it is there`),
    ],
    files,
    isChange,
    plan: {
      workflow: { path, sha256: sha256(text) },
      ...(verifying && { verifyWorkflow: verifying.path }),
      ...refs,
      ...(environment && { environment }),
      images: wanted.images.map((image) => image.name),
      registry: signing.registry,
      profile: { id, account, name },
      ...(job.trust && { subject: job.trust.subject }),
      ...(reusableWorkflow && { reusableWorkflow }),
      loginSettings,
    },
  };
}

/** What a workflow cannot do while it is not known what verifiers trust, and why. */
function unverified(
  { build, sign, verify }: PipelineConfiguration,
  profile: CertificateProfile,
): string[] {
  const cannot = [
    ...(sign.verify ? ["does not verify its signatures"] : []),
    ...(verify ? ["has no workflow that verifies"] : []),
    ...(build ? [] : ["signs each digest that it is given, also if it has a signature"]),
  ];
  const why =
    profile.type !== "PublicTrust"
      ? "the root of the certificate profile is not known: set `countersign:signing.rootCertificate`"
      : "the certificate profile has issued no certificate: after the first signature, run `pulumi up` again, or set `countersign:signing.subject`";
  return cannot.length === 0 ? [] : [`${cannot.join(", and ")}, because ${why}`];
}

/** https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule */
function checkSchedule({ wanted, refs, repository, report }: Context): void {
  const { defaultBranch } = repository.snapshot;
  if (!wanted.schedule || refs.branches.some((it) => covers(it, defaultBranch))) return;
  const expected = `branches that include ${defaultBranch}, because GitHub runs schedules on the default branch`;
  const fix = `Add ${defaultBranch} to \`branches\`, or remove \`schedule\`.`;
  report("schedule", wanted.schedule, expected, fix);
}

/** What a pipeline exports, as far as it is known before anything is made. */
export function outputsOf(
  { workflow, reusableWorkflow, branches, tags }: PlanRecord,
  subjects: readonly string[],
  references: readonly string[],
  job: JobPlan,
  { push }: PipelineConfiguration,
  defaultBranch: string,
): PipelineOutputs {
  const contains = `, after the branch contains ${workflow.path} of ${defaultBranch}`;
  const runs = job.build ? "runs" : "digests, in runs";
  const [on, of] = job.build && push ? ["pushes to", "pushes of"] : [`${runs} on`, `${runs} on`];
  return {
    subjects,
    signs: [
      ...branches.map((it) => `${on} branch ${it}${it === defaultBranch ? "" : contains}`),
      ...tags.map((it) => `${of} tag ${it}`),
    ],
    images: references,
    workflow: workflow.path,
    notation: {
      inspect: inspectCommand(references[0] as string),
      ...(job.trust && { verify: verifyCommand(references[0] as string) }),
    },
    ...(reusableWorkflow && { reusableWorkflow: reusableWorkflowText(job) }),
  };
}
