import { type FunctionMetadata, OUTPUTS, PATHS } from "./metadata-types";

export const FUNCTIONS: readonly FunctionMetadata[] = [
  {
    token: "azure-native:managedidentity:getUserAssignedIdentity",
    apiVersion: "2023-01-31",
    path: PATHS.identity,
    args: ["resourceGroupName", "resourceName"],
    outputs: ["id", ...OUTPUTS.identity],
  },
  {
    token: "azure-native:managedidentity:getFederatedIdentityCredential",
    apiVersion: "2023-01-31",
    path: PATHS.credential,
    args: ["resourceGroupName", "resourceName", "federatedIdentityCredentialResourceName"],
    outputs: ["id", ...OUTPUTS.credential],
  },
  {
    token: "azure-native:codesigning:getCodeSigningAccount",
    apiVersion: "2024-09-30-preview",
    path: PATHS.account,
    args: ["resourceGroupName", "accountName"],
    outputs: ["id", ...OUTPUTS.account],
  },
  {
    token: "azure-native:codesigning:getCertificateProfile",
    apiVersion: "2024-09-30-preview",
    path: PATHS.profile,
    args: ["resourceGroupName", "accountName", "profileName"],
    outputs: ["id", ...OUTPUTS.profile],
  },
  {
    token: "azure-native:resources:getResource",
    apiVersion: "2024-03-01",
    path: PATHS.resource,
    args: [
      "apiVersion",
      "parentResourcePath",
      "resourceGroupName",
      "resourceName",
      "resourceProviderNamespace",
      "resourceType",
    ],
    versionArgument: "apiVersion",
    outputs: ["id", ...OUTPUTS.resource],
  },
];
