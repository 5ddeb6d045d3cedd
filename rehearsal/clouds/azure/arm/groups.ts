import type { AzureState } from "../state";
import type { ArmType } from "./type";
import { GROUP_VERSIONS } from "./versions";

/** Resource groups. They are all in one region. */
export function resourceGroups(azure: AzureState): ArmType {
  return {
    namespace: "Microsoft.Resources",
    type: "resourceGroups",
    versions: GROUP_VERSIONS,
    find({ group = "", subscription }) {
      const id = azure.groupId(group, subscription);
      const type = "Microsoft.Resources/resourceGroups";
      return { id, name: id.split("/").at(-1), type, location: "westeurope" };
    },
  };
}
