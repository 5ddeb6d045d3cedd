import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { type SettingsLocation, wasOverwritten } from "../trust/login-settings";
import { settingName, settingRepositoriesName } from "../trust/resource-names";
import type { Ordered } from "./ordered";

/** What is stored, and where. */
export interface LoginSettingsArgs extends Ordered {
  /** Name of the pipeline, which begins the names of its settings' resources. */
  readonly pipeline: string;
  /** Name of an existing repository, as GitHub spells it. Example: `web`. */
  readonly repository: pulumi.Input<string>;
  /** Id of that repository: the one repository that can read an organization's values. */
  readonly repositoryId: pulumi.Input<number>;
  /** Where the values are written; more than one while two workflows differ in where they read. */
  readonly locations: readonly SettingsLocation[];
  /** By name: letters, digits and _. Example: `{ AZURE_CLIENT_ID: identity.clientId }`. */
  readonly values: Readonly<Record<string, pulumi.Input<string>>>;
}

/** The ids that a workflow logs in with. Secrets that exist are overwritten. */
export class LoginSettings extends pulumi.ComponentResource {
  /** Known when everything is made. */
  readonly done: pulumi.Output<unknown>;

  constructor(name: string, args: LoginSettingsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const aliases = [...(opts.aliases ?? []), { type: "countersign:index:StoredIds" }];
    super("countersign:index:LoginSettings", name, {}, { ...opts, aliases });
    const dependsOn = [...(args.after ?? [])];
    // In the other order the new value would be deleted with the old resource.
    const child = { parent: this, dependsOn, deleteBeforeReplace: true };
    const made = args.locations.flatMap((location) =>
      Object.entries(args.values).flatMap(([key, value]) =>
        setting(args, location, `${key}${location.suffix}`, value, child),
      ),
    );
    this.done = pulumi.all(made.map(({ id }) => id));
    this.registerOutputs();
  }
}

/** One value in one place. An organization's value can be read by this repository only. */
function setting(
  { pipeline, repository, repositoryId }: LoginSettingsArgs,
  { kind, scope, environment }: SettingsLocation,
  key: string,
  value: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResource[] {
  const name = settingName(pipeline, key, environment);
  const visibility = "selected";
  const selectedRepositoryIds = [repositoryId];
  if (kind === "variables") {
    const args = { variableName: key, value };
    if (scope === "organization") {
      const shared = { ...args, visibility, selectedRepositoryIds };
      return [new github.ActionsOrganizationVariable(name, shared, opts)];
    }
    return environment === undefined
      ? [new github.ActionsVariable(name, { ...args, repository }, opts)]
      : [new github.ActionsEnvironmentVariable(name, { ...args, repository, environment }, opts)];
  }
  const args = { secretName: key, value };
  if (scope === "organization") {
    const secret = new github.ActionsOrganizationSecret(name, { ...args, visibility }, opts);
    // The provider's write of a secret clears the selection, so each write is followed by another:
    // https://github.com/external-secrets/external-secrets/issues/6514
    const selection = new github.ActionsOrganizationSecretRepositories(
      settingRepositoriesName(name),
      { secretName: secret.secretName, selectedRepositoryIds },
      { ...opts, replacementTrigger: secret.updatedAt },
    );
    return [warnOfTampering(secret, key), selection];
  }
  const secret =
    environment === undefined
      ? new github.ActionsSecret(name, { ...args, repository }, opts)
      : new github.ActionsEnvironmentSecret(name, { ...args, repository, environment }, opts);
  return [warnOfTampering(secret, key)];
}

/** No refresh finds a secret that was changed by hand; only its two times tell. */
function warnOfTampering(
  secret: github.ActionsSecret | github.ActionsEnvironmentSecret | github.ActionsOrganizationSecret,
  key: string,
): pulumi.CustomResource {
  const { updatedAt, remoteUpdatedAt, urn } = secret;
  pulumi.all([updatedAt, remoteUpdatedAt, urn]).apply(([ours, theirs, urn]) => {
    if (!wasOverwritten(ours, theirs)) return;
    const fix = `run \`pulumi up --target-replace '${urn}'\` to restore it`;
    pulumi.log.warn(`secret ${key} was changed on GitHub at ${theirs}: ${fix}`, secret);
  });
  return secret;
}
