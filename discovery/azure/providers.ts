import { Provider } from "@pulumi/azure-native/provider";
import * as pulumi from "@pulumi/pulumi";
import type { StackConfiguration } from "../../configuration/schema";

/** An option of resources and functions. Empty: the default provider is used. */
export type ProviderOption = { readonly provider?: Provider };

/** Chooses the Azure provider for a subscription. Undefined stands for the default provider's. */
export type AzureProviders = (subscription: string | undefined) => ProviderOption;

/**
 * Declares a provider for each subscription that the configuration names, other than the default
 * provider's: a provider reads and writes in one subscription only.
 */
export function azureProviders(
  { registry, signing, identity, pipelines }: StackConfiguration,
  own: string,
): AzureProviders {
  const existing = Object.values(pipelines).map((it) => it.identity);
  const named = [registry, signing, identity, ...existing].flatMap((it) =>
    "subscription" in it && it.subscription ? it.subscription.toLowerCase() : [],
  );
  const others = [...new Set(named)].filter((it) => it !== own.toLowerCase());
  const providers = new Map(others.map((it) => [it, providerFor(it)]));
  return (subscription) => {
    const provider = providers.get(subscription?.toLowerCase() ?? "");
    return provider ? { provider } : {};
  };
}

/** An explicit provider has nothing of the default provider's configuration by itself. */
function providerFor(subscriptionId: string): Provider {
  const config = new pulumi.Config("azure-native");
  return new Provider(`azure-${subscriptionId}`, {
    subscriptionId,
    tenantId: config.get("tenantId"),
    clientId: config.get("clientId"),
    clientSecret: config.getSecret("clientSecret"),
    clientCertificatePath: config.get("clientCertificatePath"),
    clientCertificatePassword: config.getSecret("clientCertificatePassword"),
    oidcToken: config.getSecret("oidcToken"),
    oidcTokenFilePath: config.get("oidcTokenFilePath"),
    oidcRequestToken: config.getSecret("oidcRequestToken"),
    oidcRequestUrl: config.get("oidcRequestUrl"),
    useOidc: config.getBoolean("useOidc"),
    useMsi: config.getBoolean("useMsi"),
    msiEndpoint: config.get("msiEndpoint"),
    useDefaultAzureCredential: config.getBoolean("useDefaultAzureCredential"),
    auxiliaryTenantIds: config.getObject("auxiliaryTenantIds"),
    environment: config.get("environment"),
    metadataHost: config.get("metadataHost"),
    disableInstanceDiscovery: config.getBoolean("disableInstanceDiscovery"),
    location: config.get("location"),
    partnerId: config.get("partnerId"),
    disablePulumiPartnerId: config.getBoolean("disablePulumiPartnerId"),
  });
}
