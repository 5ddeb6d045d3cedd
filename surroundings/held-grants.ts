import { accessPrefix } from "../components/identity-plan";
import { registryAccessName } from "../components/registry-access";
import { signerAccessName } from "../components/signer-access";
import { permissionsOf } from "../trust/roles";
import type { ProfileScope, RegistryScope } from "../trust/scopes";
import type { WorkflowInForce } from "../workflow/in-force";
import { type Held, nameOf, typeOf } from "./held";
import { heldCredentials, heldOn } from "./held-credentials";

const ASSIGNMENT = "azure-native:authorization:RoleAssignment";
const IMAGE = /StringEqualsIgnoreCase '([^']+)'/g;

/** What of the roles that this stack holds for a pipeline a workflow needs. */
export interface GrantsInForce {
  readonly registries: readonly RegistryScope[];
  readonly profiles: readonly ProfileScope[];
}

/** A pipeline as far as it pushes to a registry. */
export interface Pushing {
  readonly pipeline: string;
  readonly images: readonly string[];
  /** Name of the identity that it shares with others. */
  readonly share: string | undefined;
}

/**
 * Only what was granted before: whoever edits the workflow gets no more by it.
 *
 * @param others other pipelines. Of a shared identity nothing says for whom an image was granted.
 */
export function grantsInForce(
  held: Held,
  pipeline: string,
  { registry, signing, images }: WorkflowInForce,
  others: readonly Pushing[],
): GrantsInForce {
  const holderOf = namedFor(held, pipeline);
  const grants = Object.entries(held).filter(([urn]) => typeOf(urn) === ASSIGNMENT);
  return {
    registries: grants.flatMap(([urn, outputs]) => {
      const { scope, roleDefinitionId, condition } = textsOf(outputs);
      const [, name = ""] = /\/registries\/([^/]+)$/i.exec(scope) ?? [];
      const permissions = permissionsOf(roleDefinitionId.split("/").at(-1) ?? "");
      if (!permissions || !isSame(name, registry)) return [];
      const key = permissions === "rbac" ? "push" : "writer";
      const holder = holderOf(urn, (prefix) => `${registryAccessName(prefix, { name })}-${key}`);
      if (!holder) return [];
      const granted = [...condition.matchAll(IMAGE)].map(([, image]) => image);
      const kept = images
        .filter((image) => permissions === "rbac" || granted.includes(image))
        .filter((image) => !holder.isShared || !ofOthers(held, holder.prefix, others).has(image));
      return kept.length > 0 ? [{ id: scope, name, permissions, images: kept }] : [];
    }),
    profiles: grants.flatMap(([urn, outputs]) => {
      const { scope } = textsOf(outputs);
      const [, account = "", name = ""] = PROFILE.exec(scope) ?? [];
      if (!isSame(account, signing?.account) || !isSame(name, signing?.profile)) return [];
      const isSigner = holderOf(
        urn,
        (prefix) => `${signerAccessName(prefix, { account, name })}-sign`,
      );
      return isSigner ? [{ id: scope, account, name }] : [];
    }),
  };
}

const PROFILE = /\/codeSigningAccounts\/([^/]+)\/certificateProfiles\/([^/]+)$/i;

/** Images of other pipelines that share an identity, or did. */
function ofOthers(held: Held, share: string, others: readonly Pushing[]): Set<string> {
  const sharing = others.filter(
    (it) => it.share === share || heldOn(held, it.pipeline, `shared-${share}`).length > 0,
  );
  return new Set(sharing.flatMap(({ images }) => images));
}

/** Finds the identity, of those that the pipeline logs in as or did, that a resource is called for. */
function namedFor(held: Held, pipeline: string) {
  const keys = new Set(heldCredentials(held, pipeline).map(({ identity }) => identity));
  const prefixes = [...keys].map((key) => {
    const [, share] = /^shared-(.+)$/.exec(key) ?? [];
    return { isShared: share !== undefined, prefix: share ?? accessPrefix(pipeline, key) };
  });
  return (urn: string, called: (prefix: string) => string) =>
    prefixes.find(
      ({ isShared, prefix }) =>
        isSame(nameOf(urn), called(prefix)) && urn.includes(":SharedIdentity$") === isShared,
    );
}

function textsOf({ scope, roleDefinitionId, condition }: Held[string]) {
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return {
    scope: text(scope),
    roleDefinitionId: text(roleDefinitionId),
    condition: text(condition),
  };
}

/** Azure's names are the same in any case. */
function isSame(one: string, other: string | undefined): boolean {
  return one.toLowerCase() === other?.toLowerCase();
}
