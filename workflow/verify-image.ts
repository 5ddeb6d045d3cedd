import { AZURE_CLOUDS } from "../trust/hosts";
import type { SettingsLocation } from "../trust/login-settings";
import type { VerifierTrust } from "../trust/verification";
import type { JobPlan } from "./jobs";
import { isNotFork, loginInputs } from "./login";
import type { Input, Job, Workflow } from "./model";
import type { Archives } from "./pins";
import { firstLogin, prepareStep, registryLogin } from "./steps/azure";
import { gateStep, newestStep } from "./steps/gate";
import { installStep } from "./steps/install";
import { BY_TAG_OR_DIGEST, referencesStep } from "./steps/references";
import { trustStep } from "./steps/verify";

/** Name of the committed workflow that verifies. */
export const VERIFY_WORKFLOW_NAME = "Verify image";

/** Everything that the text of a verifying workflow depends on. */
export interface VerifyImagePlan extends Pick<JobPlan, "registry" | "runner" | "cloud"> {
  /** The repository whose runs verify. */
  readonly repositoryId: number;
  /** Names of the images. */
  readonly images: readonly string[];
  readonly trust: VerifierTrust;
  /** Where the workflow reads the IDs of the verifying identity. */
  readonly settings: Pick<SettingsLocation, "kind" | "suffix">;
  /** Environment of the job. Default: the job has none. */
  readonly environment?: string;
  /** When the newest tags are verified, as cron in UTC. Default: never. */
  readonly schedule?: string;
  readonly notation: Archives;
}

/** What is verified. A schedule gives no inputs, so that `newest` is neither true nor false there. */
const INPUTS: Readonly<Record<string, Input>> = {
  references: {
    description: "Images by tag or digest, one on each line or as JSON",
    required: false,
  },
  newest: { description: "Also verify the newest tags", required: false, type: "boolean" },
};

/**
 * The workflow that verifies images, for callers, for people, and on a schedule. The policy is in
 * its text, because a called workflow checks out the repository of its caller.
 */
export function verifyImageWorkflow(plan: VerifyImagePlan): Workflow {
  const { schedule } = plan;
  const description = "References by digest of the verified images, as a JSON list";
  const verified = { description, value: "${{ jobs.verify.outputs.verified }}" };
  return {
    name: VERIFY_WORKFLOW_NAME,
    on: {
      ...(schedule && { schedule }),
      workflowDispatch: INPUTS,
      workflowCall: { inputs: INPUTS, outputs: { verified } },
    },
    permissions: {},
    jobs: { verify: verifyJob(plan) },
  };
}

/** Long enough for some images, each of which can wait for servers of revocation lists. */
const TIMEOUT = 20;

function verifyJob(plan: VerifyImagePlan): Job {
  const { registry, images, trust, environment, cloud = AZURE_CLOUDS.public, runner } = plan;
  const login = { inputs: loginInputs(plan.settings), cloud };
  const names = images.join("\n");
  const newest = "${{ steps.newest.outputs.references }}";
  return {
    name: "Verify",
    if: isNotFork(plan),
    runsOn: runner,
    timeoutMinutes: TIMEOUT,
    ...(environment && { environment }),
    permissions: {
      "id-token": { access: "write", why: "to log in to Azure without a stored credential" },
    },
    outputs: { verified: "${{ steps.verify.outputs.verified }}" },
    steps: [
      prepareStep(trust.timestampRoot),
      ...firstLogin(login),
      registryLogin(login, registry, images[0] ?? "", "pull"),
      newestStep("${{ inputs.newest }}", registry, names),
      referencesStep(
        "${{ inputs.references }}",
        registry.loginServer,
        names,
        BY_TAG_OR_DIGEST,
        newest,
      ),
      trustStep(trust),
      installStep(plan.notation),
      gateStep("${{ steps.references.outputs.references }}"),
    ],
  };
}
