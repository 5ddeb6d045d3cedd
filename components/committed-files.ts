import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { fileName } from "../trust/resource-names";
import type { PlannedFile } from "../workflow/committed-files";
import type { Ordered } from "./ordered";

/** What is committed, and where. */
export interface CommittedFilesArgs extends Ordered {
  /** Name of an existing repository, as GitHub spells it. Example: `web`. */
  readonly repository: pulumi.Input<string>;
  /** An existing branch that can be committed to directly. Example: `main`. */
  readonly branch: pulumi.Input<string>;
  /** In the order of their commits. Files that exist are overwritten. */
  readonly files: readonly PlannedFile[];
  /** Leave the files on GitHub when they leave the stack. Default: delete them. */
  readonly retain?: boolean;
}

/** Files that are committed to one branch. */
export class CommittedFiles extends pulumi.ComponentResource {
  /** Known when everything is committed. */
  readonly done: pulumi.Output<unknown>;

  constructor(name: string, args: CommittedFilesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:CommittedFiles", name, {}, opts);
    this.done = pulumi.all(commits(name, args, this).map(({ id }) => id));
    this.registerOutputs();
  }
}

/** Commits files one after another, because GitHub refuses two commits at once. */
export function commits(
  name: string,
  { repository, branch, files, retain = false, after = [] }: CommittedFilesArgs,
  parent: pulumi.Resource,
): pulumi.CustomResource[] {
  const made: pulumi.CustomResource[] = [];
  for (const { key, path: file, content } of files) {
    const commitMessage = `Sign container images: ${file}`;
    const dependsOn = [...after, ...made];
    made.push(
      new github.RepositoryFile(
        fileName(name, key),
        { repository, branch, file, content, commitMessage, overwriteOnCreate: true },
        { parent, dependsOn, deleteBeforeReplace: true, retainOnDelete: retain },
      ),
    );
  }
  return made;
}

/** Inputs of a file that an earlier run committed. They stay as the state has them. */
const INPUTS = ["repository", "branch", "file", "content", "commitMessage", "overwriteOnCreate"];

/** Files on a branch that takes no more commits: they stay as they are, also in the state. */
export class RetainedFiles extends pulumi.ComponentResource {
  constructor(
    name: string,
    { repository, keys }: { readonly repository: string; readonly keys: readonly string[] },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    // Of the same type, so that the files keep their URNs.
    super("countersign:index:CommittedFiles", name, {}, opts);
    for (const key of keys) {
      new github.RepositoryFile(
        fileName(name, key),
        { repository, file: "", content: "" },
        { parent: this, retainOnDelete: true, deleteBeforeReplace: true, ignoreChanges: INPUTS },
      );
    }
    this.registerOutputs();
  }
}
