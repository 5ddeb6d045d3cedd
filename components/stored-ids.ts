import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { refuseExisting } from "../surroundings/existing";
import { get, path } from "../surroundings/github";
import type { IdKind } from "../workflow/sign-image";

export interface StoredIds {
  readonly owner: string;
  readonly repository: string;
  /** Store them in this environment. Default: in the repository. */
  readonly environment?: string;
  readonly kind: IdKind;
  readonly values: Readonly<Record<string, pulumi.Input<string>>>;
  /** Overwrite secrets that exist. Variables never are: the provider refuses. */
  readonly adopt: boolean;
}

/** One secret or variable for each value. */
export function storeIds(
  name: string,
  ids: StoredIds,
  parent: pulumi.Resource,
  dependsOn: pulumi.Resource[],
): void {
  const guard = existing(name, ids, parent);
  for (const [key, value] of Object.entries(ids.values)) {
    storeId(`${name}-${key.toLowerCase().replaceAll("_", "-")}`, ids, key, value, {
      parent,
      dependsOn,
      // Replaced in the other order, the new one would be deleted with the old (github.md, 4.1).
      deleteBeforeReplace: true,
      hooks: ids.adopt && ids.kind === "secrets" ? undefined : { beforeCreate: [guard] },
    });
  }
}

function storeId(
  name: string,
  { repository, environment, kind }: StoredIds,
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

function existing(name: string, ids: StoredIds, parent: pulumi.Resource): pulumi.ResourceHook {
  const { owner, repository, environment, kind } = ids;
  const secret = kind === "secrets";
  const base = path`repos/${owner}/${repository}`;
  const store = environment ? path`${base}/environments/${environment}` : `${base}/actions`;
  const where = `${environment ? `environment ${environment} of ` : ""}${owner}/${repository}`;
  const key = (inputs: Readonly<Record<string, string>>) =>
    (secret ? inputs.secretName : inputs.variableName) as string;
  return refuseExisting(`${name}-existing-id`, {
    title: (inputs) => `${secret ? "secret" : "variable"} ${key(inputs)} of ${where}`,
    exists: async (inputs) => !!(await get(`${store}/${kind}/${key(inputs)}`, { parent })),
    remedy: secret
      ? "set `adopt: true` to overwrite it, or name another repository; if an interrupted run left it, delete it"
      : "delete it, or bring it in with `pulumi import`; variables are never overwritten",
  });
}
