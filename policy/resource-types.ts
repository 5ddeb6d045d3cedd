/*
 * Types of resources. azure-native has a type for each version of an API, which
 * `pulumi package add azure-native SERVICE VERSION` makes as a package of its own.
 */

export const isRoleAssignment = (type: string) =>
  /^azure-native[^:]*:authorization[^:]*:RoleAssignment$/.test(type);

export const isManagedIdentity = (type: string) =>
  /^azure-native[^:]*:managedidentity[^:]*:UserAssignedIdentity$/.test(type);

export const isApplication = (type: string) =>
  /^azuread:index\/\w+:(Application|ApplicationRegistration)$/.test(type);

export const isServicePrincipal = (type: string) =>
  type === "azuread:index/servicePrincipal:ServicePrincipal";

/** A federated credential of a managed identity or of an Entra application. */
export const isCredential = (type: string) =>
  /^azure-native[^:]*:managedidentity[^:]*:FederatedIdentityCredential$/.test(type) ||
  /^azuread:index\/\w+:Application(Flexible)?FederatedIdentityCredential$/.test(type);

export const isCommittedFile = (type: string) =>
  type === "github:index/repositoryFile:RepositoryFile";
