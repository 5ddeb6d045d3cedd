/** How the provider names a resource whose name the program leaves out. */
export interface AutoName {
  readonly input: string;
  /** `random`: the logical name and eight digits. `copy`: the logical name. `uuid`: a GUID. */
  readonly kind: "random" | "copy" | "uuid";
}

/** What the provider knows about a type. A test compares it with @pulumi/azure-native. */
export interface ResourceMetadata {
  readonly token: string;
  /** The version of every request. */
  readonly apiVersion: string;
  /** Path of the resource. Names in braces are inputs, and the subscription of the instance. */
  readonly path: string;
  /** Inputs at the top of the body. */
  readonly top: readonly string[];
  /** Inputs below `properties` of the body. */
  readonly properties: readonly string[];
  readonly required: readonly string[];
  /** Inputs of the SDK that are not served. */
  readonly unserved: readonly string[];
  readonly outputs: readonly string[];
  /** Inputs whose change replaces the resource, in addition to those in the path. */
  readonly replaceOn: readonly string[];
  readonly autoName: AutoName;
  /** Patterns that values must match. */
  readonly patterns: Readonly<Record<string, string>>;
}

/** What the provider knows about a function that reads one resource. */
export interface FunctionMetadata {
  readonly token: string;
  readonly apiVersion: string;
  readonly path: string;
  readonly args: readonly string[];
  /** The argument that chooses the version. Only `resources` functions have one. */
  readonly versionArgument?: string;
  readonly outputs: readonly string[];
}

/** The version of the provider that these tables describe. */
export const VERSION = "3.28.0";

const GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers";
const IDENTITY = `${GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}`;
const CREDENTIAL = `${IDENTITY}/federatedIdentityCredentials/{federatedIdentityCredentialResourceName}`;
const ACCOUNT = `${GROUP}/Microsoft.CodeSigning/codeSigningAccounts/{accountName}`;

const COMMON = ["azureApiVersion", "name", "systemData", "type"];
const IDENTITY_OUTPUTS = [...COMMON, "clientId", "location", "principalId", "tags", "tenantId"];
const CREDENTIAL_OUTPUTS = [...COMMON, "audiences", "issuer", "subject"];

/**
 * Replacing inputs: pulumi/pulumi-azure-native, provider/pkg/gen/replacement.go@1b7112af and
 * properties.go. Names: provider/pkg/resources/resources.go. The pattern is from
 * Azure/azure-rest-api-specs, specification/msi, 2023-01-31.
 */
export const RESOURCES: readonly ResourceMetadata[] = [
  {
    token: "azure-native:managedidentity:UserAssignedIdentity",
    apiVersion: "2023-01-31",
    path: IDENTITY,
    top: ["location", "tags"],
    properties: [],
    required: ["resourceGroupName"],
    unserved: [],
    outputs: IDENTITY_OUTPUTS,
    replaceOn: ["location"],
    autoName: { input: "resourceName", kind: "random" },
    patterns: {},
  },
  {
    token: "azure-native:managedidentity:FederatedIdentityCredential",
    apiVersion: "2023-01-31",
    path: CREDENTIAL,
    top: [],
    properties: ["audiences", "issuer", "subject"],
    required: ["audiences", "issuer", "resourceGroupName", "resourceName", "subject"],
    unserved: [],
    outputs: CREDENTIAL_OUTPUTS,
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
      ...COMMON,
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
];

export const FUNCTIONS: readonly FunctionMetadata[] = [
  {
    token: "azure-native:managedidentity:getUserAssignedIdentity",
    apiVersion: "2023-01-31",
    path: IDENTITY,
    args: ["resourceGroupName", "resourceName"],
    outputs: ["id", ...IDENTITY_OUTPUTS],
  },
  {
    token: "azure-native:managedidentity:getFederatedIdentityCredential",
    apiVersion: "2023-01-31",
    path: CREDENTIAL,
    args: ["resourceGroupName", "resourceName", "federatedIdentityCredentialResourceName"],
    outputs: ["id", ...CREDENTIAL_OUTPUTS],
  },
  {
    token: "azure-native:codesigning:getCodeSigningAccount",
    apiVersion: "2024-09-30-preview",
    path: ACCOUNT,
    args: ["resourceGroupName", "accountName"],
    outputs: ["id", ...COMMON, "accountUri", "location", "provisioningState", "sku", "tags"],
  },
  {
    token: "azure-native:codesigning:getCertificateProfile",
    apiVersion: "2024-09-30-preview",
    path: `${ACCOUNT}/certificateProfiles/{profileName}`,
    args: ["resourceGroupName", "accountName", "profileName"],
    outputs: [
      "id",
      ...COMMON,
      "certificates",
      "identityValidationId",
      "includeCity",
      "includeCountry",
      "includePostalCode",
      "includeState",
      "includeStreetAddress",
      "profileType",
      "provisioningState",
      "status",
    ],
  },
  {
    token: "azure-native:resources:getResource",
    apiVersion: "2024-03-01",
    path: `${GROUP}/{resourceProviderNamespace}/{parentResourcePath}/{resourceType}/{resourceName}`,
    args: [
      "apiVersion",
      "parentResourcePath",
      "resourceGroupName",
      "resourceName",
      "resourceProviderNamespace",
      "resourceType",
    ],
    versionArgument: "apiVersion",
    outputs: [
      "azureApiVersion",
      "extendedLocation",
      "id",
      "identity",
      "kind",
      "location",
      "managedBy",
      "name",
      "plan",
      "properties",
      "sku",
      "tags",
      "type",
    ],
  },
];
