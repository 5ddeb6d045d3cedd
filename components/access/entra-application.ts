import { ApplicationOwner } from "@pulumi/azuread/applicationOwner";
import { ApplicationRegistration } from "@pulumi/azuread/applicationRegistration";
import { ServicePrincipal } from "@pulumi/azuread/servicePrincipal";
import type * as pulumi from "@pulumi/pulumi";
import type { IdentityPlan } from "../../trust/identity";
import {
  applicationName,
  applicationOwnerName,
  servicePrincipalName,
} from "../../trust/resource-names";
import type { Principal } from "./federated-credentials";

/** An Entra application, its owners, and the service principal that roles are assigned to. */
export function entraApplication(
  name: string,
  { displayName, owners }: Extract<IdentityPlan, { kind: "application" }>,
  parent: pulumi.Resource,
): Principal {
  // Entra accepts equal display names: created first, a replacement could not be told apart.
  const opts = { parent, deleteBeforeReplace: true };
  const { id: applicationId, clientId } = new ApplicationRegistration(
    applicationName(name),
    { displayName, signInAudience: "AzureADMyOrg" },
    opts,
  );
  for (const ownerObjectId of owners) {
    const owner = applicationOwnerName(name, ownerObjectId);
    new ApplicationOwner(owner, { applicationId, ownerObjectId }, opts);
  }
  const principal = new ServicePrincipal(servicePrincipalName(name), { clientId }, opts);
  return { clientId, principalId: principal.objectId, holder: { applicationId } };
}
