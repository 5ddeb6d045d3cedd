/** Path of the root certificate of the timestamp service, in each repository. */
export const TIMESTAMP_ROOT = ".github/certs/timestamp-root.pem";

// By their names: https://github.com/notaryproject/notation-go/blob/v1.3.2/internal/pkix/pkix.go
const REQUIRED_ATTRIBUTES = [["C"], ["ST", "S"], ["O"]] as const;

/** The attributes that Notation requires and that a subject does not have, such as `["ST"]`. */
export function missingAttributes(subject: string): string[] {
  const present = new Set(subject.split(/(?<!\\),\s*/).map((part) => part.split("=")[0]?.trim()));
  return REQUIRED_ATTRIBUTES.filter((names) => !names.some((name) => present.has(name))).map(
    ([name]) => name,
  );
}

/**
 * The trust policy of Notation 1.3 that accepts timestamped signatures of one certificate subject.
 * Source: https://github.com/notaryproject/specifications/blob/main/specs/trust-store-trust-policy.md
 */
export function trustPolicy(subject: string, repositories: readonly string[]) {
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
  } as const;
}

/** The command that shows the signature of an image. `DIGEST` stands for the image's digest. */
export function inspectCommand(reference: string): string {
  return `notation inspect ${reference}@DIGEST`;
}

/**
 * The commands that verify the signature of an image. A verifier runs the last command for each
 * image, and the other commands once. `DIGEST` stands for the image's digest.
 */
export function verifyCommands(what: {
  /** Repositories that images are pushed to, as `LOGIN_SERVER/NAME`. */
  readonly references: readonly string[];
  /** Subject of the signing certificate. Undefined: no certificate has been issued yet. */
  readonly subject: string | undefined;
  /** File with the root certificate of the timestamp service. */
  readonly timestampRoot: string;
  /** File with the root of the signing certificates. Undefined: the user supplies it. */
  readonly signingRoot: string | undefined;
}): string {
  const policy = trustPolicy(what.subject ?? "SUBJECT", what.references);
  return [
    `notation cert add --type ca --store countersign ${what.signingRoot ?? "SIGNING_ROOT.pem"}`,
    `notation cert add --type tsa --store countersign ${what.timestampRoot}`,
    "cat > trustpolicy.json <<'END'",
    JSON.stringify(policy, undefined, 2),
    "END",
    "notation policy import trustpolicy.json",
    `notation verify ${what.references[0]}@DIGEST`,
  ].join("\n");
}
