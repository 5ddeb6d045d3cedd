import { Exclusive } from "../exclusive";
import { CloudError, type ResourceType } from "../table";
import type { Properties } from "../wire";
import { type AzureState, type Credential, sameId } from "./state";

/** azure.md, 4.1, for all rules about federated credentials. */
const MAX_CREDENTIALS = 20;
const MAX_LENGTH = 600;
const AUDIENCE = "api://AzureADTokenExchange";

const MODULE = "azure-native:managedidentity";

export function userAssignedIdentity(azure: AzureState): ResourceType {
  const outputs = (id: string): Properties => {
    const it = azure.identities.get(id.toLowerCase());
    if (!it) throw new CloudError("ResourceNotFound", `The Resource '${id}' was not found.`);
    const { name, location, clientId, principalId } = it;
    const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
    return { name, location, clientId, principalId, tenantId: azure.world.tenantId, type };
  };
  return {
    token: `${MODULE}:UserAssignedIdentity`,
    required: ["resourceGroupName", "resourceName"],
    optional: ["location", "tags"],
    computed: ["clientId", "principalId", "tenantId", "name", "type"],
    replaceOn: ["resourceGroupName", "resourceName", "location"],
    create(inputs) {
      const { resourceName, resourceGroupName, location } = inputs as Record<string, string>;
      const group = azure.groupId(resourceGroupName as string);
      const name = resourceName as string;
      if (!/^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/.test(name)) {
        throw new CloudError("InvalidResourceName", `'${name}' is not a name of an identity.`);
      }
      if (!location) throw new CloudError("LocationRequired", "The location property is required.");
      const id = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
      mustBeNew(azure.identities, id);
      const [clientId, principalId] = [azure.guid(`${id}/client`), azure.guid(`${id}/principal`)];
      const resourceGroup = resourceGroupName as string;
      azure.identities.set(id.toLowerCase(), {
        id,
        name,
        resourceGroup,
        location,
        clientId,
        principalId,
      });
      return { id, outputs: outputs(id) };
    },
    read: (id) =>
      azure.identities.has(id.toLowerCase()) ? { id, outputs: outputs(id) } : undefined,
    update: (id) => ({ id, outputs: outputs(id) }),
    delete(id) {
      azure.identities.delete(id.toLowerCase());
      for (const [key, { identityId }] of azure.credentials) {
        if (sameId(identityId, id)) azure.credentials.delete(key);
      }
    },
  };
}

export function federatedCredential(azure: AzureState): ResourceType {
  const exclusive = new Exclusive();
  const busy = () =>
    new CloudError(
      "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
      "Too many Federated Identity Credentials are written concurrently for the managed identity.",
    );
  const siblings = (identityId: string) =>
    [...azure.credentials.values()].filter((it) => sameId(it.identityId, identityId));

  const write = (inputs: Properties, id?: string) => {
    const identityId = identityOf(azure, inputs);
    return exclusive.write(identityId.toLowerCase(), busy, () => {
      const wanted = { ...credential(inputs), identityId };
      const name = inputs.federatedIdentityCredentialResourceName as string;
      const own = id ?? `${identityId}/federatedIdentityCredentials/${name}`;
      const others = siblings(identityId).filter((it) => !sameId(it.id, own));
      if (others.some((it) => it.issuer === wanted.issuer && it.subject === wanted.subject)) {
        throw new CloudError("Conflict", "Issuer and subject combination already exists.");
      }
      if (!id) mustBeNew(azure.credentials, own);
      if (others.length >= MAX_CREDENTIALS) {
        const message = `At most ${MAX_CREDENTIALS} federated identity credentials are allowed.`;
        throw new CloudError("FederatedIdentityCredentialLimitReached", message);
      }
      azure.credentials.set(own.toLowerCase(), { id: own, name, ...wanted });
      return { id: own, outputs: { name } };
    });
  };
  return {
    token: `${MODULE}:FederatedIdentityCredential`,
    required: [
      "resourceGroupName",
      "resourceName",
      "federatedIdentityCredentialResourceName",
      "issuer",
      "subject",
      "audiences",
    ],
    optional: [],
    computed: ["name"],
    replaceOn: ["resourceGroupName", "resourceName", "federatedIdentityCredentialResourceName"],
    create: (inputs) => write(inputs),
    update: (id, inputs) => write(inputs, id),
    read(id) {
      const it = azure.credentials.get(id.toLowerCase());
      if (!it) return undefined;
      const inputs = { issuer: it.issuer, subject: it.subject, audiences: [it.audience] };
      return { id, inputs, outputs: { name: it.name } };
    },
    async delete(id) {
      const it = azure.credentials.get(id.toLowerCase());
      if (!it) return;
      await exclusive.write(it.identityId.toLowerCase(), busy, () => {
        azure.credentials.delete(id.toLowerCase());
      });
    },
  };
}

function identityOf(azure: AzureState, inputs: Properties): string {
  const group = azure.groupId(inputs.resourceGroupName as string);
  const id = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${inputs.resourceName}`;
  if (!azure.identities.has(id.toLowerCase())) {
    throw new CloudError("ParentResourceNotFound", `'${id}' was not found.`);
  }
  return id;
}

function credential(inputs: Properties): Pick<Credential, "issuer" | "subject" | "audience"> {
  const { issuer, subject } = inputs as Record<string, string>;
  const audiences = inputs.audiences as readonly string[];
  const name = inputs.federatedIdentityCredentialResourceName as string;
  const invalid = (message: string) => new CloudError("BadRequest", message);
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/.test(name)) throw invalid(`'${name}' is not a name.`);
  if (audiences.length !== 1 || audiences[0] !== AUDIENCE) {
    throw invalid(`audiences must be exactly [${AUDIENCE}].`);
  }
  if (!issuer || issuer.length > MAX_LENGTH || !/^https:\/\/[^/]+(\/.*[^/])?$/.test(issuer))
    throw invalid("issuer is no URL.");
  if (!subject || subject.length > MAX_LENGTH) throw invalid(`subject exceeds ${MAX_LENGTH}.`);
  return { issuer, subject, audience: AUDIENCE };
}

/** azure-native looks before it creates (azure.md, 3). */
export function mustBeNew(existing: ReadonlyMap<string, unknown>, id: string): void {
  if (existing.has(id.toLowerCase())) {
    throw new Error(`cannot create already existing resource '${id}'`);
  }
}
