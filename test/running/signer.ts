import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { issueCertificate } from "../../rehearsal/running/act/stand-ins/issue";
import {
  AUTHORITY_CONFIG,
  type Authority,
  makeAuthority,
} from "../../rehearsal/running/services/authority";
import { type Manifest, type Pushed, signaturesOf } from "../../rehearsal/running/services/images";
import { tools as toolsOf } from "../../rehearsal/tools/tools";
import type { Bench } from "./bench";
import { SUBJECT } from "./generated";

export interface Signature {
  /** Default: the subject of the bench. */
  readonly subject?: string;
  /** Folder of the authority. Default: that of the bench. */
  readonly authority?: string;
  /** Configuration of openssl for the certificate. Default: that of rehearsals. */
  readonly authorityConfig?: string;
  /** Default: true. */
  readonly timestamp?: boolean;
  /** Seconds after which the signature expires. Default: never. */
  readonly expiry?: number;
  /** Seconds that the certificate is valid. Default: an hour. */
  readonly leafSeconds?: number;
}

const run = promisify(execFile);

/** Signs with the real Notation and a key in a file. Returns the certificate as PEM. */
export async function sign(on: Bench, image: Pushed, how: Signature = {}): Promise<string> {
  const { services, tools } = on;
  const { subject = SUBJECT, timestamp = true, expiry, leafSeconds = 3600 } = how;
  const { folder: own } = services.backstage.authority;
  const { authority: authorityFolder = own, authorityConfig = AUTHORITY_CONFIG } = how;
  const folder = mkdtempSync(join(tmpdir(), "countersign-signer-"));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  try {
    const issuer = { authorityFolder, authorityConfig, openssl: tools.openssl };
    const leaf = issueCertificate({ ...issuer, subject, leafSeconds } as never);
    const root = readFileSync(join(authorityFolder, "signing-root.pem"), "utf8");
    const keyPath = join(authorityFolder, "signer.key");
    const key = { name: "key", keyPath, certPath: file("chain.pem", leaf + root) };
    file("signingkeys.json", JSON.stringify({ default: "key", keys: [key] }));
    const tsa = file("timestamp-root.pem", services.timestampRootPem);
    await run(
      tools.notation,
      [
        ...["sign", "--signature-format", "cose", "--force-referrers-tag=false"],
        ...(timestamp
          ? ["--timestamp-url", services.timestampUrl, "--timestamp-root-cert", tsa]
          : []),
        ...(expiry ? ["--expiry", `${expiry}s`] : []),
        `${services.loginServer}/${image.repository}@${image.digest}`,
      ],
      { env: { NOTATION_CONFIG: folder, HOME: folder, ...credentials(on) } },
    );
    return leaf;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function credentials({ services }: Bench) {
  return { NOTATION_USERNAME: services.user, NOTATION_PASSWORD: services.password };
}

/** An authority besides that of the bench. */
export function anotherAuthority({ tools }: Bench): Promise<Authority> {
  return makeAuthority(tools.openssl, mkdtempSync(join(tmpdir(), "countersign-authority-")));
}

/** Attaches the signatures of one image to another, as somebody could who can push. */
export async function copySignatures({ services }: Bench, from: Pushed, to: Pushed): Promise<void> {
  const { loginServer, user, password } = services;
  const basic = Buffer.from(`${user}:${password}`).toString("base64");
  const headers = { Authorization: `Basic ${basic}` };
  const [{ subject, ...signature } = {} as Manifest] = await signaturesOf(
    services,
    from.repository,
    from.digest,
  );
  const body = JSON.stringify({ ...signature, subject: { ...subject, digest: to.digest } });
  const digest = `sha256:${createHash("sha256").update(body).digest("hex")}`;
  await fetch(`http://${loginServer}/v2/${to.repository}/manifests/${digest}`, {
    method: "PUT",
    headers: { ...headers, "Content-Type": "application/vnd.oci.image.manifest.v1+json" },
    body,
  });
}

/** Copies an image with its signatures to another repository, as somebody could who can push. */
export async function copied({ services }: Bench, image: Pushed, to: string): Promise<void> {
  const { loginServer, user, password } = services;
  const { oras } = await toolsOf(["oras"], { onProgress: console.log });
  const login = (side: string) => [`--${side}-plain-http`, `--${side}-username`, user];
  const secret = (side: string) => [`--${side}-password`, password];
  const [from, target] = [`${image.repository}@${image.digest}`, `${to}@${image.digest}`];
  await run(oras, [
    ...["copy", "--recursive", ...login("from"), ...secret("from"), ...login("to")],
    ...[...secret("to"), `${loginServer}/${from}`, `${loginServer}/${target}`],
  ]);
}
