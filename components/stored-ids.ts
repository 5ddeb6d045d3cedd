import * as github from "@pulumi/github";
import * as pulumi from "@pulumi/pulumi";
import { refuseExisting } from "../surroundings/existing";
import { get, path } from "../surroundings/github";
import type { IdKind } from "../workflow/sign-image";

/** Who holds ids: the repository, an existing environment of it, or the owner for it alone. */
export type IdHolder =
  | { readonly level: "repository" }
  | {
      readonly level: "environment";
      /** Its name, as GitHub has it. */
      readonly environment: string;
    }
  | {
      readonly level: "organization";
      /** Id of the one repository that sees them. */
      readonly repositoryId: number;
    };

/** Where a workflow reads its ids. */
export interface IdPlace {
  /** Secrets or variables. */
  readonly kind: IdKind;
  /** Whose they are. */
  readonly holder: IdHolder;
  /** What follows their names, so that those of an organisation's pipelines differ. */
  readonly suffix: string;
}

/** What is stored, and where. */
export interface StoredIdsArgs {
  /** User or organisation that owns the repository. */
  readonly owner: string;
  /** Name of an existing repository, in its own case. */
  readonly repository: string;
  /** Its id: by it the repository is known under any name. */
  readonly repositoryId: number;
  /** All hold the same: more than one where workflows differ in what they read. */
  readonly places: readonly IdPlace[];
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
    for (const [index, place] of args.places.entries()) {
      const hook = existing(index === 0 ? name : `${name}-${index}`, args, place, this);
      for (const [key, value] of Object.entries(args.values)) {
        const stored = `${key}${place.suffix}`;
        storeId(childName(name, place, stored), args.repository, place, stored, value, {
          parent: this,
          dependsOn: [...(args.after ?? [])],
          // Replaced in the other order, the new one would be deleted with the old (github.md, 4.1).
          deleteBeforeReplace: true,
          hooks: { beforeCreate: [hook] },
        });
      }
    }
    this.registerOutputs();
  }
}

/** Named after its environment: in another one it is made before the old one goes. */
function childName(name: string, { holder }: IdPlace, key: string): string {
  const where = holder.level === "environment" ? `${name}-${holder.environment}` : name;
  return `${where}-${key.toLowerCase().replaceAll("_", "-")}`;
}

function storeId(
  name: string,
  repository: string,
  { holder, kind }: IdPlace,
  key: string,
  value: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): void {
  if (holder.level === "organization") {
    storeForOne(name, holder.repositoryId, kind, key, value, opts);
  } else if (kind === "secrets") {
    const args = { repository, secretName: key, value };
    const secret =
      holder.level === "environment"
        ? new github.ActionsEnvironmentSecret(
            name,
            { ...args, environment: holder.environment },
            opts,
          )
        : new github.ActionsSecret(name, args, opts);
    warnOfTampering(secret, key);
  } else {
    const args = { repository, variableName: key, value };
    if (holder.level === "environment") {
      const { environment } = holder;
      new github.ActionsEnvironmentVariable(name, { ...args, environment }, opts);
    } else new github.ActionsVariable(name, args, opts);
  }
}

/** Of the organisation, for one repository of it: no other can read it. */
function storeForOne(
  name: string,
  repositoryId: number,
  kind: IdKind,
  key: string,
  value: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): void {
  const selectedRepositoryIds = [repositoryId];
  if (kind === "variables") {
    const args = { variableName: key, value, visibility: "selected", selectedRepositoryIds };
    new github.ActionsOrganizationVariable(name, args, opts);
    return;
  }
  const args = { secretName: key, value, visibility: "selected" };
  const secret = new github.ActionsOrganizationSecret(name, args, opts);
  new github.ActionsOrganizationSecretRepositories(
    `${name}-repositories`,
    { secretName: secret.secretName, selectedRepositoryIds },
    { parent: opts.parent, dependsOn: opts.dependsOn, deleteBeforeReplace: true },
  );
  warnOfTampering(secret, key);
}

/** No refresh finds a secret that was changed by hand; only its two times tell (github.md, 4.1). */
function warnOfTampering(
  secret: github.ActionsSecret | github.ActionsEnvironmentSecret | github.ActionsOrganizationSecret,
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

function existing(
  name: string,
  args: StoredIdsArgs,
  { kind, holder }: IdPlace,
  parent: pulumi.Resource,
): pulumi.ResourceHook {
  const { adopt } = args;
  const secret = kind === "secrets";
  const nameOf = secret ? "secretName" : "variableName";
  const of = ofHolder(args, holder);
  const exists = async (inputs: Readonly<Record<string, string>>) =>
    !!(await get(`${of.store}/${kind}/${inputs[nameOf]}`, { parent }));
  return refuseExisting(`${name}-existing-id`, {
    title: (inputs) => `${secret ? "secret" : "variable"} ${inputs[nameOf]} of ${of.title}`,
    identity: holder.level === "environment" ? ["environment", nameOf] : [nameOf],
    repositoryId: holder.level === "organization" ? undefined : args.repositoryId,
    exists: adopt && secret ? undefined : exists,
    remedy: secret
      ? `set \`adopt: true\` to overwrite it, or ${holder.level === "organization" ? `rename the pipeline` : "name another repository"}; if an interrupted run left it, delete it`
      : "delete it, or bring it in with `pulumi import`; variables are never overwritten",
  });
}

/** Where GitHub keeps them, and how a person would say it. */
function ofHolder({ owner, repository }: StoredIdsArgs, holder: IdHolder) {
  if (holder.level === "organization") {
    return { store: path`orgs/${owner}/actions`, title: `organisation ${owner}` };
  }
  const base = path`repos/${owner}/${repository}`;
  const name = `${owner}/${repository}`;
  if (holder.level === "repository") return { store: `${base}/actions`, title: name };
  const { environment } = holder;
  return {
    store: base + path`/environments/${environment}`,
    title: `environment ${environment} of ${name}`,
  };
}
