import { getResource } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import { refuse } from "../configuration/problems";
import type { RegistryPermissions } from "../trust/roles";
import { unlessMissing } from "./azure";

/** A container registry as Azure reports it. */
export interface Registry {
  /** ARM resource id; the scope of its roles. */
  readonly id: string;
  /** Resource name: what `az acr login` takes. */
  readonly name: string;
  /** Host that images are pushed to, e.g. `contosoimages.azurecr.io`. */
  readonly loginServer: string;
  /** `abac` where repositories can be granted one by one. */
  readonly permissions: RegistryPermissions;
}

/** The API whose registries have `roleAssignmentMode`; azure-native's own does not (azure.md, 2.1). */
const API_VERSION = "2025-11-01";

/**
 * Reads an existing registry and how it judges access.
 *
 * @throws ProblemsError where it is missing, or `permissions` contradicts it.
 */
export async function readRegistry(
  wanted: {
    readonly resourceGroup: string;
    readonly name: string;
    readonly permissions: RegistryPermissions | "auto";
  },
  opts?: pulumi.InvokeOptions,
): Promise<Registry> {
  const found = await unlessMissing(
    getResource(
      {
        apiVersion: API_VERSION,
        resourceGroupName: wanted.resourceGroup,
        resourceProviderNamespace: "Microsoft.ContainerRegistry",
        parentResourcePath: "",
        resourceType: "registries",
        resourceName: wanted.name,
      },
      opts,
    ),
    {
      path: "countersign:registry",
      given: `${wanted.resourceGroup}/${wanted.name}`,
      allowed: "an existing container registry",
      remedy: "check group, name and subscription, and that you may read it",
    },
  );
  const { loginServer, roleAssignmentMode } = found.properties as {
    loginServer: string;
    roleAssignmentMode?: string;
  };
  const permissions = roleAssignmentMode === "AbacRepositoryPermissions" ? "abac" : "rbac";
  if (wanted.permissions !== "auto" && wanted.permissions !== permissions) {
    refuse("The registry cannot be used", [
      {
        path: "countersign:registry.permissions",
        given: wanted.permissions,
        allowed: `${permissions}, which is the mode of ${wanted.name}, or auto`,
        remedy: "correct it, or leave it out; or change the registry's mode first",
      },
    ]);
  }
  return { id: found.id, name: found.name, loginServer, permissions };
}
