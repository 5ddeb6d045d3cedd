import { OUTPUTS, PATHS, type ResourceMetadata } from "./metadata-types";

export { FUNCTIONS } from "./function-metadata";
export type { FunctionMetadata, ResourceMetadata } from "./metadata-types";

/** The version of the provider that these tables describe. */
export const VERSION = "3.28.0";

/**
 * Replacing inputs: pulumi/pulumi-azure-native, provider/pkg/gen/replacement.go@1b7112af and
 * properties.go. Names: provider/pkg/resources/resources.go. The pattern is from
 * Azure/azure-rest-api-specs, specification/msi, 2023-01-31.
 */
export const RESOURCES: readonly ResourceMetadata[] = [
  {
    token: "azure-native:managedidentity:UserAssignedIdentity",
    apiVersion: "2023-01-31",
    path: PATHS.identity,
    top: ["location", "tags"],
    properties: [],
    required: ["resourceGroupName"],
    unserved: [],
    outputs: OUTPUTS.identity,
    replaceOn: ["location"],
    autoName: { input: "resourceName", kind: "random" },
    patterns: {},
  },
  {
    token: "azure-native:managedidentity:FederatedIdentityCredential",
    apiVersion: "2023-01-31",
    path: PATHS.credential,
    top: [],
    properties: ["audiences", "issuer", "subject"],
    required: ["audiences", "issuer", "resourceGroupName", "resourceName", "subject"],
    unserved: [],
    outputs: OUTPUTS.credential,
    replaceOn: [],
    autoName: { input: "federatedIdentityCredentialResourceName", kind: "copy" },
    patterns: {
      federatedIdentityCredentialResourceName: "^[a-zA-Z0-9]{1}[a-zA-Z0-9-_]{2,119}$",
    },
  },
  {
    token: "azure-native:authorization:RoleAssignment",
    apiVersion: "2022-04-01",
    path: "/{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
    top: [],
    properties: [
      "condition",
      "conditionVersion",
      "description",
      "principalId",
      "principalType",
      "roleDefinitionId",
    ],
    required: ["principalId", "roleDefinitionId", "scope"],
    unserved: ["delegatedManagedIdentityResourceId"],
    outputs: [
      ...OUTPUTS.common,
      "condition",
      "conditionVersion",
      "createdBy",
      "createdOn",
      "delegatedManagedIdentityResourceId",
      "description",
      "principalId",
      "principalType",
      "roleDefinitionId",
      "scope",
      "updatedBy",
      "updatedOn",
    ],
    replaceOn: ["principalId"],
    autoName: { input: "roleAssignmentName", kind: "uuid" },
    patterns: {},
  },
  {
    token: "azure-native:codesigning:CodeSigningAccount",
    apiVersion: "2024-09-30-preview",
    path: PATHS.account,
    top: ["location", "tags"],
    properties: ["sku"],
    required: ["resourceGroupName"],
    unserved: [],
    outputs: OUTPUTS.account,
    replaceOn: ["location"],
    autoName: { input: "accountName", kind: "random" },
    // The patterns of both names look ahead. Go cannot compile that, so the provider skips them.
    patterns: {},
  },
  {
    token: "azure-native:codesigning:CertificateProfile",
    apiVersion: "2024-09-30-preview",
    path: PATHS.profile,
    top: [],
    properties: [
      "identityValidationId",
      "includeCity",
      "includeCountry",
      "includePostalCode",
      "includeState",
      "includeStreetAddress",
      "profileType",
    ],
    required: ["accountName", "identityValidationId", "profileType", "resourceGroupName"],
    unserved: [],
    outputs: OUTPUTS.profile,
    // The description of the type marks nothing as immutable, so ARM gets every change by PUT.
    replaceOn: [],
    autoName: { input: "profileName", kind: "copy" },
    patterns: {},
  },
  {
    token: "azure-native:resources:Resource",
    apiVersion: "2024-03-01",
    versionInput: "apiVersion",
    path: PATHS.resource,
    top: ["location", "properties", "sku", "tags"],
    properties: [],
    required: [
      "apiVersion",
      "parentResourcePath",
      "resourceGroupName",
      "resourceProviderNamespace",
      "resourceType",
    ],
    locationRequired: false,
    unserved: ["extendedLocation", "identity", "kind", "managedBy", "plan"],
    outputs: OUTPUTS.resource,
    // The description of this type does not mark `location` as immutable, as those of others do.
    // Azure/azure-rest-api-specs, Microsoft.Resources/stable/2024-03-01/resources.json (`Resource`)
    replaceOn: [],
    autoName: { input: "resourceName", kind: "random" },
    patterns: {},
  },
];
