import * as pulumi from "@pulumi/pulumi";
import { identityKey } from "../components/identity-plan";
import type { IdHolder, IdPlace } from "../components/stored-ids";
import type { StackConfiguration } from "../config";
import type { EnvironmentConfiguration } from "../configuration/environment-schema";
import { refuse, together } from "../configuration/problems";
import type { PipelineConfiguration } from "../configuration/schema";
import { idSuffix } from "../configuration/sharing-rules";
import { imageName } from "../configuration/text";
import { managedIdentityName } from "../trust/names";
import { WORKFLOW_NAME } from "../workflow/sign-image";
import { commitMode } from "./commit-mode";
import { checkAdoptedEnvironment, checkOwnEnvironment, holdsEnvironment } from "./environment";
import { checkPlan, type EnvironmentPlan, planEnvironment } from "./environment-plan";
import { planGoverned, planTemplate } from "./governed";
import { heldResources } from "./held";
import { changesIdentity, heldOn } from "./held-credentials";
import { serves } from "./held-ids";
import { planInForce } from "./in-force";
import { planIdentity } from "./login-identity";
import { type Repository, readRepository } from "./repository";
import { planTrust } from "./trust";

/** What is decided of a pipeline from its configuration and what exists on GitHub. */
export type PipelinePlan = Awaited<ReturnType<typeof readPipeline>>;

/** What only GitHub and Entra can fill in, each of it checked. */
export async function readPipeline(
  configuration: StackConfiguration,
  name: string,
  pipeline: PipelineConfiguration,
  subscriptionId: string,
) {
  const { owner, host } = configuration;
  const at = `countersign:pipelines.${name}`;
  const typed = pipeline.repository ?? name;
  const repository = await readRepository(owner, typed, host, `${at}.repository`);
  const branches = pipeline.branches ?? [repository.defaultBranch];
  const { tags, level, trust, commit } = pipeline;
  const others = Object.entries(configuration.pipelines)
    .filter(([key]) => key !== name)
    .map(([key, { images, repository: of = key, identity: by }]) => ({
      pipeline: key,
      images: images?.map((image) => image.name) ?? [of.toLowerCase()],
      share: by.kind === "shared" ? by.name : undefined,
    }));
  const [environment, governed, identity, images, mode] = await together(
    "The pipeline cannot be made",
    [
      readEnvironment(repository, pipeline, branches, at),
      trust ? planGoverned(repository, trust, `${at}.trust`) : Promise.resolve(undefined),
      readIdentity(configuration, name, pipeline, subscriptionId, `${at}.identity`),
      readImages(repository, pipeline, at),
      commitMode(repository, commit, at),
      checkLevel(repository, level, at),
    ],
  );
  const ids = placeOf(name, repository, pipeline);
  const runs = {
    branches,
    tags,
    environment: environment?.name,
    workflow: { path: pipeline.workflow, name: WORKFLOW_NAME },
    governed: governed?.workflow,
  };
  const wanted = { mode, runs, ids, others, at: `${at}.environment` };
  const inForce = await planInForce(name, repository, wanted);
  const template = await planTemplate(repository, governed, mode, inForce.workflow);
  const state = await heldResources();
  const key = identity.kind === "shared" ? `shared-${identity.name}` : identityKey(identity);
  const { unserved, ...trusted } = planTrust(name, repository, pipeline, {
    runs,
    template,
    inForce: inForce.runs && { runs: inForce.runs, stays: mode === "propose" },
    held: identity.kind === "shared" ? [] : heldOn(state, name, key),
    at,
  });
  const isGap = unserved && inForce.workflow !== undefined && serves(ids, inForce.workflow);
  const warnings = isGap && changesIdentity(state, name, key) ? [GAP] : [];
  return {
    ...pipeline,
    name,
    repository,
    branches,
    images,
    environment,
    governed,
    identity,
    ids,
    inForce,
    template: template.declare,
    mode,
    ...trusted,
    warnings,
  };
}

/** What holds the ids names one identity, and no credential can be there for this run alone. */
const GAP =
  "changes its identity together with its environment, its subjects or `trust`: between two writes of this run its jobs are turned away; change the identity in a run of its own first, or run again what failed";

/** Where the workflow reads its ids; in an organisation all are in one place, so names differ. */
function placeOf(name: string, { id }: Repository, pipeline: PipelineConfiguration): IdPlace {
  const { ids: kind, level, environment } = pipeline;
  if (level === "organization") {
    return { kind, suffix: idSuffix(name), holder: { level, repositoryId: id } };
  }
  const holder: IdHolder =
    level === "environment" && environment
      ? { level, environment: environment.name }
      : { level: "repository" };
  return { kind, suffix: "", holder };
}

async function readEnvironment(
  repository: Repository,
  { environment: wanted, adopt, tags }: PipelineConfiguration,
  branches: readonly string[],
  at: string,
): Promise<EnvironmentPlan | undefined> {
  if (!wanted) return undefined;
  const { name } = wanted;
  const place = `${at}.environment`;
  const refs = { branches, tags };
  const isToBeMade = wanted.create ?? !adopt;
  // One that this stack made stays its own, whatever is said since.
  if (isToBeMade || (await holdsEnvironment(repository, name))) {
    const [plan] = await together("The environment cannot be made", [
      planEnvironment(repository, wanted, place),
      checkOwnEnvironment(repository, name, place),
    ]);
    return plan;
  }
  await together("The environment cannot be used", [
    checkAdoption(wanted, place),
    checkPlan(repository, wanted, place),
    checkAdoptedEnvironment(repository, name, refs, place),
  ]);
  return { name, create: false, reviewers: { users: [], teams: [] }, preventSelfReview: false };
}

/** What would be said of an environment that is not ours, and never take effect. */
async function checkAdoption(wanted: EnvironmentConfiguration, at: string): Promise<void> {
  const { name, reviewers, waitMinutes, adminsCanBypass } = wanted;
  const isReviewed = reviewers.users.length + reviewers.teams.length > 0;
  const said = [
    ...(isReviewed ? ["reviewers"] : []),
    ...(waitMinutes === undefined ? [] : ["waitMinutes"]),
    // A default, where one of those is said.
    ...(adminsCanBypass === undefined || isReviewed || waitMinutes ? [] : ["adminsCanBypass"]),
  ];
  if (said.length === 0) return;
  const allowed = `an environment without ${said.join(", ")}, as \`adopt\` takes one that exists`;
  const remedy =
    "one that exists is never changed: set them on GitHub, or let it be made by `create: true`";
  refuse("The environment cannot be used", [{ path: at, given: name, allowed, remedy }]);
}

async function readIdentity(
  { identity: place }: StackConfiguration,
  pipeline: string,
  { identity: wanted }: PipelineConfiguration,
  subscriptionId: string,
  at: string,
) {
  if (wanted.kind === "shared") return wanted;
  return planIdentity(wanted, place, azureName(pipeline), subscriptionId, at);
}

/** Fixed, so that a second run finds what a first one left. */
export function azureName(of: string): string {
  return managedIdentityName(pulumi.getProject(), pulumi.getStack(), of);
}

async function readImages(repository: Repository, { images }: PipelineConfiguration, at: string) {
  if (images) return images;
  const name = repository.name.toLowerCase();
  if (!imageName.safeParse(name).success) {
    const allowed = "images by name, as the repository's name cannot be an image's";
    const remedy = "add `images: [{ name: NAME }]`";
    refuse("The image has no name", [
      { path: `${at}.images`, given: repository.name, allowed, remedy },
    ]);
  }
  return [{ name, context: ".", dockerfile: "Dockerfile", platforms: [] }];
}

async function checkLevel({ owner, isOrganizations }: Repository, level: string, at: string) {
  if (level !== "organization" || isOrganizations) return;
  const allowed = `repository or environment, as ${owner} is no organisation`;
  const remedy = "leave it out: a personal account has no secrets or variables of its own";
  refuse("The ids cannot be kept there", [{ path: `${at}.level`, given: level, allowed, remedy }]);
}
