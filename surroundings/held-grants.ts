import { permissionsOf } from "../trust/roles";
import type { ProfileScope, RegistryScope } from "../trust/scopes";
import type { WorkflowInForce } from "../workflow/in-force";
import { type Held, typeOf } from "./held";

const ASSIGNMENT = "azure-native:authorization:RoleAssignment";
const IMAGE = /StringEqualsIgnoreCase '([^']+)'/g;

/** What of the roles that this stack holds for a pipeline a workflow needs. */
export interface GrantsInForce {
  readonly registries: readonly RegistryScope[];
  readonly profiles: readonly ProfileScope[];
}

/**
 * Only what was granted before: whoever edits the workflow gets no more by it.
 *
 * @param share name of the identity that the pipeline shares with others; undefined where none.
 */
export function grantsInForce(
  held: Held,
  pipeline: string,
  share: string | undefined,
  { registry, signing, images }: WorkflowInForce,
): GrantsInForce {
  const own = `${pipeline}(?:-application|-existing-[0-9a-f]{8})?`;
  const ours = new RegExp(`^(?:${own}${share ? `|${share}` : ""})-(?:registry|signer)-`);
  const grants = Object.entries(held)
    .filter(([urn]) => typeOf(urn) === ASSIGNMENT && ours.test(urn.split("::").at(-1) ?? ""))
    .map(([, outputs]) => outputs as Readonly<Record<string, string | undefined>>);
  return {
    registries: grants.flatMap(({ scope = "", roleDefinitionId = "", condition = "" }) => {
      const [, name] = /\/registries\/([^/]+)$/i.exec(scope) ?? [];
      const permissions = permissionsOf(roleDefinitionId.split("/").at(-1) ?? "");
      if (!name || !permissions || name.toLowerCase() !== registry?.toLowerCase()) return [];
      const granted = [...condition.matchAll(IMAGE)].map(([, image]) => image);
      const kept = images.filter((image) => permissions === "rbac" || granted.includes(image));
      return kept.length > 0 ? [{ id: scope, name, permissions, images: kept }] : [];
    }),
    profiles: grants.flatMap(({ scope = "" }) => {
      const [, account = "", name = ""] = PROFILE.exec(scope) ?? [];
      const isNeeded = account === signing?.account && name === signing.profile;
      return isNeeded ? [{ id: scope, account, name }] : [];
    }),
  };
}

const PROFILE = /\/codeSigningAccounts\/([^/]+)\/certificateProfiles\/([^/]+)$/i;
