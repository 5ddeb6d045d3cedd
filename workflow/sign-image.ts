import { posix } from "node:path";
import type { SettingsLocation } from "../trust/login-settings";
import type { LoginInputs } from "./azure-steps";
import { type BuildPlan, type ImagePlan, PERMISSIONS, row, signJob } from "./image-steps";
import type { CallJob, Workflow } from "./model";

/** Everything that the text of a pipeline's workflow depends on. */
export interface SignImagePlan extends BuildPlan {
  /** Path of the workflow in the repository. */
  readonly workflow: string;
  /** The repository whose pushes start a run. In a fork, a run could only fail. */
  readonly repositoryId: number;
  /** GitHub's filter patterns for the branches and tags whose pushes start a run. */
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  /** Name of the signing job's environment. Default: the job has no environment. */
  readonly environment?: string;
  /** At least one image. */
  readonly images: readonly ImagePlan[];
  /** Where the workflow reads its login settings. */
  readonly settings: Pick<SettingsLocation, "kind" | "suffix">;
  /** What builds and signs, as `OWNER/REPOSITORY/PATH@REF`. Default: the workflow itself. */
  readonly reusableWorkflow?: string;
}

/** Name of the committed workflow. GitHub's tokens have it as the claim `workflow`. */
export const WORKFLOW_NAME = "Sign image";

/** The workflow of a pipeline. Each push to a declared branch or tag builds and signs the images. */
export function signImageWorkflow(plan: SignImagePlan): Workflow {
  return {
    name: WORKFLOW_NAME,
    on: {
      push: {
        ...(plan.branches.length > 0 && { branches: plan.branches }),
        ...(plan.tags.length > 0 && { tags: plan.tags }),
      },
      workflowDispatch: true,
    },
    permissions: {},
    // In a group, GitHub cancels all waiting runs but one, so a group for a whole ref would leave
    // commits unsigned. All workflows of a repository share the names of groups:
    // https://docs.github.com/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
    concurrency: {
      group: `sign-${posix.parse(plan.workflow).name}-\${{ github.ref }}-\${{ github.sha }}`,
      "cancel-in-progress": false,
    },
    jobs: {
      sign: plan.reusableWorkflow
        ? callJob(plan, plan.reusableWorkflow)
        : signJob(plan, plan.images, loginSettings(plan), plan.environment, isNotFork(plan)),
    },
  };
}

/**
 * The job that calls the reusable workflow. GitHub allows variables in the inputs, but no secrets:
 * https://docs.github.com/actions/reference/workflows-and-actions/contexts
 */
function callJob(plan: SignImagePlan, reusableWorkflow: string): CallJob {
  return {
    name: "Build, push and sign",
    if: isNotFork(plan),
    permissions: PERMISSIONS,
    // This is the short name of a branch or tag, although GitHub's tokens contain the full ref:
    // https://docs.github.com/actions/how-tos/reuse-automations/reuse-workflows
    uses: reusableWorkflow.replace(/@refs\/(?:heads|tags)\//, "@"),
    with: {
      images: JSON.stringify(plan.images.map(row)),
      ...(plan.environment && { environment: plan.environment }),
      ...loginSettings(plan),
    },
  };
}

/** A fork has the workflow too, but its tokens have another subject. The id is a string there. */
function isNotFork({ repositoryId }: SignImagePlan): string {
  return `github.repository_id == '${repositoryId}'`;
}

function loginSettings({ settings: { kind, suffix } }: SignImagePlan): LoginInputs {
  const id = (key: string) =>
    `\${{ ${kind === "secrets" ? "secrets" : "vars"}.AZURE_${key}${suffix} }}`;
  return {
    "client-id": id("CLIENT_ID"),
    "tenant-id": id("TENANT_ID"),
    "subscription-id": id("SUBSCRIPTION_ID"),
  };
}
