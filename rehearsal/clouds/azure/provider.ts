import type { ProviderTable } from "../table";
import type { Properties } from "../wire";
import { Arm } from "./arm/arm";
import { Client } from "./native/client";
import { clientConfig, clientToken, getter } from "./native/functions";
import type { Instance } from "./native/instance";
import { FUNCTIONS, RESOURCES, VERSION } from "./native/metadata";
import { resourceType } from "./native/resources";
import { RULES } from "./native/rules";
import type { AzureState } from "./state";

/**
 * The embedded azure-native. `native/` is the provider, and `arm/` is Azure. To serve another type
 * or function, add it to `native/metadata.ts`, and its resource to `arm/`.
 */
export function azureProvider(azure: AzureState): ProviderTable {
  const client = new Client(new Arm(azure));
  /** Without a subscription in its configuration, an instance uses that of the login. */
  const table = (configuration: Properties): ProviderTable => {
    const { subscriptionId, location } = configuration as Record<string, string | undefined>;
    const instance: Instance = {
      azure,
      client,
      subscriptionId: subscriptionId || azure.world.subscriptionId,
      location,
    };
    return {
      name: "azure-native",
      version: VERSION,
      echoes: false,
      resources: RESOURCES.map((it) => resourceType(it, instance)),
      functions: [
        clientConfig(instance),
        clientToken(),
        ...FUNCTIONS.map((it) => getter(it, instance)),
      ],
      rules: RULES,
      configured: table,
    };
  };
  return table({});
}
