import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { refuseExisting } from "../surroundings/existing";
import { get, path } from "../surroundings/github";
import type { PlannedFile } from "../workflow/committed-files";

/** What is proposed, from which branch, and how it stands. */
export interface ProposedFilesArgs {
  /** User or organisation that owns the repository. */
  readonly owner: string;
  /** Name of an existing repository, in its own case. */
  readonly repository: string;
  /** Branch that theirs starts from. */
  readonly base: string;
  /** Branch of ours that they are committed to; undefined where it is gone from the state. */
  readonly branch: string | undefined;
  /** In the order of their commits. */
  readonly files: ReadonlyArray<PlannedFile & { readonly message: string }>;
  /** What it says, and from where to where; undefined where it is gone from the state. */
  readonly pullRequest: Readonly<Record<"title" | "body" | "head" | "base", string>> | undefined;
  /** The branch is gone from GitHub: what is left in the state goes without a call. */
  readonly released: boolean;
  /** Path of the workflow among them, also where the files are gone; the state remembers it. */
  readonly workflow: string | undefined;
  /** Paths of older workflows that the base branch still holds; the state remembers them. */
  readonly moved: readonly string[];
  /**
   * Must be there before, and goes only after. An argument, as Pulumi does not hand a component's
   * own `dependsOn` down to its children's deletion. Default: nothing.
   */
  readonly after?: readonly pulumi.Resource[];
}

/** Files on a branch of their own, and the pull request that proposes them; merging is a person's. */
export class ProposedFiles extends pulumi.ComponentResource {
  /** Number of the pull request. */
  readonly number: pulumi.Output<number | undefined>;

  constructor(name: string, args: ProposedFilesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:ProposedFiles", name, {}, opts);
    const { repository, base, released, workflow, moved } = args;
    const made: pulumi.Resource[] = [];
    const ordered = () => ({ parent: this, dependsOn: [...(args.after ?? []), ...made] });
    if (args.branch) {
      made.push(
        new github.Branch(
          `${name}-branch`,
          { repository, branch: args.branch, sourceBranch: base },
          {
            ...ordered(),
            deleteBeforeReplace: true,
            retainOnDelete: released,
            hooks: { beforeCreate: [existingBranch(name, args.owner, this)] },
          },
        ),
      );
    }
    for (const { key, path: file, content, message: commitMessage } of args.files) {
      made.push(
        new github.RepositoryFile(
          `${name}-${key}`,
          {
            repository,
            branch: args.branch ?? args.pullRequest?.head,
            file,
            content,
            commitMessage,
            // The base may have a file there; whoever merges sees the difference.
            overwriteOnCreate: true,
          },
          // They go with their branch; one by one, they would be commits to a pull request.
          { ...ordered(), deleteBeforeReplace: true, retainOnDelete: true },
        ),
      );
    }
    const proposed = args.pullRequest && pullRequest(name, args, ordered());
    this.number = proposed?.number ?? pulumi.output(undefined);
    // Not before the branch is: of an interrupted run the state must not say what did not happen.
    const [branch] = args.branch ? made : [];
    const done = branch?.urn.apply(() => released) ?? released;
    this.registerOutputs({ released: done, workflow, moved });
  }
}

function pullRequest(
  name: string,
  { owner, repository, pullRequest: wanted }: ProposedFilesArgs,
  opts: pulumi.CustomResourceOptions,
): github.RepositoryPullRequest | undefined {
  if (!wanted) return undefined;
  const { title, body, head, base } = wanted;
  return new github.RepositoryPullRequest(
    `${name}-pull-request`,
    { baseRepository: repository, baseRef: base, headRef: head, title, body },
    {
      ...opts,
      deleteBeforeReplace: true,
      hooks: { beforeCreate: [existingPullRequest(name, owner, opts.parent)] },
    },
  );
}

function existingBranch(name: string, owner: string, parent: pulumi.Resource): pulumi.ResourceHook {
  return refuseExisting(`${name}-existing-branch`, {
    title: ({ repository, branch }) => `branch ${branch} of ${owner}/${repository}`,
    identity: ["repository", "branch"],
    exists: async ({ repository = "", branch = "" }) =>
      !!(await get(path`repos/${owner}/${repository}/branches/${branch}`, { parent })),
    remedy: "delete it: it is named after a change of this stack, so an interrupted run left it",
  });
}

/** The provider would find it only during `up`. */
function existingPullRequest(
  name: string,
  owner: string,
  parent: pulumi.Resource | undefined,
): pulumi.ResourceHook {
  const url = (repository: string, head: string) =>
    path`repos/${owner}/${repository}/pulls?state=open&head=${`${owner}:${head}`}`;
  return refuseExisting(`${name}-existing-pull-request`, {
    title: ({ baseRepository, headRef }) =>
      `open pull request of branch ${headRef} of ${owner}/${baseRepository}`,
    identity: ["baseRepository", "headRef"],
    exists: async ({ baseRepository = "", headRef = "" }) =>
      ((await get<readonly unknown[]>(url(baseRepository, headRef), { parent })) ?? []).length > 0,
    remedy: "close it: its branch is of this stack, so an interrupted run left it",
  });
}
