import type { GatedEnvironment } from "../components/deployment-environment";
import type { IdHolder, IdPlace } from "../components/stored-ids";
import type { TrustedRuns } from "../trust/credentials";
import { type WorkflowInForce, workflowInForce } from "../workflow/in-force";
import { callOf } from "../workflow/sign-image";
import { contentOf } from "./content";
import type { EnvironmentPlan } from "./environment-plan";
import { get, path } from "./github";
import { type Held, heldAs, heldResources } from "./held";
import { heldCommitted, heldProposals, workflowPaths } from "./held-files";
import { type GrantsInForce, grantsInForce } from "./held-grants";
import type { Repository } from "./repository";
import { stackName } from "./stack";

/** What of this stack's stays until a proposal is merged, as runs of the old workflow need it. */
export interface InForcePlan extends GrantsInForce {
  /** The workflow that the default branch holds; undefined where none of this stack's is there. */
  readonly workflow: WorkflowInForce | undefined;
  readonly environments: readonly GatedEnvironment[];
  readonly ids: readonly IdPlace[];
}

const NOTHING = { environments: [], ids: [], registries: [], profiles: [] };

/** What a pipeline is going to have, as far as an older workflow may need something else. */
export interface Wanted {
  readonly mode: "direct" | "propose";
  readonly file: string;
  readonly environment: string | undefined;
  readonly ids: IdPlace;
  /** Name of the identity that it shares with others. */
  readonly share: string | undefined;
}

/** Reads the workflow on the default branch, and finds what it needs that is wanted no more. */
export async function planInForce(
  pipeline: string,
  repository: Repository,
  wanted: Wanted,
): Promise<InForcePlan> {
  const held = (await heldResources()) ?? {};
  const old = workflowPaths(heldProposals(held, pipeline), heldCommitted(held, pipeline));
  const workflow = await workflowOf(repository, [wanted.file, ...old]);
  // What is committed directly is there before anything goes.
  if (!workflow || wanted.mode === "direct") return { ...NOTHING, workflow };
  const { environment } = workflow;
  const isOther = environment !== undefined && environment !== wanted.environment;
  const environments = isOther ? heldEnvironments(held, repository, environment) : [];
  // GitHub would make it anew for the next run, open to every branch: nobody may be trusted in it.
  if (isOther && environments.length === 0 && !(await isThere(repository, environment))) {
    return { ...NOTHING, workflow: undefined };
  }
  return {
    workflow,
    environments,
    ids: serves(wanted.ids, workflow) ? [] : heldPlaces(held, repository, workflow),
    ...grantsInForce(held, pipeline, wanted.share, workflow),
  };
}

/** The first that is there and ours: where the workflow moves, that is the one at its old path. */
async function workflowOf(
  repository: Repository,
  files: readonly string[],
): Promise<WorkflowInForce | undefined> {
  for (const file of new Set(files)) {
    const text = await contentOf(repository, file);
    const workflow = text === undefined ? undefined : workflowInForce(text, stackName());
    if (workflow) return workflow;
  }
  return undefined;
}

async function isThere({ owner, name }: Repository, environment: string): Promise<boolean> {
  return !!(await get(path`repos/${owner}/${name}/environments/${environment}`));
}

type Runs = Omit<TrustedRuns, "workflow">;

/** Its runs that are wanted still; what else it started is not to sign any more. */
export async function runsInForce(
  { branches, tags, environment, calls }: WorkflowInForce,
  wanted: Runs,
): Promise<Runs> {
  const governed = calls && (await calledRef(calls, wanted.governed));
  return {
    branches: branches.filter((it) => wanted.branches.includes(it)),
    tags: tags.filter((it) => wanted.tags.includes(it)),
    ...(environment && { environment }),
    ...(governed && { governed }),
  };
}

/** A call has the ref's short name; the credentials that this stack holds have the full one. */
async function calledRef(calls: string, wanted: string | undefined): Promise<string | undefined> {
  const held = (await heldResources()) ?? {};
  const named = Object.values(held).flatMap(
    ({ subject }) => /job_workflow_ref:([^:]+)/.exec(String(subject))?.[1] ?? [],
  );
  return [...(wanted ? [wanted] : []), ...named].find((it) => callOf(it) === calls);
}

const ENVIRONMENT = "github:index/repositoryEnvironment:RepositoryEnvironment";
const POLICY =
  "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy";

/** As this stack made it, so that keeping it changes nothing. */
function heldEnvironments(
  held: Held,
  { id: repositoryId }: Repository,
  environment: string,
): GatedEnvironment[] {
  const outputs = (type: string) =>
    heldAs(held, type, { repositoryId, environment }).map((urn) => held[urn] ?? {});
  const patterns = (key: string) => outputs(POLICY).flatMap((it) => (it[key] as string) || []);
  return outputs(ENVIRONMENT).map((it) => ({
    environment: planOf(environment, it),
    branches: patterns("branchPattern"),
    tags: patterns("tagPattern"),
  }));
}

function planOf(name: string, outputs: Held[string]): EnvironmentPlan {
  type Reviewers = { readonly users?: number[]; readonly teams?: number[] };
  const [reviewers] = (outputs.reviewers ?? []) as readonly Reviewers[];
  return {
    name,
    create: true,
    reviewers: { users: reviewers?.users ?? [], teams: reviewers?.teams ?? [] },
    preventSelfReview: outputs.preventSelfReview === true,
    waitMinutes: (outputs.waitTimer as number | undefined) || undefined,
    adminsCanBypass: outputs.canAdminsBypass === false ? false : undefined,
  };
}

/** The places that this stack keeps and where the workflow would find its ids. */
function heldPlaces(
  held: Held,
  { id: repositoryId }: Repository,
  { ids: kind, idSuffix: suffix, environment }: WorkflowInForce,
): IdPlace[] {
  const what = kind === "secrets" ? "Secret" : "Variable";
  const named = {
    [kind === "secrets" ? "secretName" : "variableName"]: `AZURE_CLIENT_ID${suffix}`,
  };
  const isHeld = (prefix: string, values: Record<string, unknown>) =>
    heldAs(held, `github:index/${prefix}${what}:${upper(prefix)}${what}`, { ...named, ...values })
      .length > 0;
  const holders: IdHolder[] = [];
  if (suffix && isHeld("actionsOrganization", {}))
    holders.push({ level: "organization", repositoryId });
  if (environment && isHeld("actionsEnvironment", { repositoryId, environment })) {
    holders.push({ level: "environment", environment });
  }
  if (isHeld("actions", { repositoryId })) holders.push({ level: "repository" });
  return holders.map((holder) => ({ kind, suffix, holder }));
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Whether the workflow finds its ids there. */
export function serves({ kind, suffix, holder }: IdPlace, workflow: WorkflowInForce): boolean {
  if (kind !== workflow.ids || suffix !== workflow.idSuffix) return false;
  return holder.level !== "environment" || holder.environment === workflow.environment;
}
