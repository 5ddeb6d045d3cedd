import { z } from "zod";

/** Subject of certificates, where the world says nothing else. */
export const SUBJECT = "CN=Contoso Ltd, O=Contoso Ltd, L=Redmond, S=Washington, C=US";

const profile = z.strictObject({
  name: z.string(),
  type: z
    .enum(["PublicTrust", "PrivateTrust", "PrivateTrustCIPolicy", "VBSEnclave", "PublicTrustTest"])
    .default("PublicTrust"),
  /** Subject of its certificates. Empty if the profile has issued no certificate. */
  subject: z.string().default(SUBJECT),
  status: z.enum(["Active", "Disabled", "Suspended"]).default("Active"),
});

const credential = z.strictObject({ name: z.string(), subject: z.string() });

/** The subscription of a resource. Its resource group then exists there. Default: the provider's. */
const subscription = z.guid().optional();

const registry = z.strictObject({
  resourceGroup: z.string(),
  subscription,
  name: z.string(),
  /** `unreported`: ARM's answer has no role assignment mode. */
  mode: z.enum(["abac", "rbac", "unreported"]).default("abac"),
  loginServer: z.string(),
  publicNetworkAccess: z.enum(["Enabled", "Disabled", "SecuredByPerimeter"]).default("Enabled"),
  /** What the registry's network rules do with an address that they do not name. */
  networkDefaultAction: z.enum(["Allow", "Deny"]).default("Allow"),
  /** Whether the account that deploys can read the registry. Otherwise Azure answers 403. */
  readable: z.boolean().default(true),
});

const signingAccount = z.strictObject({
  resourceGroup: z.string(),
  subscription,
  name: z.string(),
  location: z.string().default("westeurope"),
  endpoint: z.url().default("https://weu.codesigning.azure.net/"),
  profiles: z.array(profile).default([]),
});

/** What exists in Azure and in Entra before a rehearsal. */
export const azureSchema = z.strictObject({
  tenantId: z.guid().default("7e1a0000-0000-4000-8000-00000000c0de"),
  /** The subscription that Pulumi's provider is configured for. */
  subscriptionId: z.guid().default("5ab50000-0000-4000-8000-00000000c0de"),
  /** The Azure cloud. */
  environment: z.enum(["public", "usgovernment", "china"]).default("public"),
  /** Resource groups of that subscription. */
  resourceGroups: z.array(z.string()).default([]),
  /** Other subscriptions that the account that deploys can use, with resource groups in them. */
  otherSubscriptions: z
    .array(
      z.strictObject({
        subscriptionId: z.guid(),
        resourceGroups: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  registries: z.array(registry).default([]),
  signingAccounts: z.array(signingAccount).default([]),
  /** User-assigned identities that exist already. */
  identities: z
    .array(
      z.strictObject({
        resourceGroup: z.string(),
        subscription,
        name: z.string(),
        credentials: z.array(credential).default([]),
      }),
    )
    .default([]),
  /** Entra applications that exist already. */
  applications: z
    .array(
      z.strictObject({
        displayName: z.string(),
        clientId: z.guid(),
        servicePrincipal: z.boolean().default(true),
        credentials: z.array(credential).default([]),
      }),
    )
    .default([]),
  /** API versions of container registries that this cloud has. Default: all that the rules know. */
  registryApiVersions: z.array(z.string()).optional(),
  /** Whether azure-native is 3.19.0 or later: an older one ignores `apiVersion` in `getResource`. */
  honorsApiVersion: z.boolean().default(true),
  /**
   * Whether a PUT of a registry that does not state a mode resets the mode. What ARM does is not
   * known. A PUT in a version that has no mode cannot state one.
   */
  putResetsMode: z.boolean().default(true),
  /** Login servers of registries of other people. Names of registries are unique in Azure. */
  takenLoginServers: z.array(z.string()).optional(),
  /** Faults to rehearse. */
  faults: z
    .strictObject({
      /** How many logins to the registry are refused before new roles apply. */
      refusedLogins: z.int().nonnegative().default(0),
      /** How many requests are answered with 429 first. */
      throttled: z.int().nonnegative().default(0),
    })
    .prefault({}),
});
