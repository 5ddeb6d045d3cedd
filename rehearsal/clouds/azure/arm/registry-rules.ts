import { isProperties, type Properties } from "../../wire";
import { Refusal } from "./refusal";

export const SKUS = ["Basic", "Standard", "Premium"];

/** Names: Azure/azure-rest-api-specs, containerregistry.json. The text is that of Azure/azure-cli. */
export function nameMustFit(name: string): void {
  if (/^[a-zA-Z0-9]{5,50}$/.test(name)) return;
  const message =
    "Registry names may contain only alpha numeric characters and must be between 5 and 50 characters";
  throw new Refusal(400, "InvalidResourceName", message); // The code is unverified (u).
}

/** The tier that a PUT names. `Classic` can no longer be created (u). */
export function skuOf(sku: unknown): string {
  const { name } = (isProperties(sku as Properties) ? sku : {}) as Properties;
  if (typeof name === "string" && SKUS.includes(name)) return name;
  const message = `The sku '${name ?? ""}' of a registry is not one of ${SKUS.join(", ")}.`;
  throw new Refusal(400, "InvalidSku", message); // (u)
}

/** https://github.com/MicrosoftDocs/azure-dev-docs/issues/1303; the status is unverified (u). */
export function alreadyInUse(loginServer: string): Refusal {
  const message = `The registry DNS name ${loginServer} is already in use. You can check if the name is already claimed using following API: https://docs.microsoft.com/en-us/rest/api/containerregistry/registries/checknameavailability`;
  return new Refusal(409, "AlreadyInUse", message);
}

/** https://learn.microsoft.com/azure/container-registry/container-registry-get-started-azure-cli */
export function labelScopeIsFixed(): Refusal {
  const message = "The domain name label scope of a registry cannot be changed.";
  return new Refusal(400, "DomainNameLabelScopeImmutable", message); // (u)
}

/**
 * What needs a higher tier. `properties` is what the PUT says. Tiers:
 * https://learn.microsoft.com/azure/container-registry/container-registry-skus
 */
export function tierMustSuffice(sku: string, properties: Properties): void {
  const at = (path: string): unknown =>
    path
      .split(".")
      .reduce<unknown>((it, name) => (it as Properties | undefined)?.[name], properties);
  if (sku === "Basic" && at("anonymousPullEnabled") === true) {
    // https://github.com/MicrosoftDocs/azure-docs/issues/94535
    const message =
      "Anonymous pull is not supported for SKU Managed_Basic. For more information on SKU tiers, please visit https://aka.ms/acr/tiers.";
    throw new Refusal(400, "BadRequest", message);
  }
  if (sku !== "Premium" && at("publicNetworkAccess") === "Disabled") {
    // https://github.com/hashicorp/terraform-provider-azurerm/pull/26054
    const message = `Disabling public network access is not supported for the SKU ${sku}. For more information, please visit https://aka.ms/acr/private-link.`;
    throw new Refusal(400, "DisablingPublicNetworkAccessNotSupported", message);
  }
  const premium = Object.entries({
    // https://github.com/hashicorp/terraform-provider-azurerm/pull/7258
    networkRuleSet: at("networkRuleSet") !== undefined,
    dataEndpointEnabled: at("dataEndpointEnabled") === true,
    // Not since zones are on in every tier (u).
    zoneRedundancy: at("zoneRedundancy") === "Enabled",
    "policies.quarantinePolicy": at("policies.quarantinePolicy.status") === "enabled",
    "policies.trustPolicy": at("policies.trustPolicy.status") === "enabled",
    "policies.retentionPolicy": at("policies.retentionPolicy.status") === "enabled",
    "policies.exportPolicy": at("policies.exportPolicy.status") === "disabled",
  });
  const [found] = premium.find(([, isAsked]) => isAsked && sku !== "Premium") ?? [];
  if (found) {
    const message = `'${found}' needs the SKU Premium, and the registry has ${sku}.`;
    throw new Refusal(400, "SkuNotSupported", message); // (u)
  }
  // https://learn.microsoft.com/azure/container-registry/data-loss-prevention (u)
  const exportsOff = at("policies.exportPolicy.status") === "disabled";
  if (exportsOff && at("publicNetworkAccess") !== "Disabled") {
    const message = "Exports cannot be disabled while public network access is enabled.";
    throw new Refusal(400, "ExportPolicyNotSupported", message); // (u)
  }
}
