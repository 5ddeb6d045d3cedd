import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import type { NewRepositoryPlan } from "../planning/stack-plan";
import { newRepositoryName, repositoryResourceName, starterName } from "../trust/resource-names";

/** A repository with a first commit, and with the first files of its images. */
export class NewRepository extends pulumi.ComponentResource {
  /** Name of the repository. */
  readonly repository: pulumi.Output<string>;
  /** ID of the repository, which no other repository gets. */
  readonly repositoryId: pulumi.Output<number>;
  readonly commits: readonly pulumi.Resource[];

  constructor(plan: NewRepositoryPlan, opts?: pulumi.ComponentResourceOptions) {
    const { pipeline, name, visibility, protect, starters } = plan;
    super("countersign:index:NewRepository", newRepositoryName(pipeline), {}, opts);
    const made = new github.Repository(
      repositoryResourceName(pipeline),
      {
        name,
        // Without it, the provider makes a public repository.
        visibility,
        autoInit: true,
        deleteBranchOnMerge: true,
        hasIssues: true,
      },
      // Its settings are the owner's from now on, and an imported repository has no first commit.
      { parent: this, protect, ignoreChanges: ["*"] },
    );
    const commits: pulumi.Resource[] = [];
    for (const { path: file, content } of starters) {
      commits.push(
        new github.RepositoryFile(
          starterName(pipeline, file),
          {
            repository: made.name,
            branch: made.defaultBranch,
            file,
            content,
            commitMessage: `Add ${file}`,
          },
          {
            parent: this,
            dependsOn: [...commits],
            deleteBeforeReplace: true,
            // The file is the user's from now on.
            retainOnDelete: true,
            ignoreChanges: ["*"],
          },
        ),
      );
    }
    this.repository = made.name;
    this.repositoryId = made.repoId;
    this.commits = commits;
    this.registerOutputs();
  }
}
