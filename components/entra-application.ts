import { ApplicationOwner } from "@pulumi/azuread/applicationOwner";
import { ApplicationRegistration } from "@pulumi/azuread/applicationRegistration";
import { getApplication } from "@pulumi/azuread/getApplication";
import { ServicePrincipal } from "@pulumi/azuread/servicePrincipal";
import type * as pulumi from "@pulumi/pulumi";
import { exists } from "../surroundings/azure";
import { refuseExisting } from "../surroundings/existing";
import type { IdentityPlan } from "./identity-plan";
import type { Principal } from "./pipeline-identity";

/** An Entra application, its owners, and the service principal that roles are assigned to. */
export function entraApplication(
  name: string,
  { displayName, owners }: Extract<IdentityPlan, { kind: "application" }>,
  parent: pulumi.Resource,
): Principal {
  const application = new ApplicationRegistration(
    `${name}-application`,
    { displayName, signInAudience: "AzureADMyOrg" },
    {
      parent,
      // Entra lets two have one name: one left by a lost answer would be doubled.
      deleteBeforeReplace: true,
      hooks: { beforeCreate: [existingApplication(name, parent)] },
    },
  );
  for (const owner of owners) {
    new ApplicationOwner(
      `${name}-owner-${owner}`,
      { applicationId: application.id, ownerObjectId: owner },
      { parent, deleteBeforeReplace: true },
    );
  }
  const principal = new ServicePrincipal(
    `${name}-principal`,
    { clientId: application.clientId },
    { parent, deleteBeforeReplace: true },
  );
  return {
    clientId: application.clientId,
    principalId: principal.objectId,
    holder: { applicationId: application.id, written: [], exists: false },
  };
}

function existingApplication(name: string, parent: pulumi.Resource): pulumi.ResourceHook {
  return refuseExisting(`${name}-existing-application`, {
    title: ({ displayName }) => `application ${displayName}`,
    identity: ["displayName"],
    exists: ({ displayName = "" }) => exists(getApplication({ displayName }, { parent })),
    remedy:
      "give another `displayName`, or use it by `existingApplication`; if an interrupted run left it, delete it",
  });
}
