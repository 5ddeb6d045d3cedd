import { isProperties, type Properties } from "../../wire";
import type { AzureState, Details } from "../state";
import { Refusal } from "./refusal";

type Account = AzureState["world"]["signingAccounts"][number];
export type Profile = Account["profiles"][number];

/** https://learn.microsoft.com/azure/artifact-signing/quickstart */
const REGIONS: Readonly<Record<string, string>> = {
  brazilsouth: "brs",
  centralus: "cus",
  eastus: "eus",
  japaneast: "jpe",
  koreacentral: "krc",
  northcentralus: "ncus",
  northeurope: "neu",
  polandcentral: "plc",
  southcentralus: "scus",
  switzerlandnorth: "swn",
  westcentralus: "wcus",
  westeurope: "weu",
  westus: "wus",
  westus2: "wus2",
  westus3: "wus3",
};

/** The patterns of both names: Azure/azure-rest-api-specs, codesigning, 2024-09-30-preview. */
const ACCOUNT_NAME = /^(?=.{3,24}$)[^0-9][A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/;
const PROFILE_NAME = /^(?=.{5,100}$)[^0-9][A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/;

/** Profiles of each type: https://learn.microsoft.com/azure/artifact-signing/faq */
const MOST: Readonly<Record<string, number>> = { Basic: 1, Premium: 10 };
export const ACCOUNT_SKUS = Object.keys(MOST);

/** The text is unverified, as are all texts of Artifact Signing without a source (u). */
function invalid(code: string, message: string, status = 400): Refusal {
  return new Refusal(status, code, message);
}

/**
 * Where the service is. The text is the one that ARM has for Microsoft.Web/staticSites. That it has
 * it for this type is unverified (u).
 */
export function endpointOf(region: string): string {
  const code = REGIONS[region];
  if (code) return `https://${code}.codesigning.azure.net/`;
  const all = Object.keys(REGIONS).join(",");
  throw invalid(
    "LocationNotAvailableForResourceType",
    `The provided location '${region}' is not available for resource type 'Microsoft.CodeSigning/codeSigningAccounts'. List of available regions for the resource type is '${all}'.`,
  );
}

/** Names are unique in Azure, in any case, and do not start with `one`: the quickstart, as above. */
export function accountNameMustFit(name: string, others: readonly Account[]): void {
  if (!ACCOUNT_NAME.test(name) || /^one/i.test(name)) {
    throw invalid("AccountNameInvalid", `'${name}' is not a name of an account.`);
  }
  if (others.some((it) => it.name.toLowerCase() === name.toLowerCase())) {
    throw invalid("AlreadyExists", `The account name '${name}' is already taken.`, 409);
  }
}

/** That ARM refuses an account without a tier is unverified (u). The SDK lets it be left out. */
export function accountSkuOf({ sku, ...rest }: Properties, profiles: readonly Profile[]): string {
  mustBeKnown(rest, ["accountUri", "provisioningState"]);
  const name = isProperties(sku) ? sku.name : undefined;
  const most = typeof name === "string" ? MOST[name] : undefined;
  if (most === undefined) throw invalid("InvalidSku", `The sku '${name}' is not Basic or Premium.`);
  for (const { type } of profiles) {
    if (profiles.filter((it) => it.type === type).length > most) throw tooMany(String(name), type);
  }
  return String(name);
}

function tooMany(sku: string, type: string): Refusal {
  const message = `An account of the sku ${sku} has at most ${MOST[sku]} profiles of the type ${type}.`;
  return invalid("QuotaExceeded", message);
}

/** An account of the world has no sku. Its profiles are not counted. */
export function mustHaveRoom(sku: string | undefined, others: readonly Profile[], type: string) {
  const count = others.filter((it) => it.type === type).length;
  if (sku && count >= (MOST[sku] ?? 0)) throw tooMany(sku, type);
}

export const PROFILE_TYPES = [
  "PublicTrust",
  "PrivateTrust",
  "PrivateTrustCIPolicy",
  "VBSEnclave",
  "PublicTrustTest",
];
const ANY = ["includePostalCode", "includeStreetAddress"];
/** Only profiles of private trust have a choice: the description of each in 2024-09-30-preview. */
const PRIVATE = ["includeCity", "includeCountry", "includeState"];
const READ_ONLY = ["certificates", "provisioningState", "status"];

/** What a PUT of a profile says, with defaults. */
export function profileOf(name: string, properties: Properties): Details {
  if (!PROFILE_NAME.test(name)) {
    throw invalid("ProfileNameInvalid", `'${name}' is not a name of a profile.`);
  }
  const { profileType, identityValidationId, ...rest } = properties;
  mustBeKnown(rest, [...ANY, ...PRIVATE, ...READ_ONLY]);
  if (!PROFILE_TYPES.includes(String(profileType))) {
    throw invalid("InvalidProfileType", `'${profileType}' is not a type of profiles.`);
  }
  // A validation exists only in the portal. ARM knows whether it does, and this does not.
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(String(identityValidationId))) {
    throw invalid("InvalidIdentityValidationId", `'${identityValidationId}' is not an id.`);
  }
  const isPrivate = String(profileType).startsWith("PrivateTrust");
  const wrong = PRIVATE.find((it) => rest[it] === true && !isPrivate);
  if (wrong) throw invalid("InvalidProperty", `${profileType} has no choice of ${wrong}.`); // (u)
  const included = [...ANY, ...PRIVATE].map((it) => [it, rest[it] ?? false]);
  return {
    properties: { profileType, identityValidationId, ...Object.fromEntries(included) },
  };
}

/** The embedded ARM has no source for what ARM does with others. */
function mustBeKnown(properties: Properties, known: readonly string[]): void {
  const unknown = Object.keys(properties).find((name) => !known.includes(name));
  if (unknown)
    throw new Error(`the embedded ARM does not know ${unknown} of Microsoft.CodeSigning`);
}

/**
 * The same PUT again is accepted: https://github.com/Azure/artifact-signing-action/issues/154.
 * Nothing says that a profile can change. For another identity validation, the documentation
 * deletes the profile and creates it again, so that a change is refused (u):
 * https://learn.microsoft.com/azure/artifact-signing/how-to-renew-identity-validation
 */
export function profileIsFixed(): Refusal {
  return invalid("CertificateProfileUpdateNotSupported", "A profile cannot be changed.");
}
