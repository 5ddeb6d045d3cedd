import type { GatedEnvironment } from "../components/deployment-environment";
import type { IdPlace } from "../components/stored-ids";
import { type WorkflowInForce, workflowInForce } from "../workflow/in-force";
import { contentOf } from "./content";
import { checkOwnEnvironment } from "./environment";
import { get, path } from "./github";
import { heldResources } from "./held";
import { heldEnvironments } from "./held-environments";
import { heldCommitted, heldProposals, workflowPaths } from "./held-files";
import { type GrantsInForce, grantsInForce } from "./held-grants";
import { heldPlaces, serves } from "./held-ids";
import type { Repository } from "./repository";
import { isTrusted } from "./runs-in-force";
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
  /** Where the environment is configured, for errors. */
  readonly at: string;
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
  // What is committed directly is there before any credential or id goes (its roles: docs/identity.md).
  if (!workflow || wanted.mode === "direct") return { ...NOTHING, workflow };
  const { environment } = workflow;
  const isOther = environment !== wanted.environment;
  if (isOther && !isTrusted(held, pipeline, workflow)) return { ...NOTHING, workflow: undefined };
  let environments: readonly GatedEnvironment[] = [];
  if (isOther && environment !== undefined) {
    // GitHub would make it anew for the next run, open to every branch: nobody may be trusted in it.
    if (!(await isThere(repository, environment))) return { ...NOTHING, workflow: undefined };
    environments = heldEnvironments(held, repository, environment);
    await checkOwnEnvironment(repository, environment, wanted.at);
  }
  return {
    workflow,
    environments,
    ids: serves(wanted.ids, workflow) ? [] : heldPlaces(held, pipeline, repository, workflow),
    ...grantsInForce(held, pipeline, workflow),
  };
}

/** The first that is there and ours: where the workflow moves, that is the one at its old path. */
async function workflowOf(
  repository: Repository,
  files: readonly string[],
): Promise<WorkflowInForce | undefined> {
  for (const file of new Set(files)) {
    const text = await contentOf(repository, file);
    const workflow = text === undefined ? undefined : workflowInForce(file, text, stackName());
    if (workflow) return workflow;
  }
  return undefined;
}

async function isThere({ owner, name }: Repository, environment: string): Promise<boolean> {
  return !!(await get(path`repos/${owner}/${name}/environments/${environment}`));
}
