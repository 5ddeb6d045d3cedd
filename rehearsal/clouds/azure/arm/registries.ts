import { type AzureState, sameId } from "../state";
import { notAuthorized } from "./refusal";
import { type ArmType, CALLER } from "./type";
import { REGISTRY_PROPERTIES, REGISTRY_VERSIONS } from "./versions";

/**
 * Properties: Registry of npm @azure/arm-containerregistry 12.0.0. A registry that restricts its
 * network is of the tier Premium:
 * https://learn.microsoft.com/azure/container-registry/container-registry-access-selected-networks
 */
export function registries(azure: AzureState): ArmType {
  const { registryApiVersions, registries: all } = azure.world;
  const modes = { abac: "AbacRepositoryPermissions", rbac: "LegacyRegistryPermissions" };
  return {
    namespace: "Microsoft.ContainerRegistry",
    type: "registries",
    versions: registryApiVersions ?? REGISTRY_VERSIONS,
    introduced: REGISTRY_PROPERTIES,
    find({ path }) {
      const it = all.find((one) => sameId(azure.registryId(one), path));
      if (!it) return undefined;
      if (!it.readable) {
        throw notAuthorized("Microsoft.ContainerRegistry/registries/read", path, CALLER);
      }
      return {
        id: azure.registryId(it),
        name: it.name,
        type: "Microsoft.ContainerRegistry/registries",
        location: "westeurope",
        sku: { name: "Premium", tier: "Premium" },
        properties: {
          loginServer: it.loginServer,
          provisioningState: "Succeeded",
          publicNetworkAccess: it.publicNetworkAccess,
          networkRuleSet: { defaultAction: it.networkDefaultAction, ipRules: [] },
          ...(it.mode !== "unreported" && { roleAssignmentMode: modes[it.mode] }),
        },
      };
    },
  };
}
