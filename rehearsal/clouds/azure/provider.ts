import type { ProviderTable } from "../table";
import { roleAssignment } from "./assignments";
import { federatedCredential } from "./credentials";
import { azureFunctions } from "./functions";
import { userAssignedIdentity } from "./identities";
import type { AzureState } from "./state";

/** The embedded azure-native. To serve another type or function, add an entry. */
export function azureProvider(azure: AzureState): ProviderTable {
  return {
    name: "azure-native",
    version: "3.28.0",
    echoes: false,
    resources: [userAssignedIdentity(azure), federatedCredential(azure), roleAssignment(azure)],
    functions: azureFunctions(azure),
  };
}
