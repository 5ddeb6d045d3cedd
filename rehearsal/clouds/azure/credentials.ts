import { Exclusive } from "../exclusive";
import { CloudError, type ResourceType } from "../table";
import type { Properties } from "../wire";
import { faultOf, MAX_CREDENTIALS } from "./credential-rules";
import { mustBeNew } from "./identities";
import { type AzureState, type Credential, sameId } from "./state";

/**
 * Rules and error codes:
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 */
export function federatedCredential(azure: AzureState): ResourceType {
  const exclusive = new Exclusive();
  const busy = () =>
    new CloudError(
      "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
      "Too many Federated Identity Credentials are written concurrently for the managed identity.",
    );

  const write = (inputs: Properties, id?: string) => {
    const identityId = identityOf(azure, inputs);
    return exclusive.write(identityId.toLowerCase(), busy, () => {
      const wanted = { ...credential(azure, inputs), identityId };
      const own = id ?? `${identityId}/federatedIdentityCredentials/${wanted.name}`;
      const others = azure.credentialsOf(identityId).filter((it) => !sameId(it.id, own));
      if (others.some((it) => it.issuer === wanted.issuer && it.subject === wanted.subject)) {
        throw new CloudError("Conflict", "Issuer and subject combination already exists.");
      }
      if (!id) mustBeNew(azure.credentials, own);
      if (others.length >= MAX_CREDENTIALS) {
        const message = `At most ${MAX_CREDENTIALS} federated identity credentials are allowed.`;
        throw new CloudError("FederatedIdentityCredentialLimitReached", message);
      }
      azure.credentials.set(own.toLowerCase(), { id: own, ...wanted });
      return { id: own, outputs: outputs(wanted) };
    });
  };
  return {
    token: "azure-native:managedidentity:FederatedIdentityCredential",
    required: [
      "resourceGroupName",
      "resourceName",
      "federatedIdentityCredentialResourceName",
      "issuer",
      "subject",
      "audiences",
    ],
    optional: [],
    computed: ["name", "issuer", "subject", "audiences"],
    replaceOn: ["resourceGroupName", "resourceName", "federatedIdentityCredentialResourceName"],
    create: (inputs) => write(inputs),
    update: (id, inputs) => write(inputs, id),
    read(id) {
      const it = azure.credentials.get(id.toLowerCase());
      if (!it) return undefined;
      const inputs = { issuer: it.issuer, subject: it.subject, audiences: [it.audience] };
      return { id, inputs, outputs: outputs(it) };
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

/** Azure's answer. Only the id contains the group and the identity. */
function outputs({ name, issuer, subject, audience }: Omit<Credential, "id" | "identityId">) {
  return { name, issuer, subject, audiences: [audience] };
}

function identityOf(azure: AzureState, inputs: Properties): string {
  const { resourceGroupName = "", resourceName = "" } = inputs as Record<string, string>;
  const id = azure.identityId(resourceGroupName, resourceName);
  if (!azure.identities.has(id.toLowerCase())) {
    throw new CloudError("ParentResourceNotFound", `'${id}' was not found.`);
  }
  return id;
}

function credential(
  azure: AzureState,
  inputs: Properties,
): Pick<Credential, "name" | "issuer" | "subject" | "audience"> {
  const { issuer = "", subject = "" } = inputs as Record<string, string>;
  const name = inputs.federatedIdentityCredentialResourceName as string;
  const audiences = inputs.audiences as readonly string[];
  const fault = faultOf({ name, audiences, issuer, subject }, azure.audience);
  if (fault) throw new CloudError("BadRequest", fault);
  return { name, issuer, subject, audience: azure.audience };
}
