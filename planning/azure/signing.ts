import { shortRegion } from "../../configuration/read";
import type { StackConfiguration } from "../../configuration/schema";
import type { AzureSnapshot, ProfileAnswer, Snapshot } from "../../snapshot";
import { notationSubject } from "../../trust/distinguished-name";
import { ACCOUNT_NAME, PROFILE_NAME } from "../../trust/resource-names";
import type { ProfileScope } from "../../trust/scopes";
import { signingEndpoint } from "../../trust/signing-regions";
import {
  certificateOnly,
  MICROSOFT_TIMESTAMP_URL,
  microsoftRoot,
  rootCertificateProblem,
} from "../../workflow/certificate";
import { answerValue, existing } from "../answers";
import { type Report, under } from "../report";
import { checkOwnership } from "./created";
import { placesOf } from "./places";

/** An existing certificate profile of an existing account. */
export type CertificateProfile = ProfileScope &
  Pick<ProfileAnswer, "type"> & {
    /** C, ST, and O of its certificates, as Notation reads them; undefined while it has issued none. */
    readonly subject?: string;
    /** The account's regional endpoint. */
    readonly endpoint: string;
  };

/** An RFC 3161 timestamp service, and its one self-signed root as PEM. */
export type Timestamp = Readonly<Record<"url" | "root", string>>;

/** The types whose signatures Notation's users can trust. */
const TYPES = ["PublicTrust", "PrivateTrust"];

export function planProfile(
  configuration: StackConfiguration,
  { azure, state }: Snapshot,
  report: Report,
): CertificateProfile | undefined {
  const { account: accountName, profile: profileName, createProfile } = configuration.signing;
  const account = planAccount(configuration, azure.account, state.resources, report);
  const path = "countersign:signing.profile";
  const given = `${accountName}/${profileName}`;
  const at = under(report, path);
  const ownership = {
    resource: PROFILE_NAME,
    kind: "certificate profile",
    name: profileName,
    given,
    creates: createProfile !== undefined,
    adopt: `profile: ${profileName}`,
  } as const;
  if (!checkOwnership(ownership, azure.profile.status, state.resources, at)) return undefined;
  if (createProfile && azure.profile.status === "missing") {
    const { profile: id } = placesOf(configuration, azure.client.subscriptionId);
    const { name, type } = createProfile;
    return account && { id, account: account.name, name, endpoint: account.endpoint, type };
  }
  const expected = "an existing certificate profile";
  const profile = existing(azure.profile, [path, given, expected], report, missing(profileName));
  if (!account || !profile) return undefined;
  const { id, name, type, status, subject } = profile;
  // The validation of an own profile can have expired: then this run replaces the profile.
  if (status !== "Active" && !createProfile) {
    const fix = `The profile's status is ${status}. Check the identity validation of the account.`;
    report(path, name, "an active certificate profile", fix);
  }
  if (!TYPES.includes(type) && type !== createProfile?.type) {
    const fix = `The profile's type is ${type}. Choose another profile.`;
    report(path, name, `a certificate profile of type ${TYPES.join(" or ")}`, fix);
  }
  const wanted = subject === undefined ? undefined : notationSubject(subject);
  if (wanted && "problem" in wanted) {
    const fix = `Its subject is ${subject}: ${wanted.problem}. Choose another profile.`;
    report(path, name, "a certificate profile whose subject Notation can match", fix);
  } else if (wanted && wanted.missing.length > 0) {
    const fix = `The subject has no ${wanted.missing.join(" and no ")}, which Notation requires. Choose another profile.`;
    report(path, name, "a certificate profile whose subject has C, ST and O", fix);
  }
  const matched = wanted && "subject" in wanted ? wanted.subject : undefined;
  return { id, account: account.name, name, endpoint: account.endpoint, type, subject: matched };
}

/** The account, with the endpoint of its region. */
function planAccount(
  { signing, identity }: StackConfiguration,
  answer: AzureSnapshot["account"],
  resources: Snapshot["state"]["resources"],
  report: Report,
): { readonly name: string; readonly endpoint: string } | undefined {
  const { resourceGroup, account: name, createAccount } = signing;
  const path = "countersign:signing.account";
  const given = `${resourceGroup}/${name}`;
  const ownership = {
    resource: ACCOUNT_NAME,
    kind: "Artifact Signing account",
    name,
    given,
    creates: createAccount !== undefined,
    adopt: `account: ${name}`,
  } as const;
  if (!checkOwnership(ownership, answer.status, resources, under(report, path))) return undefined;
  if (createAccount && answer.status === "missing") {
    const region = shortRegion(createAccount.location ?? identity.location);
    return { name, endpoint: signingEndpoint(region) ?? "" };
  }
  const expected = "an existing Artifact Signing account";
  return existing(answer, [path, given, expected], report, missing(name));
}

function missing(name: string): string {
  return `Check the resource group and the name. If it is in another subscription, set \`subscription\`. To create it, write \`create: { name: ${name} }\` in place of the name.`;
}

export function planTimestamp(
  wanted: StackConfiguration["signing"]["timestamp"],
  root: Snapshot["timestampRoot"],
  report: Report,
): Timestamp {
  if (!wanted) return { url: MICROSOFT_TIMESTAMP_URL, root: microsoftRoot() };
  const path = "countersign:signing.timestamp.rootCertificate";
  const expected = "a PEM file with one self-signed root certificate";
  const problem = (fix: string) => report(path, wanted.rootCertificate, expected, fix);
  const text = answerValue(root);
  if (text === undefined) {
    const said = root && "said" in root ? root.said : "";
    problem(`Give the path from the project's folder. The file cannot be read: ${said}`);
    return { url: wanted.url, root: "" };
  }
  const fault = rootCertificateProblem(text);
  if (fault) problem(`Give another file: ${fault}.`);
  return { url: wanted.url, root: fault ? "" : certificateOnly(text) };
}
