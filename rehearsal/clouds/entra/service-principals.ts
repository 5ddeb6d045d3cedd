import type { Application, AzureState } from "../azure/state";
import { sameId } from "../azure/state";
import type { ResourceType } from "../table";
import type { Properties } from "../wire";
import { applicationByClientId, guidFault, missing } from "./directory";
import { during, existsAlready, GraphRefusal } from "./graph";

/**
 * The service principal of an application, which roles are assigned to. `useExisting` is not
 * served. Behavior: https://github.com/hashicorp/terraform-provider-azuread. What it says before
 * Graph's words, and what is marked (u), is unverified.
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
    // The provider tries again for some minutes while Graph does not know the application.
    create: (inputs) =>
      during("Could not create service principal", () => {
        const clientId = inputs.clientId as string;
        const application = applicationByClientId(azure, clientId);
        if (!application) {
          // (u) From the sources of other tools.
          const message = `The appId '${clientId}' of the service principal does not reference a valid application object.`;
          throw new GraphRefusal(400, "Request_BadRequest", message);
        }
        const { servicePrincipal: it } = application;
        if (it) throw existsAlready(it.id, "azuread_service_principal");
        const { id } = azure.addServicePrincipal(application);
        return { id, outputs: outputs(application) };
      }),
    read(id) {
      const it = byId(id);
      return it && { id, inputs: { clientId: it.clientId }, outputs: outputs(it) };
    },
    update: (id) =>
      during(`Updating service principal with object ID: "${objectIdOf(id)}"`, () => {
        const it = byId(id);
        if (!it) throw missing(objectIdOf(id));
        return { id, outputs: outputs(it) };
      }),
    delete: (id) =>
      during(`Deleting service principal with object ID "${objectIdOf(id)}"`, () => {
        const it = byId(id);
        if (!it) throw missing(objectIdOf(id));
        it.servicePrincipal = undefined;
      }),
  };
}

function objectIdOf(id: string): string {
  return id.replace("/servicePrincipals/", "");
}
