import { CloudError, type ResourceType } from "../table";
import type { Properties } from "../wire";
import type { Identity } from "./model";
import type { AzureState } from "./state";

export function userAssignedIdentity(azure: AzureState): ResourceType {
  const outputs = (id: string): Properties => {
    const it = azure.identities.get(id.toLowerCase());
    if (!it) throw new CloudError("ResourceNotFound", `The Resource '${id}' was not found.`);
    const { name, location, tags, clientId, principalId } = it;
    const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
    const { tenantId } = azure.world;
    return { name, location, tags, clientId, principalId, tenantId, type };
  };
  return {
    token: "azure-native:managedidentity:UserAssignedIdentity",
    required: ["resourceGroupName", "resourceName"],
    optional: ["location", "tags"],
    computed: ["name", "location", "tags", "clientId", "principalId", "tenantId", "type"],
    replaceOn: ["resourceGroupName", "resourceName", "location"],
    create(inputs) {
      const {
        resourceName: name = "",
        resourceGroupName: group = "",
        location,
      } = inputs as Record<string, string>;
      const id = azure.identityId(group, name);
      if (!/^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/.test(name)) {
        throw new CloudError("InvalidResourceName", `'${name}' is not a name of an identity.`);
      }
      if (!location) throw new CloudError("LocationRequired", "The location property is required.");
      mustBeNew(azure.identities, id);
      azure.addIdentity(group, name, location).tags = inputs.tags as Identity["tags"];
      return { id, outputs: outputs(id) };
    },
    read: (id) =>
      azure.identities.has(id.toLowerCase()) ? { id, outputs: outputs(id) } : undefined,
    update(id, { tags }) {
      const it = azure.identities.get(id.toLowerCase());
      if (it) it.tags = tags as Identity["tags"];
      return { id, outputs: outputs(id) };
    },
    delete(id) {
      azure.identities.delete(id.toLowerCase());
      azure.dropCredentialsOf(id);
    },
  };
}

/** azure-native refuses to create what exists already. */
export function mustBeNew(existing: ReadonlyMap<string, unknown>, id: string): void {
  if (existing.has(id.toLowerCase())) {
    throw new Error(`cannot create already existing resource '${id}'`);
  }
}
