import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { fileName } from "../trust/resource-names";
import { commitMessage, type PlannedFile } from "../workflow/committed-files";
import type { Ordered } from "./ordered";
import { AS_PLANNED, type Settle } from "./settle";

/** What is committed, and where. */
export interface CommittedFilesArgs extends Ordered {
  /** Name of an existing repository, as GitHub spells it. Example: `web`. */
  readonly repository: pulumi.Input<string>;
  /** An existing branch that can be committed to directly. Example: `main`. */
  readonly branch: pulumi.Input<string>;
  /** In the order of their commits. Files that exist are overwritten. */
  readonly files: readonly PlannedFile[];
  /** Puts real values into the files. Default: the files have them. */
  readonly settle?: Settle;
  /** Leave the files on GitHub when they leave the stack. Default: delete them. */
  readonly retain?: boolean;
  /** Keys of files that the state has and that stay as they are. Default: none. */
  readonly retained?: readonly string[];
}

/** Files that are committed to one branch. */
export class CommittedFiles extends pulumi.ComponentResource {
  /** Known when everything is committed. */
  readonly done: pulumi.Output<unknown>;
  readonly commits: readonly pulumi.Resource[];

  constructor(name: string, args: CommittedFilesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:CommittedFiles", name, {}, opts);
    const made = commits(name, args, this);
    this.commits = made;
    this.done = pulumi.all(made.map(({ id }) => id));
    this.registerOutputs();
  }
}

/** Commits files one after another, because GitHub refuses two commits at once. */
export function commits(
  name: string,
  { repository, branch, files, settle = AS_PLANNED, retain = false, ...args }: CommittedFilesArgs,
  parent: pulumi.Resource,
): pulumi.CustomResource[] {
  const { retained = [], after = [] } = args;
  for (const key of retained) retainedFile(name, repository, key, parent);
  const made: pulumi.CustomResource[] = [];
  for (const { key, path: file, content } of files) {
    const dependsOn = [...after, ...made];
    made.push(
      new github.RepositoryFile(
        fileName(name, key),
        {
          repository,
          branch,
          file,
          content: settle(content),
          commitMessage: commitMessage(file),
          overwriteOnCreate: true,
        },
        {
          parent,
          dependsOn,
          deleteBeforeReplace: true,
          retainOnDelete: retain,
          // An imported file has `false`, and a change of it would commit the same content again.
          ignoreChanges: ["overwriteOnCreate"],
        },
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
    {
      repository,
      keys,
    }: { readonly repository: pulumi.Input<string>; readonly keys: readonly string[] },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    // Of the same type, so that the files keep their URNs.
    super("countersign:index:CommittedFiles", name, {}, opts);
    for (const key of keys) retainedFile(name, repository, key, this);
    this.registerOutputs();
  }
}

function retainedFile(
  component: string,
  repository: pulumi.Input<string>,
  key: string,
  parent: pulumi.Resource,
): void {
  new github.RepositoryFile(
    fileName(component, key),
    { repository, file: "", content: "" },
    { parent, retainOnDelete: true, deleteBeforeReplace: true, ignoreChanges: INPUTS },
  );
}
