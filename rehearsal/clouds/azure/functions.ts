import { CloudError, type CloudFunction } from "../table";
import type { Properties } from "../wire";
import { type AzureState, sameId } from "./state";

/** Functions that the program reads Azure with. Error codes marked (u) are unverified. */
export function azureFunctions(azure: AzureState): CloudFunction[] {
  return [
    {
      token: "azure-native:authorization:getClientConfig",
      call: () => ({
        clientId: "00000000-0000-0000-0000-000000000000",
        objectId: "00000000-0000-0000-0000-000000000000",
        subscriptionId: azure.world.subscriptionId,
        tenantId: azure.world.tenantId,
      }),
    },
    { token: "azure-native:resources:getResource", call: (args) => registry(azure, args) },
    {
      token: "azure-native:codesigning:getCodeSigningAccount",
      call: ({ resourceGroupName, accountName }) => {
        const found = account(azure, resourceGroupName as string, accountName as string);
        const { name, endpoint, location } = found;
        return { id: azure.accountId(found), name, accountUri: endpoint, location };
      },
    },
    {
      token: "azure-native:codesigning:getCertificateProfile",
      call: (args) => profile(azure, args as Record<string, string>),
    },
    {
      token: "azure-native:managedidentity:getUserAssignedIdentity",
      call: ({ resourceGroupName, resourceName }) => {
        const id = azure.identityId(resourceGroupName as string, resourceName as string);
        const found = azure.identities.get(id.toLowerCase());
        if (!found) throw notFound(id);
        const { location, name, clientId, principalId } = found;
        const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
        return {
          id: found.id,
          name,
          location,
          clientId,
          principalId,
          tenantId: azure.world.tenantId,
          type,
        };
      },
    },
    {
      token: "azure-native:managedidentity:getFederatedIdentityCredential",
      call: (args) => federatedCredential(azure, args as Record<string, string>),
    },
  ];
}

function federatedCredential(azure: AzureState, args: Record<string, string>): Properties {
  const { resourceGroupName = "", resourceName = "" } = args;
  const name = args.federatedIdentityCredentialResourceName;
  const parent = azure.identityId(resourceGroupName, resourceName);
  const id = `${parent}/federatedIdentityCredentials/${name}`;
  const found = azure.credentials.get(id.toLowerCase());
  if (!found) throw notFound(id);
  const { issuer, subject, audience } = found;
  return { id: found.id, name: found.name, issuer, subject, audiences: [audience] };
}

function registry(azure: AzureState, args: Properties): Properties {
  const kind = `${args.resourceProviderNamespace}/${args.parentResourcePath}/${args.resourceType}`;
  if (kind !== "Microsoft.ContainerRegistry//registries" || args.apiVersion !== "2025-11-01") {
    throw new CloudError("NoRegisteredProviderFound", `${kind} at ${args.apiVersion}`);
  }
  azure.groupId(args.resourceGroupName as string);
  const found = azure.world.registries.find(
    ({ name, resourceGroup }) =>
      sameId(name, args.resourceName as string) &&
      sameId(resourceGroup, args.resourceGroupName as string),
  );
  if (!found) throw notFound(`registries/${args.resourceName}`);
  const abac = found.mode === "abac";
  return {
    id: azure.registryId(found),
    name: found.name,
    type: "Microsoft.ContainerRegistry/registries",
    properties: {
      loginServer: found.loginServer,
      roleAssignmentMode: abac ? "AbacRepositoryPermissions" : "LegacyRegistryPermissions",
    },
  };
}

function account(azure: AzureState, group: string, name: string) {
  azure.groupId(group);
  const { environment } = azure.world;
  if (environment !== "public") {
    // Artifact Signing exists only in the public cloud:
    // https://learn.microsoft.com/azure/artifact-signing/quickstart (u)
    const message = `Microsoft.CodeSigning is not registered in the cloud ${environment}.`;
    throw new CloudError("NoRegisteredProviderFound", message);
  }
  const found = azure.world.signingAccounts.find(
    (it) => sameId(it.name, name) && sameId(it.resourceGroup, group),
  );
  if (!found) throw notFound(`codeSigningAccounts/${name}`);
  return found;
}

function profile(azure: AzureState, args: Record<string, string>): Properties {
  const { resourceGroupName = "", accountName = "", profileName = "" } = args;
  const owner = account(azure, resourceGroupName, accountName);
  const found = owner.profiles.find((it) => sameId(it.name, profileName));
  if (!found) throw notFound(`certificateProfiles/${profileName}`);
  return {
    id: azure.profileId(owner, found.name),
    name: found.name,
    profileType: found.type,
    status: found.status,
    provisioningState: "Succeeded",
    identityValidationId: "00000000-0000-0000-0000-000000000000",
    certificates: found.subject ? [{ status: "Active", subjectName: found.subject }] : [],
  };
}

function notFound(what: string): CloudError {
  return new CloudError("ResourceNotFound", `The Resource '${what}' was not found.`);
}
