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
  /** Root certificate of the timestamp service, as PEM. */
  readonly timestampRoot: string;
  /** Root of the signing certificates, as PEM. Undefined: the user supplies it as a file. */
  readonly signingRoot: string | undefined;
}): string {
  const policy = trustPolicy(what.subject ?? "SUBJECT", what.references);
  const { timestampRoot, signingRoot } = what;
  const isOne = timestampRoot === signingRoot;
  const signingFile = signingRoot ? "signing-root.pem" : "SIGNING_ROOT.pem";
  const timestampFile = isOne ? signingFile : "timestamp-root.pem";
  return [
    ...(signingRoot ? written(signingFile, signingRoot) : []),
    ...(isOne ? [] : written(timestampFile, timestampRoot)),
    `notation cert add --type ca --store countersign ${signingFile}`,
    `notation cert add --type tsa --store countersign ${timestampFile}`,
    ...written("trustpolicy.json", JSON.stringify(policy, undefined, 2)),
    "notation policy import trustpolicy.json",
    `notation verify ${what.references[0]}@DIGEST`,
  ].join("\n");
}

function written(file: string, text: string): string[] {
  return [`cat > ${file} <<'END'`, text.trimEnd(), "END"];
}
