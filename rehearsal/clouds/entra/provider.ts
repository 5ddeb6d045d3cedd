import type { AzureState } from "../azure/state";
import type { ProviderTable } from "../table";
import { applicationOwner, applicationRegistration } from "./applications";
import { applicationCredentials } from "./credentials";
import { entraFunctions } from "./functions";
import { servicePrincipal } from "./service-principals";

/** The embedded azuread. It shares its state with the embedded azure-native. */
export function entraProvider(azure: AzureState): ProviderTable {
  return {
    name: "azuread",
    version: "6.9.1",
    echoes: true,
    resources: [
      applicationRegistration(azure),
      applicationOwner(azure),
      servicePrincipal(azure),
      ...applicationCredentials(azure),
    ],
    functions: entraFunctions(azure),
  };
}
