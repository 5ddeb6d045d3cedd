import { getRegistry } from "@pulumi/azure-native/containerregistry";
import { getResource } from "@pulumi/azure-native/resources";
import type { StackConfiguration } from "../../configuration/schema";
import type { AzureSnapshot, RegistryAnswer } from "../../snapshot";
import { answerOf } from "./answers";
import type { AzureProviders } from "./providers";

/** Its registries have `roleAssignmentMode`; the version that azure-native uses lacks it. */
const API_VERSION = "2025-11-01";

/** What ARM says of a registry, as far as it is read. */
interface Properties {
  readonly loginServer: string;
  readonly roleAssignmentMode?: string;
  readonly publicNetworkAccess?: string;
  readonly networkRuleSet?: { readonly defaultAction?: string };
}

/** The registry. With a stated mode, also where Azure does not know the API version with the mode. */
export async function discoverRegistry(
  { registry }: StackConfiguration,
  providers: AzureProviders,
): Promise<AzureSnapshot["registry"]> {
  const { resourceGroup: resourceGroupName, name: registryName } = registry;
  const option = providers(registry.subscription);
  const reading = getResource(
    {
      apiVersion: API_VERSION,
      resourceGroupName,
      resourceProviderNamespace: "Microsoft.ContainerRegistry",
      parentResourcePath: "",
      resourceType: "registries",
      resourceName: registryName,
    },
    option,
  );
  const answer = await answerOf(
    reading.then(({ id, name, properties }) => registryOf(id, name, properties as Properties)),
  );
  if (answer.status !== "unsupported" || registry.permissions === "auto") return answer;
  const older = getRegistry({ resourceGroupName, registryName }, option);
  return answerOf(older.then(({ id, name, ...properties }) => registryOf(id, name, properties)));
}

function registryOf(id: string, name: string, properties: Properties): RegistryAnswer {
  const { loginServer, roleAssignmentMode, publicNetworkAccess, networkRuleSet } = properties;
  const isClosed =
    publicNetworkAccess === "Disabled" || publicNetworkAccess === "SecuredByPerimeter";
  const isPrivate = isClosed || networkRuleSet?.defaultAction === "Deny";
  return { id, name, loginServer, roleAssignmentMode, isPrivate };
}
