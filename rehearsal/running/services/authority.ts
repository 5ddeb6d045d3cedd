import { readFileSync } from "node:fs";
import { join } from "node:path";
import { spawned } from "../../tools/spawned";

export const AUTHORITY_CONFIG = join(__dirname, "authority.cnf");

/** Temporary certificates and keys, as files in one folder. */
export interface Authority {
  readonly folder: string;
  /** The root of signing certificates. */
  readonly signingRootPem: string;
  /** The root of the timestamp service. */
  readonly timestampRootPem: string;
  /** The root of the https server that downloads come from. */
  readonly serverRoot: string;
}

/**
 * Makes three unrelated roots with certificates and keys. They are valid for five days.
 *
 * @param config configuration of openssl.
 */
export async function makeAuthority(
  openssl: string,
  folder: string,
  signal?: AbortSignal,
  config = AUTHORITY_CONFIG,
): Promise<Authority> {
  const run = (...args: string[]) =>
    spawned(openssl, args, { env: opensslEnvironment(folder), signal });
  const at = (name: string) => join(folder, name);
  const certificate = (name: string, key: string[], section: string, by?: string) =>
    run(
      ...["req", "-x509", "-config", config, "-extensions", section, "-sha384"],
      ...["-nodes", "-days", "5", "-subj", `/C=US/ST=Washington/O=Rehearsal/CN=${name}`],
      ...["-newkey", ...key, "-keyout", at(`${name}.key`), "-out", at(`${name}.pem`)],
      ...(by ? ["-CA", at(`${by}.pem`), "-CAkey", at(`${by}.key`)] : []),
    );
  const curve = ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"];
  await Promise.all([
    certificate("signing-root", curve, "root"),
    certificate("timestamp-root", curve, "root"),
    certificate("server-root", curve, "root"),
    // Generating this key takes long. Its certificate is issued when something is signed.
    run(
      "genpkey",
      "-algorithm",
      "RSA",
      "-pkeyopt",
      "rsa_keygen_bits:3072",
      "-out",
      at("signer.key"),
    ),
  ]);
  await Promise.all([
    certificate("timestamper", ["rsa:2048"], "timestamper", "timestamp-root"),
    certificate("server", curve, "server", "server-root"),
  ]);
  return {
    folder,
    signingRootPem: readFileSync(at("signing-root.pem"), "utf8"),
    timestampRootPem: readFileSync(at("timestamp-root.pem"), "utf8"),
    serverRoot: at("server-root.pem"),
  };
}

/** The environment that authority.cnf needs, without the system's configuration. */
export function opensslEnvironment(folder: string): NodeJS.ProcessEnv {
  return { FOLDER: folder, OPENSSL_CONF: "/dev/null", HOME: folder, PATH: "/usr/bin:/bin" };
}
