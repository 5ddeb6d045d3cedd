import { getUserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import { getApplication } from "@pulumi/azuread/getApplication";
import { getServicePrincipal } from "@pulumi/azuread/getServicePrincipal";
import type { IdentityPlan } from "../components/identity-plan";
import type { IdentityConfiguration } from "../configuration/identity-schema";
import { type Problem, refuse } from "../configuration/problems";
import { unlessMissing } from "./azure";
import { alreadyHeld, heldAs, nameOf } from "./held";

/** Where a managed identity is made. */
export interface IdentityPlace {
  readonly resourceGroup: string;
  readonly location: string;
}

/**
 * What a pipeline's identity is made of, or the existing one that it uses.
 *
 * @throws ProblemsError where that is missing, or in another subscription.
 */
export async function planIdentity(
  wanted: Exclude<IdentityConfiguration, { kind: "shared" }>,
  place: IdentityPlace,
  azureName: string,
  subscriptionId: string,
  at: string,
): Promise<IdentityPlan> {
  switch (wanted.kind) {
    case "created":
      return { kind: "created", name: azureName, ...place };
    case "application": {
      const { displayName = azureName, owners } = wanted;
      return { kind: "application", displayName, owners };
    }
    case "existing":
      return existingIdentity(wanted, subscriptionId, `${at}.existing`);
    case "existingApplication":
      return existingApplication(wanted.clientId, `${at}.existingApplication`);
  }
}

async function existingIdentity(
  wanted: Extract<IdentityConfiguration, { kind: "existing" }>,
  subscriptionId: string,
  at: string,
): Promise<IdentityPlan> {
  const { name: resourceName, resourceGroup: resourceGroupName, subscription } = wanted;
  const given = `${resourceGroupName}/${resourceName}`;
  if (subscription && subscription.toLowerCase() !== subscriptionId.toLowerCase()) {
    const allowed = `an identity of subscription ${subscriptionId}, where the credentials are written`;
    const remedy = "take one of it, or set `azure-native:subscriptionId`";
    refuse("The identity cannot be used", [{ path: at, given: subscription, allowed, remedy }]);
  }
  const found = await unlessMissing(getUserAssignedIdentity({ resourceName, resourceGroupName }), {
    path: at,
    given,
    allowed: "an existing user-assigned identity",
    remedy: "check group, name and subscription, and that you may read it",
  });
  const { id, name, clientId, principalId } = found;
  await mustBeOthers("azure-native:managedidentity:UserAssignedIdentity", clientId, {
    path: at,
    given,
  });
  return { kind: "existing", id, name, resourceGroup: resourceGroupName, clientId, principalId };
}

async function existingApplication(clientId: string, at: string): Promise<IdentityPlan> {
  const problem = (allowed: string, remedy: string) => ({
    path: at,
    given: clientId,
    allowed,
    remedy,
  });
  const application = await unlessMissing(
    getApplication({ clientId }),
    problem(
      "the client id of an existing application",
      "check the id and the tenant, and that you may read applications",
    ),
  );
  const principal = await unlessMissing(
    getServicePrincipal({ clientId }),
    problem(
      "an application with a service principal in this tenant, as roles are assigned to that",
      `run \`az ad sp create --id ${clientId}\``,
    ),
  );
  await mustBeOthers("azuread:index/applicationRegistration:ApplicationRegistration", clientId, {
    path: at,
    given: clientId,
  });
  return {
    kind: "existingApplication",
    applicationId: `/applications/${application.objectId}`,
    clientId,
    principalId: principal.objectId,
  };
}

/** One that this stack made would go with its pipeline, and take everything along. */
async function mustBeOthers(
  type: string,
  clientId: string,
  problem: Pick<Problem, "path" | "given">,
): Promise<void> {
  const [own] = heldAs((await alreadyHeld()) ?? {}, type, { clientId });
  if (!own) return;
  const allowed = "one that this stack did not make";
  const remedy = `it is ${nameOf(own)}: take another, or \`identity: { share: NAME }\` for several pipelines`;
  refuse("The identity cannot be used", [{ ...problem, allowed, remedy }]);
}
