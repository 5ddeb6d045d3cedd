import type { AzureState, Identity } from "../state";
import { regionOf } from "./location";
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
      const there = find(path);
      const region = regionOf(location, { name, group, there: there?.location });
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
