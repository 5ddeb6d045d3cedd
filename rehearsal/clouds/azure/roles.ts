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
};

/**
 * Whether a role accepts conditions.
 * https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions
 */
export function acceptsConditions(guid: string): boolean {
  return BUILT_IN_ROLES[guid]?.name.startsWith("Container Registry Repository") ?? false;
}
