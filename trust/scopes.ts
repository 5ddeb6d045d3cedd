import type { RegistryPermissions } from "./roles";

/** A registry, and the images that an identity can push to it. */
export interface RegistryScope {
  /** ARM resource ID of the registry. */
  readonly id: string;
  readonly name: string;
  readonly permissions: RegistryPermissions;
  /** Names of the repositories in the registry. */
  readonly images: readonly string[];
}

/** A certificate profile that an identity can sign with. */
export interface ProfileScope {
  /** ARM resource ID of the profile. */
  readonly id: string;
  /** Name of the signing account. */
  readonly account: string;
  readonly name: string;
}

/**
 * The registries that an identity needs access to, each once, with all images.
 *
 * @param others What the workflow on the default branch uses until a proposal is merged. The wanted
 * registry can be one of them, with other images.
 */
export function registryScopes(
  wanted: RegistryScope,
  others: readonly RegistryScope[],
): RegistryScope[] {
  const scopes = [wanted];
  for (const other of others) {
    const index = scopes.findIndex(({ id }) => isSameId(id, other.id));
    const same = scopes[index];
    if (same) scopes[index] = { ...same, images: [...new Set([...same.images, ...other.images])] };
    else scopes.push(other);
  }
  return scopes;
}

/** The certificate profiles that an identity needs access to, each once. */
export function profileScopes(
  wanted: ProfileScope,
  others: readonly ProfileScope[],
): ProfileScope[] {
  const all = [wanted, ...others];
  return all.filter((it, index) => all.findIndex(({ id }) => isSameId(id, it.id)) === index);
}

/** Azure does not distinguish resource IDs by case. */
function isSameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
