import type { StackConfiguration } from "../../configuration/schema";
import { placesOf } from "../../planning/azure/places";

/** A resource provider that a subscription must have registered. */
export interface WantedNamespace {
  readonly namespace: string;
  readonly subscription: string;
}

/** A right that `pulumi up` needs in Azure. */
export interface WantedRight {
  /** Such as `may assign roles: registry`. */
  readonly name: string;
  readonly about: "identity" | "registry" | "profile";
  /** What the stack creates has no rights before, so those on its group are asked for. */
  readonly scope: string;
  readonly actions: readonly string[];
  /** The narrowest built-in role that has them. */
  readonly role: string;
}

const ASSIGN = {
  actions: [
    "Microsoft.Authorization/roleAssignments/write",
    "Microsoft.Authorization/roleAssignments/delete",
  ],
  role: "Role Based Access Control Administrator",
} as const;

const IDENTITY = "Microsoft.ManagedIdentity/userAssignedIdentities";
const TRUST = `${IDENTITY}/federatedIdentityCredentials/write`;
const IDENTITIES = { about: "identity", role: "Managed Identity Contributor" } as const;

const REGISTRIES = "Microsoft.ContainerRegistry/registries/write";
const ACCOUNTS = "Microsoft.CodeSigning/codeSigningAccounts/write";
const PROFILES = "Microsoft.CodeSigning/codeSigningAccounts/certificateProfiles/write";

function creating(
  about: "registry" | "profile",
  scope: string,
  actions: readonly string[],
): WantedRight {
  return { about, name: `may create: ${about}`, scope, actions, role: "Contributor" };
}

/** Whether the stack creates managed identities. */
function creates({ pipelines }: StackConfiguration): boolean {
  return Object.values(pipelines).some(({ identity: { kind } }) =>
    ["created", "shared"].includes(kind),
  );
}

/** @param own the subscription of the Azure provider. */
export function wantedNamespaces(
  configuration: StackConfiguration,
  own: string,
): readonly WantedNamespace[] {
  const { registry, signing, identity } = configuration;
  const of = (namespace: string, subscription = own) => ({ namespace, subscription });
  return [
    of("Microsoft.CodeSigning", signing.subscription),
    of("Microsoft.ContainerRegistry", registry.subscription),
    ...(creates(configuration) ? [of("Microsoft.ManagedIdentity", identity.subscription)] : []),
  ];
}

/** @param own the subscription of the Azure provider. */
export function wantedRights(
  configuration: StackConfiguration,
  own: string,
): readonly WantedRight[] {
  const places = placesOf(configuration, own);
  const existing = places.existing.map((scope): WantedRight => {
    const name = `may add credentials: ${scope.split("/").at(-1)}`;
    return { ...IDENTITIES, name, scope, actions: [TRUST] };
  });
  const created = {
    ...IDENTITIES,
    name: "may create identities",
    scope: places.identities,
    actions: [`${IDENTITY}/write`, TRUST],
  };
  const { registry, signing } = configuration;
  const isNewSigning = signing.createAccount !== undefined;
  const signingScope = isNewSigning ? places.signingGroup : places.account;
  return [
    ...(creates(configuration) ? [created] : []),
    ...existing,
    ...(registry.create ? [creating("registry", places.registryGroup, [REGISTRIES])] : []),
    {
      ...ASSIGN,
      name: "may assign roles: registry",
      about: "registry",
      scope: registry.create ? places.registryGroup : places.registry,
    },
    ...(signing.createProfile
      ? [creating("profile", signingScope, [...(isNewSigning ? [ACCOUNTS] : []), PROFILES])]
      : []),
    {
      ...ASSIGN,
      name: "may assign roles: profile",
      about: "profile",
      scope: signing.createProfile ? signingScope : places.profile,
    },
  ];
}
