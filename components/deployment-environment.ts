import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import type { EnvironmentPlan, GatedEnvironment } from "../trust/environment";
import { environmentName, policyName } from "../trust/resource-names";

/** Which environments a repository gets. */
export interface DeploymentEnvironmentArgs {
  /** Name of an existing repository, as GitHub spells it. Example: `web`. */
  readonly repository: pulumi.Input<string>;
  /** Name of the pipeline, which begins the names of the environments' resources. */
  readonly pipeline: string;
  /** More than one while two workflows differ in the environment that they name. */
  readonly environments: readonly GatedEnvironment[];
}

/** Environments for exactly the given refs. Creating an existing one clears its protection. */
export class DeploymentEnvironment extends pulumi.ComponentResource {
  /** Known when everything is made. */
  readonly done: pulumi.Output<unknown>;

  constructor(
    name: string,
    args: DeploymentEnvironmentArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("countersign:index:DeploymentEnvironment", name, {}, opts);
    const made = args.environments.flatMap((gated) => gate(args, gated, this));
    this.done = pulumi.all(made.map(({ id }) => id));
    this.registerOutputs();
  }
}

function gate(
  { pipeline, repository }: DeploymentEnvironmentArgs,
  { environment: plan, branches, tags }: GatedEnvironment,
  parent: pulumi.Resource,
): pulumi.CustomResource[] {
  const name = environmentName(pipeline, plan.name);
  const opts = { parent, deleteBeforeReplace: true };
  const deploymentBranchPolicy = { protectedBranches: false, customBranchPolicies: true };
  const made = new github.RepositoryEnvironment(
    name,
    { repository, environment: plan.name, deploymentBranchPolicy, ...protection(plan) },
    opts,
  );
  const policy = (kind: "branch" | "tag", pattern: string) => {
    const ref = kind === "branch" ? { branchPattern: pattern } : { tagPattern: pattern };
    const args = { repository, environment: made.environment, ...ref };
    const resourceName = policyName(name, kind, pattern);
    return new github.RepositoryEnvironmentDeploymentPolicy(resourceName, args, opts);
  };
  return [
    made,
    ...branches.map((branch) => policy("branch", branch)),
    ...tags.map((tag) => policy("tag", tag)),
  ];
}

/** Only what is wanted: on many plans GitHub refuses the rest, even as its own default. */
function protection({ reviewers: { users, teams }, ...plan }: EnvironmentPlan) {
  const isReviewed = users.length + teams.length > 0;
  return {
    ...(isReviewed && { reviewers: [{ users: [...users], teams: [...teams] }] }),
    ...(plan.preventSelfReview && { preventSelfReview: true }),
    ...(plan.waitMinutes !== undefined && { waitTimer: plan.waitMinutes }),
    ...(plan.adminsCanBypass !== undefined && { canAdminsBypass: plan.adminsCanBypass }),
  };
}
