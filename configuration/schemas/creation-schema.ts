import { z } from "zod";
import { SIGNING_REGIONS } from "../../trust/signing-regions";
import { isRecord, type Report } from "../problems";
import * as field from "./fields";
import { list, object, text } from "./fields";

const protect = z
  .boolean()
  .default(true)
  .describe("Pulumi does not delete or replace it. Set `false` and run `pulumi up` before you do.");

const tags = z
  .record(field.tagName, z.string().max(256))
  .default({})
  .describe("Tags, in addition to `countersign:tags`.");

const location = field.location.optional().describe("Azure region. Default: the identities'.");

/** A name that the user chooses: the rules of an existing one, but nothing to copy it from. */
function chosen(existing: z.ZodString) {
  const checked = z.string().superRefine((name, { addIssue }) => {
    for (const issue of existing.safeParse(name).error?.issues ?? []) {
      const of = issue.code === "custom" ? issue.params : {};
      addIssue({ code: "custom", params: { ...of, fix: "Choose another name." } });
    }
  });
  return checked.meta(existing.meta() ?? {});
}

const OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const cidr = text(
  new RegExp(`^(?:${OCTET}\\.){3}${OCTET}(?:/(?:[0-9]|[12][0-9]|30))?$`),
  "an IPv4 address or range, such as 203.0.113.0/24",
  "Azure accepts IPv4 addresses, and ranges up to /30.",
);

/** A registry that the stack creates, and what it sends to Azure. */
export const registryCreation = object("Creates the registry.", {
  name: chosen(field.registryName).describe(
    "Name of the registry. All of Azure shares these names.",
  ),
  location,
  sku: z.enum(["Basic", "Standard", "Premium"]).default("Standard").describe("Tier."),
  // https://learn.microsoft.com/azure/container-registry/container-registry-get-started-azure-cli
  domainNameLabel: z
    .enum(["Unsecure", "TenantReuse", "SubscriptionReuse", "ResourceGroupReuse", "NoReuse"])
    .default("TenantReuse")
    .describe("Who can get the same login server after a deletion. It cannot change later."),
  publicNetworkAccess: z.boolean().default(true).describe("Whether the internet can reach it."),
  allowedIps: list(cidr, "Only these addresses can reach it. Needs the tier Premium.")
    .min(1)
    .optional(),
  tags,
  protect,
});

/** An Artifact Signing account that the stack creates. */
export const accountCreation = object("Creates the account.", {
  name: chosen(field.accountName),
  location,
  sku: z.enum(["Basic", "Premium"]).default("Basic").describe("Tier."),
  tags,
  protect,
});

/** A certificate profile that the stack creates. */
export const profileCreation = object("Creates the certificate profile.", {
  name: chosen(field.profileName),
  type: z.enum(["PublicTrust", "PrivateTrust", "PublicTrustTest"]).default("PublicTrust"),
  identityValidationId: field.identityValidation
    .optional()
    .describe("ID of a completed identity validation."),
  includeStreetAddress: z.boolean().default(false).describe("Adds the street to the subject."),
  includePostalCode: z.boolean().default(false).describe("Adds the postal code to the subject."),
  protect,
});

/** A repository that the stack creates. */
export const repositoryCreation = object("Creates the repository, with a first commit.", {
  name: chosen(field.repositoryName).optional().describe("Default: the key of the pipeline."),
  visibility: z
    .enum(["private", "internal", "public"])
    .default("private")
    .describe("`internal` needs an organization of an enterprise."),
  defaultBranch: field.ref
    .refine((it) => !it.includes("*"), {
      params: { expected: "the name of one branch", fix: "Write the name without `*`." },
    })
    .default("main")
    .describe("Name that the owner's settings give the first branch."),
  protect,
});

/** The part of the configuration that says what the stack creates. */
interface Written {
  readonly identity: { readonly location?: string };
  readonly registry: {
    readonly name?: string;
    readonly create?: z.output<typeof registryCreation>;
  };
  readonly signing: {
    readonly account: string | { readonly create: z.output<typeof accountCreation> };
    readonly profile: string | { readonly create: z.output<typeof profileCreation> };
  };
}

/** A registry exists already, or the stack creates it. */
export function eitherRule(registry: unknown, report: Report): void {
  if (!isRecord(registry) || (registry.name === undefined) !== (registry.create === undefined))
    return;
  const fix = "Write `name` if the registry exists. Write `create: { name: … }` to create it.";
  report("registry", "either `name` or `create`", fix);
}

/** Rules about what the stack creates. @param region the region of the Azure provider. */
export function creationRules(
  { registry, signing, identity }: Written,
  region: string,
  report: Report,
): void {
  const { create } = registry;
  const closed = {
    allowedIps: create?.allowedIps !== undefined,
    publicNetworkAccess: create?.publicNetworkAccess === false,
  };
  for (const [key, isClosed] of Object.entries(closed)) {
    if (!isClosed || create?.sku === "Premium") continue;
    const fix = "Set `sku: Premium`, or remove this key.";
    report(`registry.create.${key}`, "no such key, except in the tier Premium", fix);
  }
  if (closed.allowedIps && closed.publicNetworkAccess) {
    const fix = "Remove one of the two keys.";
    report("registry.create.allowedIps", "no addresses of a registry without public access", fix);
  }
  const account = typeof signing.account === "object" ? signing.account.create : undefined;
  const profile = typeof signing.profile === "object" ? signing.profile.create : undefined;
  if (account && !profile) {
    const fix = "Write `profile: { create: { name: …, identityValidationId: … } }`.";
    report("signing.profile", "`create`, because the new account has no profile", fix);
  }
  if (profile && profile.identityValidationId === undefined) {
    const expected = "the ID of a completed identity validation, a GUID";
    const fix = account ? `${VALIDATION} ${NO_NEW_ACCOUNT}` : VALIDATION;
    report("signing.profile.create.identityValidationId", expected, fix);
  }
  const placed = (account?.location ?? identity.location ?? region)
    .toLowerCase()
    .replaceAll(" ", "");
  if (account && placed !== "" && !SIGNING_REGIONS.includes(placed)) {
    const expected = `a region with Artifact Signing: ${SIGNING_REGIONS.join(", ")}`;
    const source = identity.location ? "identity.location" : "azure-native:location";
    const from = account.location ? "" : `The region is that of \`${source}\`. `;
    const fix = `${from}Set this key to one of these regions.`;
    report("signing.account.create.location", expected, fix, placed);
  }
}

/** Source: https://learn.microsoft.com/azure/artifact-signing/quickstart. The message names it. */
const VALIDATION =
  "Microsoft validates your organization once, and only in the Azure portal: https://learn.microsoft.com/azure/artifact-signing/quickstart. Open your Artifact Signing account there, or create one, and choose Objects > Identity validations > New identity. You need the role Artifact Signing Identity Verifier. This page says that the validation takes 1 to 7 business days. Users report up to 20. When its status is Completed, copy its ID.";

const NO_NEW_ACCOUNT =
  "If you created the account there, write `account: NAME` in place of `account: { create: … }`.";
