import { createHash } from "node:crypto";
import type { AzureState } from "../state";
import type { Target } from "./target";

/** Azure/azure-cli: `acr_login_server_endpoint` of azure-cli-core, `azure/cli/core/cloud.py`. */
const DOMAINS = { public: "azurecr.io", usgovernment: "azurecr.us", china: "azurecr.cn" };

/**
 * The login server of a new registry. With a domain name label, it has a hash, such as
 * `name-0123456789abcdef.azurecr.io`. The scope of the label says where a registry of the same name
 * gets the same hash. How Azure computes it is not public.
 * https://github.com/Azure/azure-cli/pull/30404
 */
export function loginServerOf(azure: AzureState, { names, ...at }: Target, scope: string): string {
  const name = (names[0] ?? "").toLowerCase();
  const { environment, tenantId } = azure.world;
  const group = `${at.subscription}/${at.group}`.toLowerCase();
  const seeds: Record<string, string> = {
    TenantReuse: tenantId,
    SubscriptionReuse: `${tenantId}/${at.subscription}`.toLowerCase(),
    ResourceGroupReuse: `${tenantId}/${group}`,
    NoReuse: azure.guid(`registry ${group}/${name}`),
  };
  const seed = seeds[scope];
  const hash = createHash("sha256").update(`${seed}/${name}`).digest("hex").slice(0, 16);
  return `${name}${seed === undefined ? "" : `-${hash}`}.${DOMAINS[environment]}`;
}
