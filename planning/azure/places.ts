import type { StackConfiguration } from "../../configuration/schema";

/** A resource group, or what is in it. Without a subscription, it is in the provider's own. */
interface Place {
  readonly resourceGroup: string;
  readonly subscription?: string;
}

/** ARM resource IDs of what a stack uses. */
export interface Places {
  readonly registry: string;
  readonly account: string;
  readonly profile: string;
  /** The groups of the registry and of the account. */
  readonly registryGroup: string;
  readonly signingGroup: string;
  /** The group in which the stack creates identities. */
  readonly identities: string;
  /** Identities that exist already, each once. */
  readonly existing: readonly string[];
}

/** @param own the subscription of the Azure provider. */
export function placesOf(
  { registry, signing, identity, pipelines }: StackConfiguration,
  own: string,
): Places {
  const account = `${groupId(signing, own)}/providers/Microsoft.CodeSigning/codeSigningAccounts/${signing.account}`;
  const existing = Object.values(pipelines).flatMap(({ identity: it }) =>
    it.kind === "existing"
      ? `${groupId(it, own)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${it.name}`
      : [],
  );
  return {
    existing: [...new Set(existing)],
    registry: registryId(registry, own),
    registryGroup: groupId(registry, own),
    signingGroup: groupId(signing, own),
    account,
    profile: `${account}/certificateProfiles/${signing.profile}`,
    identities: groupId(identity, own),
  };
}

/** @param own the subscription of the Azure provider. */
export function registryId(registry: StackConfiguration["registry"], own: string): string {
  return `${groupId(registry, own)}/providers/Microsoft.ContainerRegistry/registries/${registry.name}`;
}

function groupId({ resourceGroup, subscription }: Place, own: string): string {
  return `/subscriptions/${subscription ?? own}/resourceGroups/${resourceGroup}`;
}
