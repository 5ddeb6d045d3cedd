import type { PlannedFile } from "./committed-files";

/** What the text of a pull request depends on. */
interface Proposed {
  /** `PROJECT/STACK`. */
  readonly stack: string;
  readonly files: readonly PlannedFile[];
  /** Images that the workflow pushes, as `LOGIN_SERVER/NAME`. */
  readonly images: readonly string[];
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  /** Whether the workflow builds the images, and whether pushes start it. */
  readonly build: boolean;
  readonly push: boolean;
  /** Name of the signing job's environment. Undefined: the job has no environment. */
  readonly environment: string | undefined;
  /** The reusable workflow that is called, as `OWNER/REPOSITORY/PATH@REF`. */
  readonly reusableWorkflow: string | undefined;
  /** What the identity can push to. Undefined: only these images. */
  readonly reach: string | undefined;
  /** Whether the default branch already has one of the pipeline's workflows. */
  readonly isChange: boolean;
}

/** What starts the workflow, and what it does. */
function startOf({ build, push }: Proposed, refs: string, where: string): string {
  if (!build) {
    return `After the merge, other workflows can call the workflow, and people can start it, on ${refs}. The workflow signs the digests of these images that it is given${where}:`;
  }
  const start = push
    ? `each push to ${refs} starts the workflow.`
    : `other workflows can call the workflow, and people can start it, on ${refs}.`;
  return `After the merge, ${start} The workflow builds, pushes, and signs these images${where}:`;
}

/** The title and the body of the pull request that proposes a pipeline's files. */
export function pullRequestText(of: Proposed): { readonly title: string; readonly body: string } {
  const refs = new Intl.ListFormat("en", { type: "disjunction" }).format([
    ...of.branches.map((name) => `branch \`${name}\``),
    ...of.tags.map((name) => `tag \`${name}\``),
  ]);
  const where = of.environment ? ` in the environment \`${of.environment}\`` : "";
  const runs = of.reusableWorkflow ? "jobs of that workflow" : "runs";
  const body = [
    of.isChange
      ? "This pull request changes a pipeline that signs container images. Until you merge it, the workflow on the default branch runs unchanged."
      : "This pull request adds a pipeline that signs container images. Signing starts when you merge it.",
    "",
    `## What this pull request ${of.isChange ? "changes" : "adds"}`,
    "",
    ...of.files.map(({ path }) => `- \`${path}\``),
    "",
    startOf(of, refs, where),
    "",
    ...of.images.map((image) => `- \`${image}\``),
    "",
    "## Why this pull request is safe to merge",
    "",
    of.reusableWorkflow
      ? `- The workflow has no steps. It calls the reusable workflow \`${of.reusableWorkflow}\`, which ${of.build ? "builds and signs" : "signs"}.`
      : "- Each action is pinned to a commit, and each download to its SHA-256.",
    of.build
      ? "- The job can read the repository's contents and request an identity token. It has no other permission."
      : "- The job can request an identity token. It has no other permission.",
    `- The workflow contains no credentials. Azure accepts identity tokens only from ${runs} on these refs.`,
    `- A run can push ${of.reach ? `to ${of.reach}` : "only to these images"}. A run can sign with one certificate profile.`,
    "",
    "## How to change these files",
    "",
    `The Pulumi stack \`${of.stack}\` wrote these files. To change them, change the configuration of the stack and run \`pulumi up\`. Countersign then updates the branch of this pull request.`,
    "",
    "Don't commit to this branch. The next update can overwrite your commits.",
    "",
    "If you close this pull request without a merge, the next run of the stack reports it.",
    "",
  ];
  return { title: "Sign container images", body: body.join("\n") };
}
