import { Exclusive } from "../../exclusive";
import { isProperties, type Properties } from "../../wire";
import { faultOf, MAX_CREDENTIALS } from "../credential-rules";
import { type AzureState, type Credential, sameId } from "../state";
import { parentNotFound, Refusal, resourceNotFound } from "./refusal";
import type { ArmType } from "./type";
import { IDENTITY_VERSIONS } from "./versions";

/**
 * Federated credentials of user-assigned identities. Rules:
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 */
export function federatedCredentials(azure: AzureState): ArmType {
  const exclusive = new Exclusive();
  const identityAt = (path: string) =>
    azure.identities.get(path.toLowerCase().split("/").slice(0, -2).join("/"));
  return {
    namespace: "Microsoft.ManagedIdentity",
    type: "userAssignedIdentities/federatedIdentityCredentials",
    versions: IDENTITY_VERSIONS,
    find({ path }) {
      const it = azure.credentials.get(path.toLowerCase());
      return it && body(it);
    },
    // The code for a credential that does not exist is unverified (u).
    missing: (target) =>
      identityAt(target.path) ? resourceNotFound(target) : parentNotFound(target),
    async put(target, wanted) {
      const identity = identityAt(target.path);
      if (!identity) throw parentNotFound(target);
      const { id: identityId } = identity;
      return exclusive.write(
        identityId.toLowerCase(),
        () => busy(identityId),
        () => {
          const before = azure.credentials.get(target.path.toLowerCase());
          const name = before?.name ?? target.names[1] ?? "";
          const id = before?.id ?? `${identityId}/federatedIdentityCredentials/${name}`;
          const others = azure.credentialsOf(identityId).filter((it) => !sameId(it.id, id));
          const it = { id, identityId, ...values(azure, name, wanted) };
          mustBeAlone(it, others);
          azure.credentials.set(id.toLowerCase(), it);
          return body(it);
        },
      );
    },
    async remove({ path }) {
      const it = azure.credentials.get(path.toLowerCase());
      if (!it) return;
      const { identityId } = it;
      await exclusive.write(
        identityId.toLowerCase(),
        () => busy(identityId),
        () => {
          azure.credentials.delete(path.toLowerCase());
        },
      );
    },
  };
}

function body({ id, name, issuer, subject, audience }: Credential): Properties {
  const type = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";
  return { id, name, type, properties: { issuer, subject, audiences: [audience] } };
}

function values(azure: AzureState, name: string, { properties }: Properties) {
  const given = isProperties(properties) ? properties : {};
  const { issuer = "", subject = "" } = given as Record<string, string>;
  const audiences = (given.audiences ?? []) as readonly string[];
  const fault = faultOf({ name, audiences, issuer, subject }, azure.audience);
  if (fault) throw new Refusal(400, "BadRequest", fault);
  return { name, issuer, subject, audience: audiences[0] ?? "" };
}

function mustBeAlone({ issuer, subject }: Credential, others: readonly Credential[]): void {
  if (others.some((it) => it.issuer === issuer && it.subject === subject)) {
    // https://github.com/Azure/bicep-types-az/issues/2054
    const message = "Issuer and subject combination already exists for this Managed Identity.";
    throw new Refusal(409, "Conflict", message);
  }
  if (others.length >= MAX_CREDENTIALS) {
    const message = `At most ${MAX_CREDENTIALS} federated identity credentials are allowed.`;
    throw new Refusal(400, "FederatedIdentityCredentialLimitReached", message); // (u)
  }
}

/** https://github.com/pulumi/pulumi-azure-native/issues/4343 */
function busy(identityId: string): Refusal {
  return new Refusal(
    409,
    "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
    `Too many Federated Identity Credentials are written concurrently for the managed identity '${identityId.toLowerCase()}'. Concurrent Federated Identity Credentials writes under the same managed identity are not supported.`,
  );
}
