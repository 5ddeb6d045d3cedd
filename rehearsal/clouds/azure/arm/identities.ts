import type { AzureState, Identity } from "../state";
import { Refusal } from "./refusal";
import type { ArmType } from "./type";
import { IDENTITY_VERSIONS } from "./versions";

/**
 * User-assigned identities. A PUT creates one, or sets its tags. Names:
 * https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
export function userAssignedIdentities(azure: AzureState): ArmType {
  const body = ({ id, name, location, tags, clientId, principalId }: Identity) => ({
    id,
    name,
    type: "Microsoft.ManagedIdentity/userAssignedIdentities",
    location,
    tags,
    properties: { clientId, principalId, tenantId: azure.world.tenantId },
  });
  const find = (path: string) => azure.identities.get(path.toLowerCase());
  return {
    namespace: "Microsoft.ManagedIdentity",
    type: "userAssignedIdentities",
    versions: IDENTITY_VERSIONS,
    find({ path }) {
      const it = find(path);
      return it && body(it);
    },
    put({ path, names, group = "", subscription }, { location, tags }) {
      const [name = ""] = names;
      if (!/^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$/.test(name)) {
        const message = `'${name}' is not a name of an identity.`;
        throw new Refusal(400, "InvalidResourceName", message); // (u)
      }
      if (typeof location !== "string" || location === "") {
        const message = "The location property is required for this definition.";
        throw new Refusal(400, "LocationRequired", message);
      }
      const region = regionOf(location);
      const there = find(path);
      if (there && there.location !== region) throw elsewhere(name, there.location, group, region);
      const it = there ?? azure.addIdentity(group, name, region, subscription);
      it.tags = tags as Identity["tags"];
      return body(it);
    },
    remove({ path }) {
      azure.identities.delete(path.toLowerCase());
      azure.dropCredentialsOf(path);
    },
  };
}

/** ARM stores `West Europe` as `westeurope`. */
function regionOf(location: string): string {
  return location.toLowerCase().replaceAll(" ", "");
}

/** https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-invalid-resource-location (u) */
function elsewhere(name: string, there: string, group: string, wanted: string): Refusal {
  return new Refusal(
    409,
    "InvalidResourceLocation",
    `The resource '${name}' already exists in location '${there}' in resource group '${group}'. A resource with the same name cannot be created in location '${wanted}'. Please select a new resource name.`,
  );
}
