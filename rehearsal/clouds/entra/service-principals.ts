import type { Application, AzureState } from "../azure/state";
import { sameId } from "../azure/state";
import { CloudError, type ResourceType } from "../table";
import type { Properties } from "../wire";
import { applicationByClientId, guidFault, missing } from "./directory";

/**
 * The service principal of an application, which roles are assigned to. `useExisting` is not
 * served. Behavior: https://github.com/hashicorp/terraform-provider-azuread. Error codes marked (u)
 * are unverified.
 */
export function servicePrincipal(azure: AzureState): ResourceType {
  const byId = (id: string) =>
    [...azure.applications.values()].find((it) => sameId(it.servicePrincipal?.id ?? "", id));
  const outputs = ({ servicePrincipal, displayName }: Application): Properties => ({
    objectId: servicePrincipal?.objectId,
    applicationTenantId: azure.world.tenantId,
    displayName,
  });
  return {
    token: "azuread:index/servicePrincipal:ServicePrincipal",
    required: ["clientId"],
    optional: ["owners", "description"],
    computed: ["objectId", "applicationTenantId", "displayName"],
    replaceOn: ["clientId"],
    check({ clientId }) {
      const fault = guidFault("clientId", clientId);
      return fault ? { fault } : {};
    },
    create(inputs) {
      const clientId = inputs.clientId as string;
      const application = applicationByClientId(azure, clientId);
      if (!application) {
        // (u) From the sources of other tools.
        const message = `The appId '${clientId}' of the service principal does not reference a valid application object.`;
        throw new CloudError("Request_BadRequest", message);
      }
      if (application.servicePrincipal) {
        // (u) From Azure/reliable-web-app-pattern-java#185.
        throw new CloudError(
          "Request_MultipleObjectsWithSameKeyValue",
          `The service principal cannot be created, updated, or restored because the service principal name ${clientId} is already in use.`,
        );
      }
      const { id } = azure.addServicePrincipal(application);
      return { id, outputs: outputs(application) };
    },
    read(id) {
      const it = byId(id);
      return it && { id, inputs: { clientId: it.clientId }, outputs: outputs(it) };
    },
    update(id) {
      const it = byId(id);
      if (!it) throw missing(id.replace("/servicePrincipals/", ""));
      return { id, outputs: outputs(it) };
    },
    delete(id) {
      const it = byId(id);
      if (!it) throw missing(id.replace("/servicePrincipals/", ""));
      it.servicePrincipal = undefined;
    },
  };
}
