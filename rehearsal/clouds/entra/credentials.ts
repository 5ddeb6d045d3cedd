import { faultOf, MAX_CREDENTIALS, type WantedCredential } from "../azure/credential-rules";
import type { AzureState, Credential } from "../azure/state";
import { sameId } from "../azure/state";
import { CloudError, type ResourceType } from "../table";
import type { Properties } from "../wire";
import { EXACT, FLEXIBLE, type Inputs, type Kind } from "./credential-kinds";
import { applicationById, applicationIdFault, missing } from "./directory";
import { expressionFault } from "./expression-rules";
import { diagnostic, during, GraphRefusal, named } from "./graph";

/**
 * Both kinds. The provider does the writes of one application one after the other (`LockByName`), so
 * that no two of them meet at Graph.
 */
export function applicationCredentials(azure: AzureState): ResourceType[] {
  return [EXACT, FLEXIBLE].map((kind) => credential(azure, kind));
}

/**
 * Rules: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 * and
 * https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials.
 * Words: hashicorp/terraform-provider-azuread@f0169e0e, internal/services/applications.
 */
function credential(azure: AzureState, kind: Kind): ResourceType {
  const { token, required, summaries } = kind;
  const get = (id: string) => azure.credentials.get(id.toLowerCase());
  const credentialIdOf = (id: string) => id.split("/").at(-1) ?? "";
  const outputs = (id: string) => ({ credentialId: credentialIdOf(id) });

  const write = (inputs: Properties, before?: string) => {
    const { id: identityId, objectId } = applicationById(azure, inputs.applicationId as string);
    if (before && !get(before)) throw missing(credentialIdOf(before));
    const { audiences, ...wanted } = kind.wanted(inputs as unknown as Inputs);
    mustFit(azure, { audiences, ...wanted });
    const others = azure.credentialsOf(identityId).filter((it) => !sameId(it.id, before ?? ""));
    mustBeAlone(wanted, others);
    const id = before ?? kind.id(objectId, azure.guid(`${identityId}/${wanted.name}`));
    const it = { id, identityId, audience: azure.audience, ...wanted };
    azure.credentials.set(id.toLowerCase(), it);
    return { id, outputs: outputs(id) };
  };
  const create = async (inputs: Properties, application: string) => {
    const summary = summaries.create(application);
    try {
      return await during(summary, () => write(inputs));
    } catch (failure) {
      if (!kind.hidesCause || !(failure instanceof CloudError)) throw failure;
      throw new CloudError(failure.code, summary, diagnostic(summary));
    }
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
    create: (inputs) => create(inputs, named(objectIdOf(inputs.applicationId as string))),
    update(id, inputs) {
      const application = named(objectIdOf(inputs.applicationId as string));
      return during(summaries.update(application, credentialIdOf(id)), () => write(inputs, id));
    },
    read(id) {
      const it = get(id);
      if (!it) return undefined;
      const { identityId: applicationId, name: displayName, issuer } = it;
      const inputs = { applicationId, displayName, issuer, ...kind.found(it) };
      return { id, inputs, outputs: outputs(id) };
    },
    // Unlike azure-native, azuread fails to delete what no longer exists.
    delete: (id) =>
      during(summaries.delete(named(objectIdOf(id)), credentialIdOf(id)), () => {
        if (!get(id)) throw missing(credentialIdOf(id));
        azure.credentials.delete(id.toLowerCase());
      }),
  };
}

/** The application's object id in its own id or in that of a credential. */
function objectIdOf(id: string): string {
  return id.replace(/^\/applications\//, "").split("/")[0] ?? "";
}

function mustFit(azure: AzureState, wanted: WantedCredential): void {
  const { expression, issuer } = wanted;
  const fault =
    faultOf(wanted, azure.audience) ??
    (expression === undefined ? undefined : expressionFault(expression, issuer));
  if (fault) throw new GraphRefusal(400, "InvalidFederatedIdentityCredentialValue", fault);
}

/** Error codes marked (u) are unverified. */
function mustBeAlone(
  { name, issuer, subject, expression }: Omit<WantedCredential, "audiences">,
  others: readonly Credential[],
): void {
  // https://github.com/Azure/azure-dev/issues/1482
  if (others.some((it) => sameId(it.name, name))) {
    throw new GraphRefusal(
      409,
      "Request_MultipleObjectsWithSameKeyValue",
      `FederatedIdentityCredential with name ${name} already exists.`,
    );
  }
  const same = (it: Credential) =>
    it.issuer === issuer && it.subject === subject && it.expression === expression;
  if (others.some(same)) {
    // (u) From Azure/azure-workload-identity#434. Nothing is documented about expressions.
    const message = `The combination of issuer and subject must be unique for the application. Issuer ${issuer} and Subject: ${expression ?? subject} already exist.`;
    throw new GraphRefusal(400, "InvalidFederatedIdentityCredentialValue", message);
  }
  if (others.length >= MAX_CREDENTIALS) {
    const message = `At most ${MAX_CREDENTIALS} federated identity credentials are allowed.`;
    throw new GraphRefusal(400, "FederatedIdentityCredentialLimitReached", message); // (u)
  }
}
