import type { TrustedRuns } from "../trust/credentials";
import { narrower } from "../trust/ref-patterns";
import { branchRef, tagRef } from "../trust/subject-template";
import type { WorkflowInForce } from "../workflow/in-force";
import { callOf } from "../workflow/sign-image";
import type { Held } from "./held";
import { heldCredentials } from "./held-credentials";
import { refsLetIn } from "./held-trust";

/** Whether any of its runs is let in by now: whoever edits the workflow is trusted no further by it. */
export function isTrusted(
  held: Held,
  pipeline: string,
  { branches, tags, environment }: WorkflowInForce,
): boolean {
  const lets = letIn(held, pipeline, environment);
  return [...branches.map(branchRef), ...tags.map(tagRef)].some((ref) =>
    lets.some((by) => by === undefined || narrower(ref, by)),
  );
}

function letIn(held: Held, pipeline: string, environment: string | undefined) {
  return heldCredentials(held, pipeline).flatMap(({ accepts }) => refsLetIn(accepts, environment));
}

/**
 * Its runs that are wanted still, and trusted by now or from now on; what else it started is not to
 * sign any more.
 */
export function runsInForce(
  held: Held,
  pipeline: string,
  { path, branches, tags, environment, calls }: WorkflowInForce,
  wanted: TrustedRuns,
): TrustedRuns {
  const governed = calls && calledRef(held, pipeline, calls, wanted.governed);
  const lets = letIn(held, pipeline, environment);
  const stay = (
    refs: readonly string[],
    also: readonly string[],
    full: (ref: string) => string,
  ) => {
    if (environment === wanted.environment) return refs.filter((ref) => also.includes(ref));
    const parts = refs.flatMap((ref) =>
      lets.flatMap((by) => also.flatMap((it) => trustedPart(full(ref), by, full(it)) ?? [])),
    );
    return [...new Set(parts)].map((ref) => ref.slice(full("").length));
  };
  return {
    branches: stay(branches, wanted.branches, branchRef),
    tags: stay(tags, wanted.tags, tagRef),
    workflow: { ...wanted.workflow, path },
    ...(environment && { environment }),
    ...(governed && { governed }),
  };
}

/** What of a ref stays trusted: no more than is, by a credential or else by the environment alone. */
function trustedPart(ref: string, by: string | undefined, wanted: string): string | undefined {
  const part = narrower(ref, by ?? wanted);
  return part && narrower(part, wanted) && part;
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
