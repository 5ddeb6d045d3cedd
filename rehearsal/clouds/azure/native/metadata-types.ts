/** How the provider names a resource whose name the program leaves out. */
export interface AutoName {
  readonly input: string;
  /** `random`: the logical name and eight digits. `copy`: the logical name. `uuid`: a GUID. */
  readonly kind: "random" | "copy" | "uuid";
}

/** What the provider knows about a type. A test compares it with @pulumi/azure-native. */
export interface ResourceMetadata {
  readonly token: string;
  /** The version of every request, except those that `versionInput` decides. */
  readonly apiVersion: string;
  /** The input that chooses the version of most requests. Only the generic resource has one. */
  readonly versionInput?: string;
  /** Path of the resource. Names in braces are inputs, and the subscription of the instance. */
  readonly path: string;
  /** Inputs at the top of the body. */
  readonly top: readonly string[];
  /** Inputs below `properties` of the body. */
  readonly properties: readonly string[];
  readonly required: readonly string[];
  /** Whether ARM's description of the type requires `location`. Default: it does, in `top`. */
  readonly locationRequired?: boolean;
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

const GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers";
const IDENTITY = `${GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}`;
const ACCOUNT = `${GROUP}/Microsoft.CodeSigning/codeSigningAccounts/{accountName}`;

/** Paths that a type and its function share. */
export const PATHS = {
  identity: IDENTITY,
  credential: `${IDENTITY}/federatedIdentityCredentials/{federatedIdentityCredentialResourceName}`,
  account: ACCOUNT,
  profile: `${ACCOUNT}/certificateProfiles/{profileName}`,
  resource: `${GROUP}/{resourceProviderNamespace}/{parentResourcePath}/{resourceType}/{resourceName}`,
};

const COMMON = ["azureApiVersion", "name", "systemData", "type"];

/** Outputs that a type and its function share. The function also has the id. */
export const OUTPUTS = {
  common: COMMON,
  identity: [...COMMON, "clientId", "location", "principalId", "tags", "tenantId"],
  credential: [...COMMON, "audiences", "issuer", "subject"],
  account: [...COMMON, "accountUri", "location", "provisioningState", "sku", "tags"],
  profile: [
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
  resource: [
    "azureApiVersion",
    "extendedLocation",
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
};
