import { posix } from "node:path";
import { DEFAULT_IMAGE_TAGS, matrixRows, row } from "./images";
import { buildJob, digestsJob, type JobPlace, permissionsOf } from "./jobs";
import { isNotFork, loginInputs } from "./login";
import type { CallJob, Job, Workflow } from "./model";
import { listJob } from "./outputs";
import type { SignImagePlan } from "./plan";
import { GIVEN } from "./reusable-workflow";
import type { SourcePlan } from "./steps/build";
import { selectSteps, selects } from "./steps/select";
import { isMatrix, triggersOf } from "./triggers";

export type { SignImagePlan } from "./plan";

/** Name of the committed workflow. GitHub's tokens have it as the claim `workflow`. */
export const WORKFLOW_NAME = "Sign image";

/** The workflow of a pipeline. It builds and signs images, or it signs digests that it is given. */
export function signImageWorkflow(plan: SignImagePlan): Workflow {
  return {
    name: WORKFLOW_NAME,
    on: triggersOf(plan),
    permissions: {},
    ...(plan.build && { concurrency: concurrencyOf(plan) }),
    jobs: plan.build ? buildingJobs(plan) : { sign: signingJob(plan) },
  };
}

/**
 * In a group, GitHub cancels all waiting runs but one, so a group for a whole ref would leave commits
 * unsigned. All workflows of a repository share the names of groups:
 * https://docs.github.com/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
 */
function concurrencyOf({ workflow }: SignImagePlan) {
  return {
    group: `sign-${posix.parse(workflow).name}-\${{ github.ref }}-\${{ github.sha }}`,
    "cancel-in-progress": false,
  };
}

function signingJob(plan: SignImagePlan): Job | CallJob {
  const images = plan.images.map(({ name }) => name).join("\n");
  if (plan.reusableWorkflow) return callJob(plan, plan.reusableWorkflow, { ...GIVEN, images });
  return digestsJob(plan, { ...GIVEN, images }, placeOf(plan));
}

function buildingJobs(plan: SignImagePlan): Workflow["jobs"] {
  const { images, source, registry, reusableWorkflow } = plan;
  const isSelected = selects(images);
  const rows = matrixRows(images.map((it) => row(it, registry.loginServer)));
  const place = isSelected
    ? { ...placeOf(plan), needs: ["select"], condition: "needs.select.outputs.images != '[]'" }
    : placeOf(plan);
  const select = isSelected && { select: selectJob(plan) };
  if (reusableWorkflow) {
    const images = isSelected ? SELECTED : JSON.stringify(rows);
    const given = { images, ...sourceInputs(source) };
    return { ...select, sign: callJob(plan, reusableWorkflow, given, place) };
  }
  const given = isSelected
    ? { expression: `\${{ fromJSON(needs.select.outputs.images) }}`, most: images.length }
    : undefined;
  return {
    ...select,
    sign: buildJob(plan, images, source, place, given),
    ...(isMatrix(images) && { list: listJob(plan) }),
  };
}

/** The inputs of a reusable workflow that differ from its defaults. */
export function sourceInputs({ submodules, lfs, imageTags }: SourcePlan) {
  return {
    ...(imageTags !== DEFAULT_IMAGE_TAGS.join("\n") && { "image-tags": imageTags }),
    ...(submodules && { submodules }),
    ...(lfs && { lfs }),
  };
}

const SELECTED = "${{ needs.select.outputs.images }}";

/** The job that selects the images that a push concerns. */
function selectJob(plan: SignImagePlan): Job {
  const { images, registry, workflow, runner } = plan;
  return {
    name: "Select the images",
    if: isNotFork(plan),
    runsOn: runner,
    timeoutMinutes: 10,
    permissions: { contents: { access: "read", why: "to check out" } },
    outputs: { images: "${{ steps.select.outputs.images }}" },
    steps: selectSteps(images, registry.loginServer, workflow),
  };
}

/**
 * The job that calls the reusable workflow. GitHub allows variables in the inputs, but no secrets:
 * https://docs.github.com/actions/reference/workflows-and-actions/contexts
 */
function callJob(
  plan: SignImagePlan,
  reusableWorkflow: string,
  inputs: Readonly<Record<string, string>>,
  { login, environment, condition, needs }: JobPlace = placeOf(plan),
): CallJob {
  return {
    name: plan.build ? "Build, push and sign" : "Sign",
    ...(needs && { needs }),
    ...(condition && { if: condition }),
    permissions: permissionsOf(plan),
    // This is the short name of a branch or tag, although GitHub's tokens contain the full ref:
    // https://docs.github.com/actions/how-tos/reuse-automations/reuse-workflows
    uses: reusableWorkflow.replace(/@refs\/(?:heads|tags)\//, "@"),
    with: { ...inputs, ...(environment && { environment }), ...login },
  };
}

function placeOf(plan: SignImagePlan): JobPlace {
  const { environment } = plan;
  return { login: loginInputs(plan.settings), environment, condition: isNotFork(plan) };
}
