import type { StackConfiguration } from "../configuration/schema";
import type { AzureSnapshot, ProfileAnswer, Snapshot } from "../snapshot";
import type { ProfileScope, RegistryScope } from "../trust/scopes";
import { missingAttributes } from "../trust/verification";
import {
  MICROSOFT_TIMESTAMP_URL,
  microsoftRoot,
  rootCertificateProblem,
} from "../workflow/certificate";
import { answerValue, existing } from "./answers";
import type { Report } from "./report";

/** An existing registry, and how it decides about access. */
export type Registry = Omit<RegistryScope, "images"> & {
  /** Host that images are pushed to. */
  readonly loginServer: string;
};

/** An existing certificate profile of an existing account. */
export type CertificateProfile = ProfileScope &
  Pick<ProfileAnswer, "type" | "subject"> & {
    /** The account's regional endpoint. */
    readonly endpoint: string;
  };

/** An RFC 3161 timestamp service, and its one self-signed root as PEM. */
export type Timestamp = Readonly<Record<"url" | "root", string>>;

export function planRegistry(
  wanted: StackConfiguration["registry"],
  answer: AzureSnapshot["registry"],
  report: Report,
): Registry | undefined {
  const given = `${wanted.resourceGroup}/${wanted.name}`;
  const at = ["countersign:registry", given, "an existing container registry"] as const;
  const found = existing(answer, at, report);
  if (!found) return undefined;
  const isAbac = found.roleAssignmentMode === "AbacRepositoryPermissions";
  const permissions = isAbac ? "abac" : "rbac";
  if (wanted.permissions !== "auto" && wanted.permissions !== permissions) {
    const expected = `auto, or ${permissions}, which is the mode of registry ${wanted.name}`;
    const fix =
      "Correct the value or remove it. To change the mode, change it in the registry first.";
    report("countersign:registry.permissions", wanted.permissions, expected, fix);
  }
  const { id, name, loginServer } = found;
  return { id, name, loginServer, permissions };
}

/** The types whose signatures Notation's users can trust. */
const TYPES = ["PublicTrust", "PrivateTrust"];

export function planProfile(
  { resourceGroup, account: accountName, profile: profileName }: StackConfiguration["signing"],
  { account: accountAnswer, profile: profileAnswer }: Pick<AzureSnapshot, "account" | "profile">,
  report: Report,
): CertificateProfile | undefined {
  const at = ["countersign:signing.account", `${resourceGroup}/${accountName}`] as const;
  const expected = "an existing Artifact Signing account";
  const account = existing(accountAnswer, [...at, expected], report);
  const path = "countersign:signing.profile";
  const given = `${accountName}/${profileName}`;
  const profile = existing(profileAnswer, [path, given, "an existing certificate profile"], report);
  if (!account || !profile) return undefined;
  const { id, name, type, status, subject } = profile;
  if (status !== "Active") {
    const fix = `The profile's status is ${status}. Check the identity validation of the account.`;
    report(path, name, "an active certificate profile", fix);
  }
  if (!TYPES.includes(type)) {
    const fix = `The profile's type is ${type}. Choose another profile.`;
    report(path, name, `a certificate profile of type ${TYPES.join(" or ")}`, fix);
  }
  const missing = subject === undefined ? [] : missingAttributes(subject);
  if (missing.length > 0) {
    const fix = `The subject has no ${missing.join(" and no ")}, which Notation requires. Choose another profile.`;
    report(path, name, "a certificate profile whose subject has C, ST and O", fix);
  }
  return { id, account: account.name, name, endpoint: account.endpoint, type, subject };
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
  return { url: wanted.url, root: text };
}
