import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { proposalBranchName, pullRequestName } from "../trust/resource-names";
import type { PlannedFile } from "../workflow/committed-files";
import { commits } from "./committed-files";
import type { Ordered } from "./ordered";
import { AS_PLANNED, type Settle } from "./settle";

/** What is proposed, from which branch, and what the pull request says. */
export interface ProposedFilesArgs extends Ordered {
  /** Name of an existing repository, as GitHub spells it. Example: `web`. */
  readonly repository: pulumi.Input<string>;
  /** Branch that the pull request targets. Example: `main`. */
  readonly base: pulumi.Input<string>;
  /** Branch that is created for the files. Example: `countersign/web-0123456789`. */
  readonly branch: string;
  /** In the order of their commits. They overwrite what the base has; the pull request shows it. */
  readonly files: readonly PlannedFile[];
  /** Keys of files that the state has and that stay as they are. Default: none. */
  readonly retained?: readonly string[];
  readonly title: string;
  readonly body: string;
  /** Puts real values into files and text. Default: they have them. */
  readonly settle?: Settle;
}

/**
 * Files on a branch of their own, and the pull request that proposes them. Leaving the stack closes
 * an open pull request. The branch stays: the provider cannot delete a branch that is gone.
 */
export class ProposedFiles extends pulumi.ComponentResource {
  /** Number of the pull request. */
  readonly number: pulumi.Output<number>;

  constructor(name: string, args: ProposedFilesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:ProposedFiles", name, {}, opts);
    const { repository, base, branch, files, retained, title, body, after = [] } = args;
    const { settle = AS_PLANNED } = args;
    const own = { parent: this, deleteBeforeReplace: true };
    const head = new github.Branch(
      proposalBranchName(name),
      { repository, branch, sourceBranch: base },
      { ...own, retainOnDelete: true, dependsOn: [...after] },
    );
    const before = [...after, head];
    const proposed = { repository, branch, files, settle, retain: true, retained, after: before };
    const pullRequest = new github.RepositoryPullRequest(
      pullRequestName(name),
      { baseRepository: repository, baseRef: base, headRef: branch, title, body: settle(body) },
      { ...own, dependsOn: [...before, ...commits(name, proposed, this)] },
    );
    this.number = pullRequest.number;
    this.registerOutputs();
  }
}
