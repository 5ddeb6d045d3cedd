import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Microsoft's timestamp service; plain http, as RFC 3161 answers are signed (azure.md, 7). */
export const MICROSOFT_TIMESTAMP_URL = "http://timestamp.acs.microsoft.com/";

/** SHA-256 of Microsoft Identity Verification Root Certificate Authority 2020 (azure.md, 7). */
export const MICROSOFT_ROOT_SHA256 =
  "5367F20C7ADE0E2BCA790915056D086B720C33C1FA2A2661ACF787E3292E1270";

const MICROSOFT_ROOT_FILE = join(__dirname, "microsoft-identity-verification-root-2020.pem");

/** The root of Microsoft's timestamp service, and of Public Trust signing certificates, as PEM. */
export function microsoftRoot(): string {
  return readFileSync(MICROSOFT_ROOT_FILE, "utf8");
}

/**
 * One self-signed root certificate as PEM: what Notation takes as a timestamp root. PEM, because
 * the GitHub provider cannot commit binary content (github.md, 3.6).
 *
 * @returns the reason why the text is not that, or undefined.
 */
export function rootCertificateFault(pem: string): string | undefined {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----/g)?.length ?? 0;
  if (blocks !== 1) return `it holds ${blocks} PEM certificates`;
  try {
    const certificate = new X509Certificate(pem);
    if (!certificate.checkIssued(certificate)) return "its certificate is not self-signed";
    return certificate.verify(certificate.publicKey) ? undefined : "its signature does not verify";
  } catch {
    return "its certificate cannot be read";
  }
}
