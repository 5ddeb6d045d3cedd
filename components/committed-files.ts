import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { refuseExisting } from "../surroundings/existing";
import { get, path } from "../surroundings/github";
import type { HeldFile } from "../surroundings/held-files";
import type { PlannedFile } from "../workflow/committed-files";

/** What is committed, and where. */
export interface CommittedFilesArgs {
  /** User or organisation that owns the repository. */
  readonly owner: string;
  /** Name of an existing repository, in its own case. */
  readonly repository: string;
  /** Its id: by it the repository is known under any name. */
  readonly repositoryId: number;
  /** An existing branch that may be committed to directly. */
  readonly branch: string;
  /** In the order of their commits. */
  readonly files: readonly PlannedFile[];
  /** Overwrite files that exist, and leave them in place on destroy. Default: refuse at preview. */
  readonly adopt: boolean;
  /** What is there was written by an earlier run of ours, so it may be overwritten. */
  readonly isOurs: boolean;
  /**
   * Must be there before, and goes only after. An argument, as Pulumi does not hand a component's
   * own `dependsOn` down to its children's deletion. Default: nothing.
   */
  readonly after?: readonly pulumi.Resource[];
}

/** Files committed to one branch, one after another: GitHub refuses two commits at once. */
export class CommittedFiles extends pulumi.ComponentResource {
  constructor(name: string, args: CommittedFilesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:CommittedFiles", name, {}, opts);
    const { owner, repository, repositoryId, branch, adopt, isOurs } = args;
    const exists = async ({ file = "" }) => {
      const url = path`repos/${owner}/${repository}/contents/${file}?ref=${branch}`;
      return !!(await get(url, { parent: this }));
    };
    const guard = refuseExisting(`${name}-existing-file`, {
      title: ({ file }) => `file ${file} on branch ${branch} of ${owner}/${repository}`,
      identity: ["branch", "file"],
      repositoryId,
      exists: adopt || isOurs ? undefined : exists,
      mustStay: adopt ? "file" : undefined,
      remedy:
        "set `adopt: true` to overwrite and keep it, or choose another path with `workflow`; if an interrupted run left it, delete it",
    });
    const written: pulumi.Resource[] = [];
    for (const { key, path: file, content } of args.files) {
      written.push(
        new github.RepositoryFile(
          `${name}-${key}`,
          {
            repository,
            branch,
            file,
            content,
            commitMessage: `Sign container images: ${file}`,
            // The guard has looked; the provider's own refusal would come only during `up`.
            overwriteOnCreate: true,
          },
          {
            parent: this,
            dependsOn: [...(args.after ?? []), ...written],
            deleteBeforeReplace: true,
            retainOnDelete: adopt,
            hooks: { beforeCreate: [guard] },
          },
        ),
      );
    }
    this.registerOutputs();
  }
}

/**
 * Files that an earlier run committed and that are proposed from now on. They stay on the branch:
 * deleted from the state, they would be deleted there too, where nobody may commit.
 */
export class ReleasedFiles extends pulumi.ComponentResource {
  constructor(name: string, files: readonly HeldFile[], opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:CommittedFiles", name, {}, opts);
    for (const { key, inputs } of files) {
      const { repository, branch, file, content, commitMessage } = inputs as Inputs;
      new github.RepositoryFile(
        `${name}-${key}`,
        { repository, branch, file, content, commitMessage, overwriteOnCreate: true },
        { parent: this, retainOnDelete: true, deleteBeforeReplace: true },
      );
    }
    this.registerOutputs({ released: true });
  }
}

type Inputs = Readonly<
  Record<"repository" | "branch" | "file" | "content" | "commitMessage", string>
>;
