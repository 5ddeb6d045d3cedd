import {
  type BuildPlan,
  type ImagePlan,
  imageSteps,
  type LoginIds,
  matrixRow,
  row,
} from "./image-steps";
import type { CallJob, Job, Permissions, Workflow } from "./model";

/** The ids that a run logs in with are not secret; GitHub keeps them as one or the other. */
export type IdKind = "secrets" | "variables";

/** All that decides the text of a pipeline's workflow. */
export interface SignImagePlan extends BuildPlan {
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  readonly environment?: string;
  readonly images: readonly ImagePlan[];
  /** What holds the three ids, and what follows their names. Default: nothing does. */
  readonly ids: { readonly kind: IdKind; readonly suffix?: string };
  /** `OWNER/REPOSITORY/PATH@REF` of a reusable workflow that does it all. Default: none. */
  readonly governed?: string;
}

/** Name of the committed workflow, and the claim `workflow` of its runs. */
export const WORKFLOW_NAME = "Sign image";

export const RUNNER = "ubuntu-24.04";
export const TIMEOUT_MINUTES = 60;

export const PERMISSIONS: Permissions = {
  contents: { access: "read", why: "to check out" },
  "id-token": { access: "write", why: "to log in to Azure without a stored credential" },
};

/** Builds, pushes, then signs the pushed digest, for every declared push. */
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
    // By commit: GitHub keeps but one run waiting, and a third push to a branch would drop the second.
    concurrency: { group: "sign-image-${{ github.sha }}", cancelInProgress: false },
    jobs: { sign: plan.governed ? callJob(plan, plan.governed) : signJob(plan) },
  };
}

function signJob(plan: SignImagePlan): Job {
  const [first, ...others] = plan.images;
  if (!first) throw new Error("a pipeline has at least one image");
  const matrix = others.length > 0 ? plan.images.map(row) : undefined;
  return {
    name: matrix ? "Build, push and sign ${{ matrix.image }}" : "Build, push and sign",
    runsOn: RUNNER,
    timeoutMinutes: TIMEOUT_MINUTES,
    ...(plan.environment && { environment: plan.environment }),
    permissions: PERMISSIONS,
    ...(matrix && { matrix }),
    steps: imageSteps(plan, matrix ? matrixRow() : row(first), storedIds(plan)),
  };
}

/** Hands on variables, not secrets: nothing else of the caller reaches the called workflow. */
function callJob(plan: SignImagePlan, governed: string): CallJob {
  return {
    name: "Build, push and sign",
    permissions: PERMISSIONS,
    uses: callOf(governed),
    with: {
      images: JSON.stringify(plan.images.map(row)),
      ...(plan.environment && { environment: plan.environment }),
      ...storedIds(plan),
    },
  };
}

/** A call takes a branch's or a tag's short name; the token has the full one (github.md, 2.4). */
export function callOf(governed: string): string {
  return governed.replace(/@refs\/(?:heads|tags)\//, "@");
}

function storedIds({ ids: { kind, suffix = "" } }: SignImagePlan): LoginIds {
  const id = (key: string) =>
    `\${{ ${kind === "secrets" ? "secrets" : "vars"}.AZURE_${key}${suffix} }}`;
  return {
    "client-id": id("CLIENT_ID"),
    "tenant-id": id("TENANT_ID"),
    "subscription-id": id("SUBSCRIPTION_ID"),
  };
}
