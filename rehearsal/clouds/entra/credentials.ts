import { faultOf, MAX_CREDENTIALS, type WantedCredential } from "../azure/credential-rules";
import type { AzureState, Credential } from "../azure/state";
import { sameId } from "../azure/state";
import { Exclusive } from "../exclusive";
import { CloudError, type ResourceType } from "../table";
import type { Properties } from "../wire";
import { applicationById, applicationIdFault, missing } from "./directory";
import { expressionFault } from "./expression-rules";

/** What either kind is given. */
interface Inputs {
  readonly displayName: string;
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly subject: string;
  readonly audience: string;
  readonly claimsMatchingExpression: string;
}

/** One of the two kinds of credentials that an application can have. */
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
  // As the provider's source makes it, though its documentation shows the other's form (u).
  id: (objectId, credentialId) =>
    `/applications/${objectId}/federatedIdentityCredentials/${credentialId}`,
};

/** Both kinds; one application takes one write at a time, of whichever kind. */
export function applicationCredentials(azure: AzureState): ResourceType[] {
  const exclusive = new Exclusive();
  return [EXACT, FLEXIBLE].map((kind) => credential(azure, kind, exclusive));
}

/** Rules: azure.md, 4.1 and 4.3. */
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

/** Codes marked (u) are not in azure.md. */
function mustBeAlone(
  { name, issuer, subject, expression }: Omit<WantedCredential, "audiences">,
  others: readonly Credential[],
): void {
  // (u) As azure-workload-identity's source quotes Graph.
  if (others.some((it) => sameId(it.name, name))) {
    throw new CloudError(
      "Request_MultipleObjectsWithSameKeyValue",
      `FederatedIdentityCredential with name ${name} already exists.`,
    );
  }
  const same = (it: Credential) =>
    it.issuer === issuer && it.subject === subject && it.expression === expression;
  if (others.some(same)) {
    // (u) As in Azure/azure-workload-identity#434; of expressions nothing is documented.
    const message = `The combination of issuer and subject must be unique for the application. Issuer ${issuer} and Subject: ${expression ?? subject} already exist.`;
    throw new CloudError("InvalidFederatedIdentityCredentialValue", message);
  }
  if (others.length >= MAX_CREDENTIALS) {
    const message = `At most ${MAX_CREDENTIALS} federated identity credentials are allowed.`;
    throw new CloudError("FederatedIdentityCredentialLimitReached", message); // (u)
  }
}

/**
 * Documented is this of managed identities (azure.md, 4.1), with another code; that Graph does the
 * same is (u). The provider makes its writes wait for each other; whoever else writes does not.
 */
function busy(): CloudError {
  const message = "Another write to the application's credentials has not ended.";
  return new CloudError("Directory_ConcurrencyViolation", message);
}
