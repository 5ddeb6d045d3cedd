import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { trustFiles } from "../../trust/verification";
import type { RegistryAccess } from "./services/registry";

export interface VerifyOptions {
  /** The Notation command. */
  readonly notation: string;
  readonly registry: RegistryAccess;
  /** `repository@digest`, without the registry. */
  readonly image: string;
  readonly signal?: AbortSignal;
}

export interface Trust {
  readonly subject: string;
  readonly caRootPem: string;
  readonly tsaRootPem: string;
}

export interface Verdict {
  readonly ok: boolean;
  /** The output of Notation. */
  readonly output: string;
}

/** `notation verify` with a strict policy that trusts one subject and one root. */
export function verifyImage(options: VerifyOptions & Trust): Promise<Verdict> {
  const { registry, image, subject, caRootPem, tsaRootPem } = options;
  return withNotation(options, (folder, notation) => {
    const file = (path: string, text: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    const scopes = [`${registry.loginServer}/${image.replace(/[@:].*$/, "")}`];
    const files = trustFiles({
      subject,
      signingRoot: caRootPem,
      timestampRoot: tsaRootPem,
      statements: [{ name: "rehearsal", scopes }],
    });
    for (const [path, text] of Object.entries(files)) file(`notation/${path}`, text);
    return notation("verify", "-v", `${registry.loginServer}/${image}`);
  });
}

/** The text that `notation inspect` prints about an image. */
export async function inspectText(options: VerifyOptions): Promise<string> {
  const named = `${options.registry.loginServer}/${options.image}`;
  const { output } = await withNotation(options, (_, notation) => notation("inspect", named));
  return output.trim();
}

/** The JSON that `notation inspect` prints about an image. */
export async function inspectImage(options: VerifyOptions): Promise<Inspection> {
  const { ok, output } = await withNotation(options, (_, notation) =>
    notation("inspect", "--output", "json", `${options.registry.loginServer}/${options.image}`),
  );
  if (!ok) throw new Error(output);
  return JSON.parse(output) as Inspection;
}

export interface Inspection {
  readonly Signatures?: ReadonlyArray<{
    readonly mediaType: string;
    readonly signatureAlgorithm: string;
    readonly signedAttributes: Readonly<Record<string, string>>;
    readonly unsignedAttributes: Readonly<Record<string, unknown>>;
    readonly certificates: ReadonlyArray<{ readonly issuedTo: string }>;
    readonly signedArtifact: { readonly mediaType: string; readonly digest: string };
  }>;
}

type Notation = (...args: string[]) => Promise<Verdict>;

/** Runs Notation in its own folder, with the registry's login. */
async function withNotation(
  { notation, registry, signal }: VerifyOptions,
  use: (folder: string, notation: Notation) => Promise<Verdict>,
): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-verify-"));
  try {
    const auth = Buffer.from(`${registry.user}:${registry.password}`).toString("base64");
    const auths = { [registry.loginServer]: { auth } };
    writeFileSync(join(folder, "config.json"), JSON.stringify({ auths }));
    const env = { HOME: folder, XDG_CONFIG_HOME: folder, DOCKER_CONFIG: folder, PATH: "" };
    return await use(
      folder,
      (...args) =>
        new Promise((resolve, reject) => {
          execFile(notation, args, { env, signal }, (error, stdout, stderr) => {
            if (error?.name === "AbortError") return reject(error);
            return resolve({ ok: !error, output: error ? `${stdout}${stderr}` : stdout });
          });
        }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
