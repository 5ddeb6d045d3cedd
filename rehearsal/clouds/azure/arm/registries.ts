import { type AzureState, sameId } from "../state";
import { notAuthorized } from "./refusal";
import { detailsOf, type Registry, registryAfterPut } from "./registry-put";
import { type ArmType, CALLER } from "./type";
import { REGISTRY_PROPERTIES, REGISTRY_VERSIONS } from "./versions";

const TYPE = "Microsoft.ContainerRegistry/registries";

/**
 * Properties: Registry of npm @azure/arm-containerregistry 12.0.0. A registry that restricts its
 * network is of the tier Premium:
 * https://learn.microsoft.com/azure/container-registry/container-registry-access-selected-networks
 */
export function registries(azure: AzureState): ArmType {
  const { registryApiVersions, registries: all } = azure.world;
  const allowed = (action: "read" | "write" | "delete", path: string): Registry | undefined => {
    const it = all.find((one) => sameId(azure.registryId(one), path));
    if (it?.readable === false) throw notAuthorized(`${TYPE}/${action}`, path, CALLER);
    return it;
  };
  return {
    namespace: "Microsoft.ContainerRegistry",
    type: "registries",
    versions: registryApiVersions ?? REGISTRY_VERSIONS,
    introduced: REGISTRY_PROPERTIES,
    find({ path }) {
      const it = allowed("read", path);
      return it && body(azure, it);
    },
    put(target, wanted, version) {
      const before = allowed("write", target.path);
      const { registry, details } = registryAfterPut(azure, target, wanted, version, before);
      const id = azure.registryId(registry);
      if (before) Object.assign(before, registry);
      else {
        all.push(registry);
        azure.created.add(id);
      }
      azure.details.set(id.toLowerCase(), details);
      return body(azure, registry);
    },
    remove({ path }) {
      const it = allowed("delete", path);
      if (!it) return;
      const id = azure.registryId(it);
      all.splice(all.indexOf(it), 1);
      azure.forget(id);
    },
  };
}

function body(azure: AzureState, it: Registry) {
  const modes = { abac: "AbacRepositoryPermissions", rbac: "LegacyRegistryPermissions" };
  const { location, sku, tags, properties } = detailsOf(azure, it);
  return {
    id: azure.registryId(it),
    name: it.name,
    type: TYPE,
    location,
    ...(tags && { tags }),
    sku: { name: sku, tier: sku },
    properties: {
      ...properties,
      loginServer: it.loginServer,
      provisioningState: "Succeeded",
      publicNetworkAccess: it.publicNetworkAccess,
      ...(sku === "Premium" && {
        networkRuleSet: {
          ipRules: [],
          ...(properties.networkRuleSet as object | undefined),
          defaultAction: it.networkDefaultAction,
        },
      }),
      ...(it.mode !== "unreported" && { roleAssignmentMode: modes[it.mode] }),
    },
  };
}
