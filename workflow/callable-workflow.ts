import { type BuildPlan, imageSteps, matrixRow } from "./image-steps";
import type { Workflow } from "./model";
import { PERMISSIONS, RUNNER, TIMEOUT_MINUTES } from "./sign-image";

/**
 * The reusable workflow that a governed pipeline calls: registry and signing account are its own, a
 * caller says only what to build and whom to log in as. For the repository that governs; the
 * timestamp root is the caller's file, as it is the caller's repository that is checked out.
 */
export function callableWorkflow(plan: BuildPlan): Workflow {
  return {
    name: "Build, push and sign",
    on: {
      workflowCall: {
        images: { description: "JSON rows of image, context, file and platforms", required: true },
        environment: { description: "Environment of the job; empty: none", required: false },
        "client-id": { description: "Client id of the identity to log in as", required: true },
        "tenant-id": { description: "Its tenant", required: true },
        "subscription-id": { description: "The registry's subscription", required: true },
      },
    },
    permissions: {},
    jobs: {
      sign: {
        name: "Build, push and sign ${{ matrix.image }}",
        runsOn: RUNNER,
        timeoutMinutes: TIMEOUT_MINUTES,
        environment: "${{ inputs.environment }}",
        permissions: PERMISSIONS,
        matrix: "${{ fromJSON(inputs.images) }}",
        steps: imageSteps(plan, matrixRow(), {
          "client-id": "${{ inputs.client-id }}",
          "tenant-id": "${{ inputs.tenant-id }}",
          "subscription-id": "${{ inputs.subscription-id }}",
        }),
      },
    },
  };
}
