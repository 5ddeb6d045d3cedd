import { createHash, X509Certificate } from "node:crypto";

/** What a verifier accepts: timestamped signatures of one subject, on the images of pipelines. */
export interface VerifierTrust {
  /** C, ST, and O of the signing certificates, as Notation reads them. */
  readonly subject: string;
  /** Root of the signing certificates, as PEM. Issuing certificates change, so none is pinned. */
  readonly signingRoot: string;
  /** Root of the timestamp service, as PEM. */
  readonly timestampRoot: string;
  readonly statements: readonly TrustStatement[];
}

/** The images of one pipeline. */
export interface TrustStatement {
  /** Unique in the policy. Example: `countersign/prod/web`. */
  readonly name: string;
  /** Repositories, as `LOGIN_SERVER/NAME`. Notation accepts no patterns. `*`: all repositories. */
  readonly scopes: readonly string[];
}

/**
 * The trust policy of Notation 1.3.
 * Source: https://github.com/notaryproject/specifications/blob/main/specs/trust-store-trust-policy.md
 */
export function trustPolicy({ subject, signingRoot, timestampRoot, statements }: VerifierTrust) {
  const trustStores = [`ca:${storeName(signingRoot)}`, `tsa:${storeName(timestampRoot)}`];
  return {
    version: "1.0",
    trustPolicies: statements.map(({ name, scopes: registryScopes }) => ({
      name,
      registryScopes,
      signatureVerification: { level: "strict", verifyTimestamp: "always" },
      trustStores,
      trustedIdentities: [`x509.subject: ${subject}`],
    })),
  };
}

/** A store is named by its certificate, so that stores of several stacks never collide. */
function storeName(pem: string): string {
  return `countersign-${fingerprint(pem).slice(0, 12)}`;
}

/** The SHA-256 of a certificate, in lowercase hexadecimal digits. */
export function fingerprint(pem: string): string {
  return createHash("sha256").update(new X509Certificate(pem).raw).digest("hex");
}

/** The policy and its stores by path. Together they are a configuration folder of Notation. */
export function trustFiles(trust: VerifierTrust): Record<string, string> {
  const root = (type: "ca" | "tsa", pem: string) => ({
    [`truststore/x509/${type}/${storeName(pem)}/root.pem`]: pem,
  });
  return {
    "trustpolicy.json": `${JSON.stringify(trustPolicy(trust), undefined, 2)}\n`,
    ...root("ca", trust.signingRoot),
    ...root("tsa", trust.timestampRoot),
  };
}

/** The command that shows the signature of an image. `DIGEST` stands for the image's digest. */
export function inspectCommand(reference: string): string {
  return `notation inspect ${reference}@DIGEST`;
}

/**
 * The command that verifies an image with what the stack exports. Without an output, it fails: bash
 * would run an empty script with success.
 */
export function verifyCommand(reference: string): string {
  return `pulumi stack output verification --json | jq -er '."verify.sh"' > verify.sh && bash verify.sh ${reference}@DIGEST`;
}
