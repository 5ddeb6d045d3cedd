import type { TrustedRuns } from "../trust/credentials";
import { covers, isWithin } from "../trust/ref-patterns";
import { branchRef, tagRef } from "../trust/subject-template";
import type { WorkflowInForce } from "../workflow/in-force";
import { callOf } from "../workflow/sign-image";
import { type Held, heldResources } from "./held";
import { heldCredentials } from "./held-credentials";
import { letsIn } from "./held-trust";

/** Whoever edits the workflow is trusted no further by it. */
export function isTrusted(held: Held, pipeline: string, workflow: WorkflowInForce): boolean {
  return [...workflow.branches.map(branchRef), ...workflow.tags.map(tagRef)].some(
    trustedRefs(held, pipeline, workflow.environment),
  );
}

/** Whether runs of a ref in that environment, or in none, get in by what the stack holds. */
function trustedRefs(held: Held, pipeline: string, environment: string | undefined) {
  const credentials = heldCredentials(held, pipeline);
  return (ref: string) => credentials.some(({ accepts }) => letsIn(accepts, { environment, ref }));
}

/**
 * Its runs that are wanted still, and trusted by now or from now on; what else it started is not to
 * sign any more.
 */
export async function runsInForce(
  pipeline: string,
  { path, branches, tags, environment, calls }: WorkflowInForce,
  wanted: TrustedRuns,
): Promise<TrustedRuns> {
  const held = await heldResources();
  const governed = calls && calledRef(held, pipeline, calls, wanted.governed);
  const isHeld = trustedRefs(held, pipeline, environment);
  const stay = (
    refs: readonly string[],
    also: readonly string[],
    full: (ref: string) => string,
  ) => {
    if (environment === wanted.environment) return refs.filter((ref) => also.includes(ref));
    const both = refs.flatMap((ref) =>
      also
        .filter((it) => isWithin(it, ref))
        .map((it) => ({ ref, narrower: covers(it, ref) ? ref : it }))
        .filter(({ narrower }) => isHeld(full(ref)) || isHeld(full(narrower))),
    );
    // Of what it starts on, only what is declared: a wider pattern may be somebody's edit.
    return [...new Set(both.map(({ narrower }) => narrower))];
  };
  return {
    branches: stay(branches, wanted.branches, branchRef),
    tags: stay(tags, wanted.tags, tagRef),
    workflow: { ...wanted.workflow, path },
    ...(environment && { environment }),
    ...(governed && { governed }),
  };
}

/** A call has the ref's short name; the credentials that this stack holds have the full one. */
function calledRef(
  held: Held,
  pipeline: string,
  calls: string,
  wanted: string | undefined,
): string | undefined {
  const named = heldCredentials(held, pipeline).flatMap(
    ({ accepts }) => /job_workflow_ref:([^:']+)/.exec(accepts)?.[1] ?? [],
  );
  return [...(wanted ? [wanted] : []), ...named].find((it) => callOf(it) === calls);
}
