import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { refuseExisting } from "../surroundings/existing";
import { get, path } from "../surroundings/github";
import type { IdKind } from "../workflow/sign-image";

export interface StoredIdsArgs {
  /** User or organisation that owns the repository. */
  readonly owner: string;
  readonly repository: string;
  /** An existing environment that holds them. Default: the repository does. */
  readonly environment?: string;
  /** Secrets or variables. */
  readonly kind: IdKind;
  /** By name: letters, digits and _, not starting with GITHUB_ (github.md, 7). */
  readonly values: Readonly<Record<string, pulumi.Input<string>>>;
  /** Overwrite secrets that exist. Variables never are: the provider refuses. */
  readonly adopt: boolean;
  /**
   * Must be there before, and goes only after. An argument, as Pulumi does not hand a component's
   * own `dependsOn` down to its children's deletion. Default: nothing.
   */
  readonly after?: readonly pulumi.Resource[];
}

/** Values that a workflow reads, one secret or variable each. */
export class StoredIds extends pulumi.ComponentResource {
  constructor(name: string, args: StoredIdsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("countersign:index:StoredIds", name, {}, opts);
    const hook = existing(name, args, this);
    for (const [key, value] of Object.entries(args.values)) {
      storeId(`${name}-${key.toLowerCase().replaceAll("_", "-")}`, args, key, value, {
        parent: this,
        dependsOn: [...(args.after ?? [])],
        // Replaced in the other order, the new one would be deleted with the old (github.md, 4.1).
        deleteBeforeReplace: true,
        hooks: { beforeCreate: [hook] },
      });
    }
    this.registerOutputs();
  }
}

function storeId(
  name: string,
  { repository, environment, kind }: StoredIdsArgs,
  key: string,
  value: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): void {
  if (kind === "secrets") {
    const args = { repository, secretName: key, value };
    const secret = environment
      ? new github.ActionsEnvironmentSecret(name, { ...args, environment }, opts)
      : new github.ActionsSecret(name, args, opts);
    warnOfTampering(secret, key);
  } else {
    const args = { repository, variableName: key, value };
    if (environment) new github.ActionsEnvironmentVariable(name, { ...args, environment }, opts);
    else new github.ActionsVariable(name, args, opts);
  }
}

/** No refresh finds a secret that was changed by hand; only its two times tell (github.md, 4.1). */
function warnOfTampering(
  secret: github.ActionsSecret | github.ActionsEnvironmentSecret,
  key: string,
): void {
  pulumi
    .all([secret.updatedAt, secret.remoteUpdatedAt, secret.urn])
    .apply(([ours, theirs, urn]) => {
      if (!ours || !theirs || ours === theirs) return;
      const repair = `\`pulumi up --target-replace '${urn}'\` puts it right`;
      pulumi.log.warn(`secret ${key} was changed on GitHub at ${theirs}; ${repair}`, secret);
    });
}

function existing(name: string, args: StoredIdsArgs, parent: pulumi.Resource): pulumi.ResourceHook {
  const { owner, repository, environment, kind, adopt } = args;
  const secret = kind === "secrets";
  const nameOf = secret ? "secretName" : "variableName";
  const base = path`repos/${owner}/${repository}`;
  const store = environment ? base + path`/environments/${environment}` : `${base}/actions`;
  const where = `${environment ? `environment ${environment} of ` : ""}${owner}/${repository}`;
  const exists = async (inputs: Readonly<Record<string, string>>) =>
    !!(await get(`${store}/${kind}/${inputs[nameOf]}`, { parent }));
  return refuseExisting(`${name}-existing-id`, {
    title: (inputs) => `${secret ? "secret" : "variable"} ${inputs[nameOf]} of ${where}`,
    identity: ["repository", ...(environment ? ["environment"] : []), nameOf],
    exists: adopt && secret ? undefined : exists,
    remedy: secret
      ? "set `adopt: true` to overwrite it, or name another repository; if an interrupted run left it, delete it"
      : "delete it, or bring it in with `pulumi import`; variables are never overwritten",
  });
}
