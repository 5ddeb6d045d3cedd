import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { World } from "../grants";

/** A short-lived certificate for the signing key, as PEM. */
export function issueCertificate(world: World): string {
  const folder = mkdtempSync(join(tmpdir(), "issue-"));
  const at = (name: string) => join(folder, name);
  const of = (name: string) => join(world.authorityFolder, name);
  const openssl = (command: string, ...args: string[]) =>
    execFileSync(world.openssl, [command, "-config", world.authorityConfig, ...args], {
      env: { FOLDER: folder, PATH: process.env.PATH },
      stdio: ["ignore", "ignore", "pipe"],
    });
  try {
    writeFileSync(at("issued.txt"), "");
    const subject = ["-utf8", "-subj", slashed(world.subject)];
    openssl("req", "-new", "-key", of("signer.key"), ...subject, "-out", at("request.pem"));
    const now = Date.now();
    openssl(
      ...(["ca", "-batch", "-notext", "-name", "issue", "-preserveDN", "-utf8"] as const),
      ...["-cert", of("signing-root.pem"), "-keyfile", of("signing-root.key")],
      ...["-extfile", world.authorityConfig, "-extensions", "signer"],
      ...["-startdate", stamp(now - 60_000), "-enddate", stamp(now + world.leafSeconds * 1000)],
      ...["-in", at("request.pem"), "-out", at("leaf.pem")],
    );
    return readFileSync(at("leaf.pem"), "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `C=US, O=Contoso\, Inc.` as openssl takes it: `/C=US/O=Contoso, Inc.` */
function slashed(subject: string): string {
  const parts = subject.split(/(?<!\\),\s*/);
  const plain = parts.map((part) => part.replace(/\\(.)/g, "$1").replace(/^S=/, "ST="));
  return plain.map((part) => `/${part.replace(/([/+\\])/g, "\\$1")}`).join("");
}

/** `20261122093000Z` */
function stamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
}
