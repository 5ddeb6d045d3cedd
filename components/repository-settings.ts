import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { refuseExisting } from "../surroundings/existing";
import { get, path } from "../surroundings/github";
import type { IdKind } from "../workflow/sign-image";
import { storeIds } from "./stored-ids";

export interface RepositorySettingsArgs {
  readonly owner: string;
  readonly repository: string;
  /** What a run logs in with, by name. */
  readonly ids: {
    readonly values: Readonly<Record<string, pulumi.Input<string>>>;
    /** Secrets or variables. */
    readonly kind: IdKind;
    /** The environment that holds them. Default: the repository does. */
    readonly environment?: string;
  };
  /** An environment to create, which lets exactly these branches and tags deploy. */
  readonly environment?: {
    readonly name: string;
    readonly branches: readonly string[];
    readonly tags: readonly string[];
  };
  /** Overwrite secrets that exist. */
  readonly adopt: boolean;
}

/** What a workflow needs of its repository: the ids and, where declared, an environment. */
export class RepositorySettings extends pulumi.ComponentResource {
  constructor(name: string, args: RepositorySettingsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:RepositorySettings", name, {}, opts);
    const made = args.environment ? [environment(name, args, args.environment, this)] : [];
    const { owner, repository, adopt, ids } = args;
    storeIds(name, { owner, repository, adopt, ...ids }, this, ids.environment ? made : []);
    this.registerOutputs();
  }
}

function environment(
  name: string,
  { owner, repository }: RepositorySettingsArgs,
  wanted: NonNullable<RepositorySettingsArgs["environment"]>,
  parent: pulumi.Resource,
): pulumi.Resource {
  const guard = refuseExisting(`${name}-existing-environment`, {
    title: (inputs) => `environment ${inputs.environment} of ${owner}/${repository}`,
    exists: async (inputs) =>
      !!(await get(
        path`repos/${owner}/${repository}/environments/${inputs.environment as string}`,
        {
          parent,
        },
      )),
    remedy:
      "set `adopt: true` to use it as it is, or choose another name; if an interrupted run left it, delete it",
  });
  const made = new github.RepositoryEnvironment(
    `${name}-environment`,
    {
      repository,
      environment: wanted.name,
      deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true },
    },
    { parent, deleteBeforeReplace: true, hooks: { beforeCreate: [guard] } },
  );
  const policy = (kind: "branch" | "tag", pattern: string) =>
    new github.RepositoryEnvironmentDeploymentPolicy(
      `${name}-${kind}-${pattern}`,
      {
        repository,
        environment: made.environment,
        ...(kind === "branch" ? { branchPattern: pattern } : { tagPattern: pattern }),
      },
      { parent, deleteBeforeReplace: true },
    );
  for (const branch of wanted.branches) policy("branch", branch);
  for (const tag of wanted.tags) policy("tag", tag);
  return made;
}
