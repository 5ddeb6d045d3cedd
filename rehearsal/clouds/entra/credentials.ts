import { faultOf, MAX_CREDENTIALS, type WantedCredential } from "../azure/credential-rules";
import type { AzureState, Credential } from "../azure/state";
import { sameId } from "../azure/state";
import { Exclusive } from "../exclusive";
import { CloudError, type ResourceType } from "../table";
import type { Properties } from "../wire";
import { applicationById, applicationIdFault, missing } from "./directory";
import { expressionFault } from "./expression-rules";

/** Inputs of both kinds of credentials. */
interface Inputs {
  readonly displayName: string;
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly subject: string;
  readonly audience: string;
  readonly claimsMatchingExpression: string;
}

/** A kind of credential that an application can have. */
interface Kind {
  readonly token: string;
  readonly required: readonly string[];
  readonly wanted: (inputs: Inputs) => WantedCredential;
  /** What a refresh finds. */
  readonly found: (it: Credential) => Properties;
  readonly id: (objectId: string, credentialId: string) => string;
}

const EXACT: Kind = {
  token:
    "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
  required: ["applicationId", "audiences", "displayName", "issuer", "subject"],
  wanted: ({ displayName, audiences, issuer, subject }) => ({
    name: displayName,
    audiences,
    issuer,
    subject,
  }),
  found: ({ subject, audience }) => ({ subject, audiences: [audience] }),
  id: (objectId, credentialId) => `${objectId}/federatedIdentityCredential/${credentialId}`,
};

const FLEXIBLE: Kind = {
  token:
    "azuread:index/applicationFlexibleFederatedIdentityCredential:ApplicationFlexibleFederatedIdentityCredential",
  required: ["applicationId", "audience", "displayName", "issuer", "claimsMatchingExpression"],
  wanted: ({ displayName, audience, issuer, claimsMatchingExpression }) => ({
    name: displayName,
    audiences: [audience],
    issuer,
    subject: "",
    expression: claimsMatchingExpression,
  }),
  found: ({ expression, audience }) => ({ claimsMatchingExpression: expression, audience }),
  // From the provider's source. Its documentation shows the other form (u).
  id: (objectId, credentialId) =>
    `/applications/${objectId}/federatedIdentityCredentials/${credentialId}`,
};

/** Both kinds. An application accepts one write at a time, of either kind. */
export function applicationCredentials(azure: AzureState): ResourceType[] {
  const exclusive = new Exclusive();
  return [EXACT, FLEXIBLE].map((kind) => credential(azure, kind, exclusive));
}

/**
 * Rules: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 * and
 * https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
 */
function credential(azure: AzureState, kind: Kind, exclusive: Exclusive): ResourceType {
  const { token, required } = kind;
  const get = (id: string) => azure.credentials.get(id.toLowerCase());
  const outputs = (id: string) => ({ credentialId: id.split("/").at(-1) });

  const write = (inputs: Properties, before?: string) => {
    const { id: identityId, objectId } = applicationById(azure, inputs.applicationId as string);
    return exclusive.write(identityId, busy, () => {
      if (before && !get(before)) throw missing(before.split("/").at(-1) ?? "");
      const { audiences, ...wanted } = kind.wanted(inputs as unknown as Inputs);
      mustFit(azure, { audiences, ...wanted });
      const others = azure.credentialsOf(identityId).filter((it) => !sameId(it.id, before ?? ""));
      mustBeAlone(wanted, others);
      const id = before ?? kind.id(objectId, azure.guid(`${identityId}/${wanted.name}`));
      const it = { id, identityId, audience: azure.audience, ...wanted };
      azure.credentials.set(id.toLowerCase(), it);
      return { id, outputs: outputs(id) };
    });
  };
  return {
    token,
    required,
    optional: ["description"],
    computed: ["credentialId"],
    replaceOn: ["applicationId", "displayName"],
    check({ applicationId }) {
      const fault = applicationIdFault(applicationId);
      return fault ? { fault } : {};
    },
    create: (inputs) => write(inputs),
    update: (id, inputs) => write(inputs, id),
    read(id) {
      const it = get(id);
      if (!it) return undefined;
      const { identityId: applicationId, name: displayName, issuer } = it;
      const inputs = { applicationId, displayName, issuer, ...kind.found(it) };
      return { id, inputs, outputs: outputs(id) };
    },
    async delete(id) {
      const it = get(id);
      if (!it) throw missing(id.split("/").at(-1) ?? "");
      await exclusive.write(it.identityId, busy, () => {
        azure.credentials.delete(id.toLowerCase());
      });
    },
  };
}

function mustFit(azure: AzureState, wanted: WantedCredential): void {
  const { expression, issuer } = wanted;
  const fault =
    faultOf(wanted, azure.audience) ??
    (expression === undefined ? undefined : expressionFault(expression, issuer));
  if (fault) throw new CloudError("InvalidFederatedIdentityCredentialValue", fault);
}

/** Error codes marked (u) are unverified. */
function mustBeAlone(
  { name, issuer, subject, expression }: Omit<WantedCredential, "audiences">,
  others: readonly Credential[],
): void {
  // (u) From the source of Azure/azure-workload-identity.
  if (others.some((it) => sameId(it.name, name))) {
    throw new CloudError(
      "Request_MultipleObjectsWithSameKeyValue",
      `FederatedIdentityCredential with name ${name} already exists.`,
    );
  }
  const same = (it: Credential) =>
    it.issuer === issuer && it.subject === subject && it.expression === expression;
  if (others.some(same)) {
    // (u) From Azure/azure-workload-identity#434. Nothing is documented about expressions.
    const message = `The combination of issuer and subject must be unique for the application. Issuer ${issuer} and Subject: ${expression ?? subject} already exist.`;
    throw new CloudError("InvalidFederatedIdentityCredentialValue", message);
  }
  if (others.length >= MAX_CREDENTIALS) {
    const message = `At most ${MAX_CREDENTIALS} federated identity credentials are allowed.`;
    throw new CloudError("FederatedIdentityCredentialLimitReached", message); // (u)
  }
}

/**
 * The documentation says this about managed identities, with another code. It is unverified for
 * Graph. The provider itself waits between its writes.
 */
function busy(): CloudError {
  const message = "Another write to the application's credentials has not ended.";
  return new CloudError("Directory_ConcurrencyViolation", message);
}
