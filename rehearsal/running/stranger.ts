import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localisedScript } from "./act/localise";
import type { Services } from "./services/services";

export interface StrangersVerdict {
  readonly ok: boolean;
  readonly output: string;
}

/**
 * Runs a stack's `verify.sh` as somebody who has nothing but the script and a login to the registry:
 * in an empty home folder, without the Azure CLI, and without Notation, which the script downloads.
 */
export async function verifyAsStranger(
  script: string,
  images: readonly string[],
  { loginServer, services }: { readonly loginServer: string; readonly services: Services },
  signal?: AbortSignal,
): Promise<StrangersVerdict> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-stranger-"));
  const file = join(folder, "verify.sh");
  const home = mkdtempSync(join(folder, "home-"));
  writeFileSync(file, localisedScript(script, loginServer, services));
  const { user, password, backstage } = services;
  const env = {
    HOME: home,
    TMPDIR: mkdtempSync(join(folder, "tmp-")),
    PATH: "/usr/bin:/bin",
    LANG: "C.UTF-8",
    NOTATION_USERNAME: user,
    NOTATION_PASSWORD: password,
    CURL_CA_BUNDLE: backstage.authority.serverRoot,
    SSL_CERT_FILE: backstage.authority.serverRoot,
  };
  try {
    const verdict = await new Promise<StrangersVerdict>((resolve, reject) => {
      execFile("/bin/bash", [file, ...images], { env, signal }, (error, stdout, stderr) => {
        if (error?.name === "AbortError") return reject(error);
        return resolve({ ok: !error, output: (error ? stdout + stderr : stdout).trim() });
      });
    });
    const left = [...readdirSync(home), ...readdirSync(env.TMPDIR)];
    if (left.length === 0) return verdict;
    return { ok: false, output: `${verdict.output}\nThe script left ${left.join(", ")}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
