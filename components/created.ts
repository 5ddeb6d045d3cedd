import { CertificateProfile } from "@pulumi/azure-native/codesigning/certificateProfile";
import { CodeSigningAccount } from "@pulumi/azure-native/codesigning/codeSigningAccount";
import { Resource } from "@pulumi/azure-native/resources/resource";
import type * as pulumi from "@pulumi/pulumi";
import type { CreatedPlan } from "../planning/stack-plan";
import { ACCOUNT_NAME, PROFILE_NAME, REGISTRY_NAME } from "../trust/resource-names";

/** The Azure provider of a subscription, as an option; none for the default provider's. */
export type AzureProviders = (subscription: string | undefined) => {
  readonly provider?: pulumi.ProviderResource;
};

/** What the stack creates for all its pipelines. */
export interface Created {
  /** Everything, so that roles on it come after it. */
  readonly all: readonly pulumi.Resource[];
  /** Login server of the registry. Undefined: the stack creates none. */
  readonly loginServer?: pulumi.Output<string>;
}

/**
 * Its type in azure-native has an older API version, which does not know the mode. This version also
 * knows the domain name label; the stable version 2025-11-01 does not.
 */
const REGISTRY_VERSION = "2025-06-01-preview";

export function declareCreated(plan: CreatedPlan, providers: AzureProviders): Created {
  const registry = plan.registry && declareRegistry(plan.registry, plan.generation, providers);
  const account = plan.account && declareAccount(plan.account, providers);
  const profile = plan.profile && declareProfile(plan.profile, account, plan.generation, providers);
  return {
    all: [registry, account, profile].filter((it) => it !== undefined),
    loginServer: registry?.properties.apply((it) => (it as { loginServer: string }).loginServer),
  };
}

function declareRegistry(
  plan: NonNullable<CreatedPlan["registry"]>,
  generation: CreatedPlan["generation"],
  providers: AzureProviders,
): Resource {
  const { resourceGroup, subscription, name, location, sku, properties, tags, protect } = plan;
  return new Resource(
    REGISTRY_NAME,
    {
      apiVersion: REGISTRY_VERSION,
      resourceGroupName: resourceGroup,
      resourceProviderNamespace: "Microsoft.ContainerRegistry",
      parentResourcePath: "",
      resourceType: "registries",
      resourceName: name,
      location,
      sku: { name: sku },
      properties: { ...properties },
      tags: { ...tags },
    },
    {
      ...providers(subscription),
      protect,
      // Azure cannot change the region and the label: the provider would try to.
      replacementTrigger: generation.registry,
      deleteBeforeReplace: true,
    },
  );
}

function declareAccount(
  plan: NonNullable<CreatedPlan["account"]>,
  providers: AzureProviders,
): CodeSigningAccount {
  const { resourceGroup, subscription, name, location, sku, tags, protect } = plan;
  return new CodeSigningAccount(
    ACCOUNT_NAME,
    {
      resourceGroupName: resourceGroup,
      accountName: name,
      location,
      sku: { name: sku },
      tags: { ...tags },
    },
    { ...providers(subscription), protect, deleteBeforeReplace: true },
  );
}

function declareProfile(
  plan: NonNullable<CreatedPlan["profile"]>,
  account: CodeSigningAccount | undefined,
  generation: CreatedPlan["generation"],
  providers: AzureProviders,
): CertificateProfile {
  const { resourceGroup, subscription, account: accountName, name, type, protect } = plan;
  const { identityValidationId, subject } = plan;
  return new CertificateProfile(
    PROFILE_NAME,
    {
      resourceGroupName: resourceGroup,
      accountName: account?.name ?? accountName,
      profileName: name,
      profileType: type,
      identityValidationId,
      ...subject,
    },
    {
      ...providers(subscription),
      protect,
      // A changed validation needs a new profile. Azure's answer to an update is unverified.
      replacementTrigger: generation.profile,
      deleteBeforeReplace: true,
    },
  );
}
