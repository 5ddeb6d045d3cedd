import type { StackConfiguration } from "../configuration/schema";
import type { PlanRecord } from "../snapshot";
import { inspectCommand, TIMESTAMP_ROOT, verifyCommands } from "../trust/verification";
import { microsoftRoot } from "../workflow/certificate";
import type { BuildPlan } from "../workflow/image-steps";
import { reusableWorkflowText } from "../workflow/reusable-workflow";
import type { CertificateProfile, Registry, Timestamp } from "./signing";
import type { PipelineOutputs } from "./stack-plan";

export interface Signing {
  readonly registry: Registry;
  readonly profile: CertificateProfile;
  readonly timestamp: Timestamp;
}

/** What builds, pushes and signs any image of the stack. */
export function buildPlan(
  { downloads }: Pick<StackConfiguration, "downloads">,
  { registry, profile, timestamp }: Signing,
  signWith: "action" | "cli",
): BuildPlan {
  const { account, name: profileName, endpoint } = profile;
  const timestamps = { timestampUrl: timestamp.url, timestampRoot: TIMESTAMP_ROOT };
  const signing = { account, profile: profileName, endpoint, ...timestamps, signWith, downloads };
  return { registry, signing };
}

/** What a pipeline exports, as far as it is known before anything is made. */
export function outputsOf(
  { workflow, reusableWorkflow }: PlanRecord,
  subjects: readonly string[],
  references: readonly string[],
  { profile, timestamp }: Signing,
  build: BuildPlan,
): PipelineOutputs {
  // Public Trust certificates chain to the root of Microsoft's timestamps, which is committed.
  const isCommitted = profile.type === "PublicTrust" && timestamp.root === microsoftRoot();
  return {
    subjects,
    images: references,
    workflow: workflow.path,
    notation: {
      inspect: inspectCommand(references[0] as string),
      verify: verifyCommands({
        references,
        subject: profile.subject,
        timestampRoot: TIMESTAMP_ROOT,
        signingRoot: isCommitted ? TIMESTAMP_ROOT : undefined,
      }),
    },
    ...(reusableWorkflow && { reusableWorkflow: reusableWorkflowText(build) }),
  };
}
