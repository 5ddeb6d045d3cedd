import { getCertificateProfile, getCodeSigningAccount } from "@pulumi/azure-native/codesigning";
import type * as pulumi from "@pulumi/pulumi";
import { type Problem, refuse, together } from "../configuration/problems";
import { missingAttributes } from "../trust/policy";
import { unlessMissing } from "./azure";

/** A certificate profile of Artifact Signing as Azure reports it. */
export interface CertificateProfile {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  /** The account's regional endpoint. */
  readonly endpoint: string;
  /** `PublicTrust` certificates chain to the root that is committed for timestamps too. */
  readonly type: string;
  /** Subject of its active certificate; undefined as long as it has issued none. */
  readonly subject: string | undefined;
}

/** The types whose signatures Notation's users can trust (peers-and-style.md, 6). */
const TYPES = ["PublicTrust", "PrivateTrust"];

/**
 * Reads an existing account and profile.
 *
 * @throws ProblemsError where one is missing or inactive, or where Notation could not trust what
 * the profile signs.
 */
export async function readProfile(
  wanted: { readonly resourceGroup: string; readonly account: string; readonly profile: string },
  opts?: pulumi.InvokeOptions,
): Promise<CertificateProfile> {
  const { resourceGroup: resourceGroupName, account: accountName, profile: profileName } = wanted;
  const missing = (path: string, given: string, allowed: string): Problem => ({
    path,
    given,
    allowed,
    remedy: "check group, name and subscription, and that you may read it",
  });
  const [account, profile] = await together("The signing account cannot be used", [
    unlessMissing(
      getCodeSigningAccount({ resourceGroupName, accountName }, opts),
      missing(
        "countersign:signing.account",
        `${resourceGroupName}/${accountName}`,
        "an existing Artifact Signing account",
      ),
    ),
    unlessMissing(
      getCertificateProfile({ resourceGroupName, accountName, profileName }, opts),
      missing(
        "countersign:signing.profile",
        `${accountName}/${profileName}`,
        "an existing certificate profile",
      ),
    ),
  ]);
  const certificate = profile.certificates.find(({ status }) => status === "Active");
  refuse("The certificate profile cannot be used", faults(profile, certificate?.subjectName));
  return {
    id: profile.id,
    account: account.name,
    name: profile.name,
    endpoint: account.accountUri,
    type: profile.profileType,
    subject: certificate?.subjectName,
  };
}

function faults(
  { name, status, profileType }: { name: string; status: string; profileType: string },
  subject: string | undefined,
): Problem[] {
  const problems: Problem[] = [];
  const report = (allowed: string, remedy: string) =>
    problems.push({ path: "countersign:signing.profile", given: name, allowed, remedy });
  if (status !== "Active") {
    report("an active profile", `it is ${status}: see the account's identity validation`);
  }
  if (!TYPES.includes(profileType)) {
    report(`a profile of type ${TYPES.join(" or ")}`, `it is ${profileType}: choose another`);
  }
  const missing = subject === undefined ? [] : missingAttributes(subject);
  if (missing.length > 0) {
    const remedy = `it lacks ${missing.join(", ")}, which Notation demands: choose another profile`;
    report("a profile whose subject has C, ST and O", remedy);
  }
  return problems;
}
