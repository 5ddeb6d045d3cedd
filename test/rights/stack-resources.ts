import type { KnownResource } from "../../rights/resources";
import { registryGrants } from "../../trust/roles";

// The resources of a stack, without what no right depends on.
export const PUSH = "8311e382-0749-4cb8-b61a-304f252e45ec";
export const WRITER = "2a1e307c-b015-4ebd-883e-5b7698a07328";
export const READER = "b93aa761-3e63-49ed-ac28-beffa264f7ac";
export const SIGNER = "2837e146-70d7-4cfd-ad55-7efa6464f958";
export const PROFILES =
  "/providers/Microsoft.CodeSigning/codeSigningAccounts/account/certificateProfiles";
const definition = (guid: string) =>
  `/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
export const condition = (...images: readonly string[]) =>
  registryGrants("abac", images).find((it) => it.role === WRITER)?.condition;

export const resource = (
  urn: string,
  type: string,
  parent: string | undefined,
  inputs: KnownResource["inputs"] = {},
  dependencies: readonly string[] = [],
): KnownResource => ({ urn, type, ...(parent && { parent }), inputs, dependencies });

export const STACK = resource("stack", "pulumi:pulumi:Stack", undefined);
export const pipeline = (name: string, ...inside: readonly KnownResource[]) => [
  resource(name, "countersign:index:SigningPipeline", "stack"),
  ...inside,
];
export const credential = (
  parent: string,
  subject: string,
  dependencies: readonly string[] = [],
  issuer = "https://issuer.example",
) =>
  resource(
    `${parent}/credential ${subject}`,
    "azure-native:managedidentity:FederatedIdentityCredential",
    parent,
    { subject, resourceName: "theirs", issuer },
    dependencies,
  );
export const role = (
  parent: string,
  guid: string,
  scope: string,
  limit?: string,
  dependencies: readonly string[] = [],
) =>
  resource(
    `${parent}/role ${guid} ${scope}`,
    "azure-native:authorization:RoleAssignment",
    parent,
    { roleDefinitionId: definition(guid), scope, condition: limit },
    dependencies,
  );
