import type { RegistryPermissions } from "./roles";

/** A registry, and what of it is pushed to. */
export interface RegistryScope {
  /** ARM resource id. */
  readonly id: string;
  readonly name: string;
  /** How it judges access. */
  readonly permissions: RegistryPermissions;
  /** Repositories in it. */
  readonly images: readonly string[];
}

/** A certificate profile of a signing account. */
export interface ProfileScope {
  /** ARM resource id. */
  readonly id: string;
  readonly account: string;
  readonly name: string;
}

/** The wanted registry with all images that others push to it too, and the other registries. */
export function registryScopes(
  wanted: RegistryScope,
  others: readonly RegistryScope[],
): RegistryScope[] {
  const scopes = [wanted];
  for (const other of others) {
    const index = scopes.findIndex(({ id }) => isSame(id, other.id));
    const same = scopes[index];
    if (same) scopes[index] = { ...same, images: [...new Set([...same.images, ...other.images])] };
    else scopes.push(other);
  }
  return scopes;
}

/** The wanted profile and the other ones, each once. */
export function profileScopes(
  wanted: ProfileScope,
  others: readonly ProfileScope[],
): ProfileScope[] {
  const all = [wanted, ...others];
  return all.filter((it, index) => all.findIndex(({ id }) => isSame(id, it.id)) === index);
}

/** Azure's ids are the same in any case. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
