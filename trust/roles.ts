import { repositoryCondition } from "./conditions";

/** How a registry decides about access. Only with `abac` can roles be limited to repositories. */
export type RegistryPermissions = "rbac" | "abac";

/** A role that an identity gets, and what limits it. */
export interface Grant {
  /** Last part of the resource name of the role assignment. */
  readonly key: string;
  /** GUID of a built-in role. The display names of roles change. */
  readonly role: string;
  /** Condition of at most 8 KB. Default: the role reaches everything in its scope. */
  readonly condition?: string;
  /** Version of the condition's language. Azure accepts only `2.0`. Default: no condition. */
  readonly conditionVersion?: "2.0";
}

const REPOSITORIES = "Microsoft.ContainerRegistry/registries/repositories";
const READ = [`${REPOSITORIES}/content/read`, `${REPOSITORIES}/metadata/read`];
const WRITE = [`${REPOSITORIES}/content/write`, `${REPOSITORIES}/metadata/write`];

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/containers
const ACR_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
const ACR_PUSH = "8311e382-0749-4cb8-b61a-304f252e45ec";
/** Reads settings of Azure resources, and no content. */
export const READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const CONTAINER_REGISTRY_REPOSITORY_READER = "b93aa761-3e63-49ed-ac28-beffa264f7ac";
const CONTAINER_REGISTRY_REPOSITORY_WRITER = "2a1e307c-b015-4ebd-883e-5b7698a07328";

/**
 * Artifact Signing Certificate Profile Signer, which signs and reads the signing history.
 * Source: https://learn.microsoft.com/azure/artifact-signing/tutorial-assign-roles
 */
export const PROFILE_SIGNER = "2837e146-70d7-4cfd-ad55-7efa6464f958";

/** The roles that push and pull images of a registry; with `abac`, only those of `repositories`. */
export function registryGrants(
  permissions: RegistryPermissions,
  repositories: readonly string[],
): Grant[] {
  if (permissions === "rbac") {
    return [
      { key: "push", role: ACR_PUSH },
      { key: "pull", role: ACR_PULL },
    ];
  }
  const limited = (key: string, role: string, actions: readonly string[]): Grant => ({
    key,
    role,
    condition: repositoryCondition(actions, repositories),
    conditionVersion: "2.0",
  });
  return [
    limited("writer", CONTAINER_REGISTRY_REPOSITORY_WRITER, [...READ, ...WRITE]),
    limited("reader", CONTAINER_REGISTRY_REPOSITORY_READER, READ),
  ];
}

/**
 * The roles that pull images and their signatures, and nothing else. Both roles include referrers:
 * https://learn.microsoft.com/azure/container-registry/container-registry-rbac-built-in-roles-overview
 */
export function pullGrants(
  permissions: RegistryPermissions,
  repositories: readonly string[],
): Grant[] {
  const reading = [ACR_PULL, CONTAINER_REGISTRY_REPOSITORY_READER];
  return registryGrants(permissions, repositories).filter(({ role }) => reading.includes(role));
}

/**
 * The roles that pull with the Azure CLI, which must see a subscription. Without an action of ARM, an
 * identity sees none (unverified). Reader has such actions. In ABAC mode, Reader pulls no image:
 * https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions
 */
export function verifierGrants(
  permissions: RegistryPermissions,
  repositories: readonly string[],
): Grant[] {
  const pulls = pullGrants(permissions, repositories);
  return permissions === "abac" ? [...pulls, { key: "settings", role: READER }] : pulls;
}

/** Names of the roles that a stack assigns, by GUID, for texts only. */
export const ROLE_NAMES: Readonly<Record<string, string>> = {
  [ACR_PULL]: "AcrPull",
  [ACR_PUSH]: "AcrPush",
  [READER]: "Reader",
  [CONTAINER_REGISTRY_REPOSITORY_READER]: "Container Registry Repository Reader",
  [CONTAINER_REGISTRY_REPOSITORY_WRITER]: "Container Registry Repository Writer",
  [PROFILE_SIGNER]: "Artifact Signing Certificate Profile Signer",
};

/** The ID of a role definition as Azure returns it. `pulumi refresh` would show another form. */
export function roleDefinitionId(subscriptionId: string, role: string): string {
  return `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
}
