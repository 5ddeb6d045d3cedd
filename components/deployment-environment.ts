import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { refuseExisting } from "../surroundings/existing";
import { get, path } from "../surroundings/github";

export interface DeploymentEnvironmentArgs {
  /** User or organisation that owns the repository. */
  readonly owner: string;
  readonly repository: string;
  /** Name of the environment; subjects carry it in this case. */
  readonly environment: string;
  /** Names or patterns of the branches that may deploy. */
  readonly branches: readonly string[];
  /** Names or patterns of the tags that may deploy. */
  readonly tags: readonly string[];
}

/**
 * A GitHub environment that lets exactly the given branches and tags deploy. Refused at preview
 * where one of that name exists, as creating it would clear that one's protection.
 */
export class DeploymentEnvironment extends pulumi.ComponentResource {
  constructor(
    name: string,
    args: DeploymentEnvironmentArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("countersign:index:DeploymentEnvironment", name, {}, opts);
    const { owner, repository, environment } = args;
    // Named after the environment: another one is made, and trusted, before the old one goes.
    const child = `${name}-${environment}`;
    const made = new github.RepositoryEnvironment(
      child,
      {
        repository,
        environment,
        deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true },
      },
      {
        parent: this,
        deleteBeforeReplace: true,
        hooks: { beforeCreate: [existing(name, owner, this)] },
      },
    );
    const policy = (kind: "branch" | "tag", pattern: string) =>
      new github.RepositoryEnvironmentDeploymentPolicy(
        `${child}-${kind}-${pattern}`,
        {
          repository,
          environment: made.environment,
          ...(kind === "branch" ? { branchPattern: pattern } : { tagPattern: pattern }),
        },
        { parent: this, deleteBeforeReplace: true },
      );
    for (const branch of args.branches) policy("branch", branch);
    for (const tag of args.tags) policy("tag", tag);
    this.registerOutputs();
  }
}

function existing(name: string, owner: string, parent: pulumi.Resource): pulumi.ResourceHook {
  return refuseExisting(`${name}-existing-environment`, {
    title: ({ repository, environment }) => `environment ${environment} of ${owner}/${repository}`,
    identity: ["repository", "environment"],
    exists: async ({ repository = "", environment = "" }) =>
      !!(await get(path`repos/${owner}/${repository}/environments/${environment}`, { parent })),
    remedy:
      "set `adopt: true` to use it as it is, or choose another name; if an interrupted run left it, delete it",
  });
}
