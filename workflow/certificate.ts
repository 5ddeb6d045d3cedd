import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Microsoft's timestamp service. HTTP is safe here, because the answers are signed (RFC 3161).
 * Source: https://learn.microsoft.com/azure/artifact-signing/how-to-signing-integrations
 */
export const MICROSOFT_TIMESTAMP_URL = "http://timestamp.acs.microsoft.com/";

/**
 * The root certificate of Microsoft's timestamp service and of Public Trust certificates, as PEM.
 * Source: http://www.microsoft.com/pkiops/certs/microsoft%20identity%20verification%20root%20certificate%20authority%202020.crt
 */
export function microsoftRoot(): string {
  return readFileSync(join(__dirname, "microsoft-identity-verification-root-2020.pem"), "utf8");
}

/** A certificate alone: what is around it in a file would be a part of scripts. */
export function certificateOnly(pem: string): string {
  return new X509Certificate(pem).toString();
}

/**
 * What is wrong with a timestamp root; undefined if it is one self-signed root certificate in PEM.
 * Notation requires one: https://github.com/notaryproject/notation/blob/v1.3.2/cmd/notation/sign.go
 * GitHub's provider commits no binary files: https://github.com/pulumi/pulumi-github/issues/560
 */
export function rootCertificateProblem(pem: string): string | undefined {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----/g)?.length ?? 0;
  if (blocks !== 1) return `the file has ${blocks} PEM certificates`;
  try {
    const certificate = new X509Certificate(pem);
    if (!certificate.checkIssued(certificate)) return "the certificate is not self-signed";
    return certificate.verify(certificate.publicKey)
      ? undefined
      : "the signature of the certificate is not valid";
  } catch {
    return "the certificate cannot be read";
  }
}
