import type { PlannedFile } from "./committed-files";

/** What a pull request says that adds a pipeline's files; for the one who decides on its merge. */
export function pullRequestText(of: {
  readonly stack: string;
  readonly files: readonly PlannedFile[];
  readonly images: readonly string[];
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  readonly environment: string | undefined;
  /** `OWNER/REPOSITORY/PATH@REF` of the reusable workflow that is called. */
  readonly governed: string | undefined;
  /** What the identity may push to, in words, where it is more than these images. */
  readonly reach: string | undefined;
  /** The workflow is there already, and runs as it is until the merge. */
  readonly isChange: boolean;
}): { readonly title: string; readonly body: string } {
  const refs = [
    ...of.branches.map((name) => `branch \`${name}\``),
    ...of.tags.map((name) => `tag \`${name}\``),
  ].join(", ");
  const where = of.environment ? ` in the environment \`${of.environment}\`` : "";
  const body = [
    of.isChange
      ? "It takes effect with the merge: until then the workflow runs as it is."
      : "Signing starts with the merge.",
    "",
    `## What it ${of.isChange ? "brings up to date" : "adds"}`,
    "",
    ...of.files.map(({ path }) => `- \`${path}\``),
    "",
    `A push to ${refs} then builds, pushes and signs${where}:`,
    "",
    ...of.images.map((image) => `- \`${image}\``),
    "",
    "## Why it is safe to merge",
    "",
    of.governed
      ? `- It has no step of its own: it calls \`${of.governed}\`, where what builds and signs is reviewed.`
      : "- Every action is pinned to a commit, and every download to its SHA-256.",
    "- The job may read the contents and ask for an identity token, nothing else.",
    `- It holds no credential. Azure accepts the tokens of ${of.governed ? "that workflow's jobs on exactly" : "exactly"} these refs, for ${of.reach ?? "these images"} and one certificate profile.`,
    "",
    `Written by the stack \`${of.stack}\`. What is edited in these files is proposed back: change the stack's configuration instead.`,
    "Leave the branch alone; closing this proposal is reported by the stack's next run.",
    "",
  ];
  return { title: "Sign container images", body: body.join("\n") };
}
