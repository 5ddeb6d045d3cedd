import type { GatedEnvironment } from "../components/deployment-environment";
import type { IdPlace } from "../components/stored-ids";
import type { TrustedRuns } from "../trust/credentials";
import { type WorkflowInForce, workflowInForce } from "../workflow/in-force";
import { contentsOf } from "./content";
import { checkForeignEnvironment, checkOwnEnvironment } from "./environment";
import { get, path } from "./github";
import { heldResources } from "./held";
import { heldEnvironments } from "./held-environments";
import { heldCommitted, heldProposals, workflowPaths } from "./held-files";
import { type GrantsInForce, grantsInForce, type Pushing } from "./held-grants";
import { heldPlaces, serves } from "./held-ids";
import type { Repository } from "./repository";
import { isTrusted, runsInForce } from "./runs-in-force";
import { stackName } from "./stack";

/** What of this stack's stays until a proposal is merged, as runs of the old workflow need it. */
export interface InForcePlan extends GrantsInForce {
  /** The workflow that the default branch holds; undefined where none of this stack's is there. */
  readonly workflow: WorkflowInForce | undefined;
  /** Those of its runs that are to be trusted until then. */
  readonly runs: TrustedRuns | undefined;
  readonly environments: readonly GatedEnvironment[];
  readonly ids: readonly IdPlace[];
}

const NOTHING: InForcePlan = {
  workflow: undefined,
  runs: undefined,
  environments: [],
  ids: [],
  registries: [],
  profiles: [],
};

/** What a pipeline is going to have, as far as an older workflow may need something else. */
export interface Wanted {
  readonly mode: "direct" | "propose";
  readonly runs: TrustedRuns;
  readonly ids: IdPlace;
  readonly others: readonly Pushing[];
  /** Where the environment is configured, for errors. */
  readonly at: string;
}

/** Reads the workflow on the default branch, and finds what it needs that is wanted no more. */
export async function planInForce(
  pipeline: string,
  repository: Repository,
  { mode, runs, ids, others, at }: Wanted,
): Promise<InForcePlan> {
  const held = await heldResources();
  const old = workflowPaths(heldProposals(held, pipeline), heldCommitted(held, pipeline));
  const found = await workflowsOf(repository, [runs.workflow.path, ...old]);
  const isOther = ({ environment }: WorkflowInForce) => environment !== runs.environment;
  // One that was left behind when the workflow moved does not hide the one that logs in.
  const known = found.find((it) => !isOther(it) || isTrusted(held, pipeline, it));
  const workflow = known ?? (mode === "direct" ? found[0] : undefined);
  if (!workflow) return NOTHING;
  const stays = runsInForce(held, pipeline, workflow, runs);
  // What is committed directly is there before any credential or id goes (its roles: docs/identity.md).
  if (mode === "direct") return { ...NOTHING, workflow, runs: stays };
  if (isOther(workflow) && stays.branches.length + stays.tags.length === 0) return NOTHING;
  const { environment } = workflow;
  let environments: readonly GatedEnvironment[] = [];
  if (environment !== undefined && isOther(workflow)) {
    // GitHub would make it anew for the next run, open to every branch: nobody may be trusted in it.
    if (!(await isThere(repository, environment))) return NOTHING;
    environments = heldEnvironments(held, repository, environment, runs);
    await (environments.length > 0
      ? checkOwnEnvironment(repository, environment, at)
      : checkForeignEnvironment(repository, environment, runs, at));
  }
  return {
    workflow,
    runs: stays,
    environments,
    ids: serves(ids, workflow) ? [] : heldPlaces(held, pipeline, repository, workflow),
    ...grantsInForce(held, pipeline, workflow, others),
  };
}

/** Those that are there and ours: where the workflow moves, also the one at its old path. */
async function workflowsOf(
  repository: Repository,
  files: readonly string[],
): Promise<WorkflowInForce[]> {
  const found = await contentsOf(repository, [...new Set(files)]);
  return [...found].flatMap(([file, text]) => workflowInForce(file, text, stackName()) ?? []);
}

async function isThere({ owner, name }: Repository, environment: string): Promise<boolean> {
  return !!(await get(path`repos/${owner}/${name}/environments/${environment}`));
}
