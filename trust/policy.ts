/** What a verifier demands of a signature; every field as Notation 1.3 reads it (notation.md, 6). */
export interface TrustPolicy {
  readonly version: "1.0";
  readonly trustPolicies: readonly [
    {
      readonly name: string;
      readonly registryScopes: readonly string[];
      readonly signatureVerification: {
        readonly level: "strict";
        readonly verifyTimestamp: "always";
      };
      readonly trustStores: readonly string[];
      readonly trustedIdentities: readonly string[];
    },
  ];
}

/** Notation demands these attributes of a certificate's subject (notation.md, 6). */
const REQUIRED_ATTRIBUTES: ReadonlyArray<readonly string[]> = [["C"], ["ST", "S"], ["O"]];

/** The attributes that Notation demands and this subject lacks, e.g. `["ST"]`. */
export function missingAttributes(subject: string): string[] {
  const present = new Set(subject.split(/(?<!\\),\s*/).map((part) => part.split("=")[0]?.trim()));
  return REQUIRED_ATTRIBUTES.filter((names) => !names.some((name) => present.has(name))).map(
    ([name]) => name as string,
  );
}

/** Strict: only this subject, for these repositories, timestamped. */
export function trustPolicy(subject: string, repositories: readonly string[]): TrustPolicy {
  return {
    version: "1.0",
    trustPolicies: [
      {
        name: "countersign",
        registryScopes: repositories,
        signatureVerification: { level: "strict", verifyTimestamp: "always" },
        trustStores: ["ca:countersign", "tsa:countersign"],
        trustedIdentities: [`x509.subject: ${subject}`],
      },
    ],
  };
}
