/**
 * A built-in role as Azure defines it. The program has its own table, on purpose.
 * https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/containers
 */
export interface BuiltInRole {
  readonly name: string;
  readonly actions: readonly string[];
  readonly dataActions: readonly string[];
}

const R = "Microsoft.ContainerRegistry/registries";
const ADMINISTRATOR = "Role Based Access Control Administrator";

export const BUILT_IN_ROLES: Readonly<Record<string, BuiltInRole>> = {
  "7f951dda-4ed3-4680-a7ca-43fe172d538d": {
    name: "AcrPull",
    actions: [`${R}/pull/read`],
    dataActions: [],
  },
  "8311e382-0749-4cb8-b61a-304f252e45ec": {
    name: "AcrPush",
    actions: [`${R}/pull/read`, `${R}/push/write`],
    dataActions: [],
  },
  "b93aa761-3e63-49ed-ac28-beffa264f7ac": {
    name: "Container Registry Repository Reader",
    actions: [],
    dataActions: [`${R}/repositories/metadata/read`, `${R}/repositories/content/read`],
  },
  "2a1e307c-b015-4ebd-883e-5b7698a07328": {
    name: "Container Registry Repository Writer",
    actions: [],
    dataActions: [
      `${R}/repositories/metadata/read`,
      `${R}/repositories/content/read`,
      `${R}/repositories/metadata/write`,
      `${R}/repositories/content/write`,
    ],
  },
  "2837e146-70d7-4cfd-ad55-7efa6464f958": {
    name: "Artifact Signing Certificate Profile Signer",
    actions: ["Microsoft.CodeSigning/*/read"],
    dataActions: ["Microsoft.CodeSigning/certificateProfiles/Sign/action"],
  },
  // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
  "acdd72a7-3385-48ef-bd42-f606fba81ae7": { name: "Reader", actions: ["*/read"], dataActions: [] },
  "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59": {
    name: "Managed Identity Contributor",
    actions: [
      "Microsoft.ManagedIdentity/userAssignedIdentities/read",
      "Microsoft.ManagedIdentity/userAssignedIdentities/write",
      "Microsoft.ManagedIdentity/userAssignedIdentities/delete",
      "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/*",
      "Microsoft.Authorization/*/read",
      "Microsoft.Resources/subscriptions/resourceGroups/read",
    ],
    dataActions: [],
  },
  "f58310d9-a9f6-439a-9e8d-f62e7b41a168": {
    name: ADMINISTRATOR,
    actions: [
      "Microsoft.Authorization/roleAssignments/write",
      "Microsoft.Authorization/roleAssignments/delete",
      "*/read",
    ],
    dataActions: [],
  },
};

/**
 * Whether a role accepts conditions.
 * https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions
 * and https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-overview
 */
export function acceptsConditions(guid: string): boolean {
  const { name = "" } = BUILT_IN_ROLES[guid] ?? {};
  return name.startsWith("Container Registry Repository") || name === ADMINISTRATOR;
}
