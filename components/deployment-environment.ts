import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import type { EnvironmentPlan } from "../surroundings/environment-plan";
import { refuseExisting } from "../surroundings/existing";
import { get, path } from "../surroundings/github";

/** An environment, and what may deploy to it. */
export interface GatedEnvironment {
  /** Its name, in the case that subjects carry, and what guards it. */
  readonly environment: EnvironmentPlan;
  /** Names or patterns of the branches that may deploy. */
  readonly branches: readonly string[];
  /** Names or patterns of the tags that may deploy. */
  readonly tags: readonly string[];
}

/** Which environments a repository gets. */
export interface DeploymentEnvironmentArgs {
  /** User or organisation that owns the repository. */
  readonly owner: string;
  /** Name of an existing repository, in its own case. */
  readonly repository: string;
  /** Its id: by it the repository is known under any name. */
  readonly repositoryId: number;
  /** More than one where workflows differ in what they name. */
  readonly environments: readonly GatedEnvironment[];
}

/**
 * GitHub environments that let exactly the given branches and tags deploy. Refused at preview where
 * one of that name exists, as creating it would clear that one's protection.
 */
export class DeploymentEnvironment extends pulumi.ComponentResource {
  constructor(
    name: string,
    args: DeploymentEnvironmentArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("countersign:index:DeploymentEnvironment", name, {}, opts);
    const hook = existing(name, args, this);
    for (const gated of args.environments) gate(name, args.repository, gated, hook, this);
    this.registerOutputs();
  }
}

function gate(
  name: string,
  repository: string,
  { environment: plan, branches, tags }: GatedEnvironment,
  hook: pulumi.ResourceHook,
  parent: pulumi.Resource,
): void {
  // Named after the environment: another one is made, and trusted, before the old one goes.
  const child = `${name}-${plan.name}`;
  const made = new github.RepositoryEnvironment(
    child,
    {
      repository,
      environment: plan.name,
      deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true },
      ...protection(plan),
    },
    { parent, deleteBeforeReplace: true, hooks: { beforeCreate: [hook] } },
  );
  const policy = (kind: "branch" | "tag", pattern: string) =>
    new github.RepositoryEnvironmentDeploymentPolicy(
      `${child}-${kind}-${pattern}`,
      {
        repository,
        environment: made.environment,
        ...(kind === "branch" ? { branchPattern: pattern } : { tagPattern: pattern }),
      },
      { parent, deleteBeforeReplace: true },
    );
  for (const branch of branches) policy("branch", branch);
  for (const tag of tags) policy("tag", tag);
}

/** Only what is wanted: on many plans GitHub refuses the rest, even as its own default. */
function protection({ reviewers, ...plan }: EnvironmentPlan) {
  const { users, teams } = reviewers;
  const reviewed = users.length + teams.length > 0;
  return {
    ...(reviewed && { reviewers: [{ users: [...users], teams: [...teams] }] }),
    ...(plan.preventSelfReview && { preventSelfReview: true }),
    ...(plan.waitMinutes !== undefined && { waitTimer: plan.waitMinutes }),
    ...(plan.adminsCanBypass !== undefined && { canAdminsBypass: plan.adminsCanBypass }),
  };
}

function existing(
  name: string,
  { owner, repositoryId }: DeploymentEnvironmentArgs,
  parent: pulumi.Resource,
): pulumi.ResourceHook {
  return refuseExisting(`${name}-existing-environment`, {
    title: ({ repository, environment }) => `environment ${environment} of ${owner}/${repository}`,
    identity: ["environment"],
    repositoryId,
    exists: async ({ repository = "", environment = "" }) =>
      !!(await get(path`repos/${owner}/${repository}/environments/${environment}`, { parent })),
    remedy:
      "set `environment.create: false` to use it as it is, or choose another name; if an interrupted run left it, delete it",
  });
}
