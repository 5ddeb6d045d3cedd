import { CONDITION_VERSION, repositoryCondition } from "./conditions";

/** How a registry judges access to its repositories (azure.md, 2.1). */
export type RegistryPermissions = "rbac" | "abac";

/** A built-in role; assigned by GUID, since display names change (azure.md, 1). */
export interface Role {
  readonly name: string;
  readonly guid: string;
}

/** A role and, on an ABAC registry, the condition that confines it. */
export interface Grant {
  /** Last part of the assignment's resource name. */
  readonly key: string;
  readonly role: Role;
  /** ABAC condition, at most 8 KB. Default: the role reaches all of its scope. */
  readonly condition?: string;
  /** `2.0` with a condition (azure.md, 2.4). */
  readonly conditionVersion?: string;
}

const REPOSITORIES = "Microsoft.ContainerRegistry/registries/repositories";
const READ = [`${REPOSITORIES}/content/read`, `${REPOSITORIES}/metadata/read`];
const WRITE = [`${REPOSITORIES}/content/write`, `${REPOSITORIES}/metadata/write`];

const ACR_PULL: Role = { name: "AcrPull", guid: "7f951dda-4ed3-4680-a7ca-43fe172d538d" };
const ACR_PUSH: Role = { name: "AcrPush", guid: "8311e382-0749-4cb8-b61a-304f252e45ec" };
const REPOSITORY_READER: Role = {
  name: "Container Registry Repository Reader",
  guid: "b93aa761-3e63-49ed-ac28-beffa264f7ac",
};
const REPOSITORY_WRITER: Role = {
  name: "Container Registry Repository Writer",
  guid: "2a1e307c-b015-4ebd-883e-5b7698a07328",
};

/** May sign with one certificate profile, and see its history. */
export const PROFILE_SIGNER: Role = {
  name: "Artifact Signing Certificate Profile Signer",
  guid: "2837e146-70d7-4cfd-ad55-7efa6464f958",
};

/** What pushing and pulling the named repositories takes, at the registry's own scope. */
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
  const confined = (key: string, role: Role, actions: readonly string[]): Grant => ({
    key,
    role,
    condition: repositoryCondition(actions, repositories),
    conditionVersion: CONDITION_VERSION,
  });
  return [
    confined("writer", REPOSITORY_WRITER, [...READ, ...WRITE]),
    confined("reader", REPOSITORY_READER, READ),
  ];
}

/** How a registry judges access by which such a role lets push; undefined for any other role. */
export function permissionsOf(roleGuid: string): RegistryPermissions | undefined {
  if (roleGuid === ACR_PUSH.guid) return "rbac";
  return roleGuid === REPOSITORY_WRITER.guid ? "abac" : undefined;
}

/** The form that Azure returns for a role definition, so that a refresh shows no difference. */
export function roleDefinitionId(subscriptionId: string, role: Role): string {
  return `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role.guid}`;
}
