import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { refuseExisting } from "../surroundings/existing";
import { get, path } from "../surroundings/github";

export interface RepositorySettingsArgs {
  readonly owner: string;
  readonly repository: string;
  /** Secrets by name. */
  readonly secrets: Readonly<Record<string, pulumi.Input<string>>>;
  /** An environment to create, which lets exactly these branches and tags deploy. */
  readonly environment?: {
    readonly name: string;
    readonly branches: readonly string[];
    readonly tags: readonly string[];
  };
  /** Overwrite secrets that exist. Default: refuse at preview. */
  readonly adopt: boolean;
}

/** What a workflow needs of its repository: secrets and, where declared, an environment. */
export class RepositorySettings extends pulumi.ComponentResource {
  constructor(name: string, args: RepositorySettingsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:RepositorySettings", name, {}, opts);
    secrets(name, args, this);
    if (args.environment) environment(name, args, args.environment, this);
    this.registerOutputs();
  }
}

function secrets(name: string, args: RepositorySettingsArgs, parent: pulumi.Resource): void {
  const { owner, repository } = args;
  const guard = refuseExisting(`${name}-existing-secret`, {
    title: ({ secretName }) => `secret ${secretName} of ${owner}/${repository}`,
    exists: async ({ secretName }) =>
      !!(await get(path`repos/${owner}/${repository}/actions/secrets/${secretName as string}`, {
        parent,
      })),
    remedy:
      "set `adopt: true` to overwrite it, or name another repository; if an interrupted run left it, delete it",
  });
  for (const [secretName, value] of Object.entries(args.secrets)) {
    new github.ActionsSecret(
      `${name}-${secretName.toLowerCase().replaceAll("_", "-")}`,
      { repository, secretName, value },
      {
        parent,
        // Replaced in the other order, the new one would be deleted with the old (github.md, 4.1).
        deleteBeforeReplace: true,
        hooks: args.adopt ? undefined : { beforeCreate: [guard] },
      },
    );
  }
}

function environment(
  name: string,
  { owner, repository }: RepositorySettingsArgs,
  wanted: NonNullable<RepositorySettingsArgs["environment"]>,
  parent: pulumi.Resource,
): void {
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
}
