import type { PipelineRecord, PlanRecord } from "../snapshot";
import type { TrustedTriggers } from "../trust/credentials";
import { sha256 } from "../trust/pending";
import { intersectPatterns } from "../trust/ref-patterns";
import { WORKFLOW_NAME } from "../workflow/sign-image";

/** The recorded plan whose workflow the default branch has; a hand edit of that changes nothing. */
export function currentPlan(
  record: PipelineRecord | undefined,
  files: Readonly<Record<string, string>>,
): PlanRecord | undefined {
  const plans = record?.plans ?? [];
  const textOf = ({ workflow }: PlanRecord) => files[workflow.path];
  const matching = [...plans].reverse().find((plan) => {
    const text = textOf(plan);
    return text !== undefined && sha256(text) === plan.workflow.sha256;
  });
  const [before] = plans;
  return matching ?? (before && textOf(before) !== undefined ? before : undefined);
}

/**
 * The current plan without the branches, tags and images that the configuration no longer has: these
 * lose trust at once. Undefined where nothing of the plan stays trusted.
 */
export function keptPlan(
  current: PlanRecord,
  wanted: Pick<PlanRecord, "branches" | "tags" | "images">,
): PlanRecord | undefined {
  const branches = intersectPatterns(current.branches, wanted.branches);
  const tags = intersectPatterns(current.tags, wanted.tags);
  if (branches.length + tags.length === 0) return undefined;
  const images = current.images.filter((image) => wanted.images.includes(image));
  return { ...current, branches, tags, images };
}

/** Whether two plans declare the same text at the same path. */
export function isSameWorkflow({ workflow: one }: PlanRecord, { workflow: other }: PlanRecord) {
  return one.path === other.path && one.sha256 === other.sha256;
}

/** The triggers of a recorded plan. */
export function triggersOf(plan: PlanRecord): TrustedTriggers {
  return {
    branches: plan.branches,
    tags: plan.tags,
    environment: plan.environment?.name,
    workflow: { path: plan.workflow.path, name: WORKFLOW_NAME },
    reusableWorkflow: plan.reusableWorkflow,
  };
}
