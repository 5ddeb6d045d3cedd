import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import {
  AUTHORITY_CONFIG,
  makeAuthority,
  opensslEnvironment,
} from "../../rehearsal/running/services/authority";
import type { Pushed } from "../../rehearsal/running/services/images";
import { closed, listening } from "../../rehearsal/running/services/services";
import { timestampService } from "../../rehearsal/running/services/timestamp";
import { Bench } from "./bench";
import { sign } from "./signer";

/** A bench whose certificates say where their revocation lists are, as Microsoft's do. */
export interface ListedBench {
  readonly on: Bench;
  /** URL of the server that has the lists. As a proxy, it also answers as the OCSP server. */
  readonly url: string;
  /** Signs an image. Returns the serial number of the certificate. */
  sign(image: Pushed): Promise<string>;
  /** Puts a certificate on the list. */
  revoke(serial: string): Promise<void>;
  /** Ends the server that has the lists. */
  disconnect(): Promise<void>;
  stop(): Promise<void>;
}

// Programs ask a proxy for this host, and ask no proxy for hosts of this machine.
const OCSP = "http://ocsp.invalid/";
const run = promisify(execFile);

/** @param hasOcsp whether certificates that sign also name an OCSP server. */
export async function listedBench(
  { services, tools }: Bench,
  { hasOcsp = false } = {},
): Promise<ListedBench> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-listed-"));
  const at = (name: string) => join(folder, name);
  const lists = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    const { url = "" } = request;
    response.end(url.startsWith(OCSP) ? await status(request) : lists.get(url));
  });
  const url = `http://127.0.0.1:${await listening(server)}`;

  const authorityConfig = at("authority.cnf");
  const text = readFileSync(AUTHORITY_CONFIG, "utf8")
    .replace(/^\[(signer|timestamper)\]$/gm, `$&\ncrlDistributionPoints = URI:${url}/$1`)
    .replace(/^\[signer\]$/m, `$&${hasOcsp ? `\nauthorityInfoAccess = OCSP;URI:${OCSP}` : ""}`);
  writeFileSync(authorityConfig, `${text}\n[list]\nauthorityKeyIdentifier = keyid\n`);
  const made = await makeAuthority(tools.openssl, folder, undefined, authorityConfig);
  const openssl = (...args: string[]) =>
    run(tools.openssl, args, { env: opensslEnvironment(folder) });

  const list = async (name: "signer" | "timestamper", root: string) => {
    const issuer = ["-cert", at(`${root}.pem`), "-keyfile", at(`${root}.key`)];
    const format = ["-crlexts", "list", "-crldays", "1", "-out", at("list.pem")];
    await openssl(
      "ca",
      "-config",
      authorityConfig,
      "-name",
      "issue",
      "-gencrl",
      ...issuer,
      ...format,
    );
    await openssl("crl", "-in", at("list.pem"), "-outform", "DER", "-out", at("list"));
    lists.set(`/${name}`, readFileSync(at("list")));
  };
  const status = async (request: IncomingMessage) => {
    const inPath = decodeURIComponent((request.url ?? "").slice(OCSP.length));
    const query = request.method === "GET" ? Buffer.from(inPath, "base64") : await buffer(request);
    writeFileSync(at("query"), query);
    const files = ["-index", at("issued.txt"), "-reqin", at("query"), "-respout", at("status")];
    const [root, key] = [at("signing-root.pem"), at("signing-root.key")];
    await openssl("ocsp", ...files, "-CA", root, "-rsigner", root, "-rkey", key, "-ndays", "1");
    return readFileSync(at("status"));
  };
  writeFileSync(at("issued.txt"), "");
  await list("signer", "signing-root");
  await list("timestamper", "timestamp-root");
  const timestamps = timestampService(tools.openssl, folder);
  const { serverRoot } = services.backstage.authority;
  const { timestampRootPem, signingRootPem } = made;
  const on = new Bench(
    {
      ...services,
      timestampRootPem,
      signingRootPem,
      timestampUrl: `http://localhost:${await listening(timestamps)}/`,
      backstage: { ...services.backstage, authority: { ...made, serverRoot } },
    },
    tools,
  );
  return {
    on,
    url,
    sign: async (image) => {
      const { serialNumber } = new X509Certificate(await sign(on, image, { authorityConfig }));
      writeFileSync(at("issued.txt"), `V\t491231235959Z\t\t${serialNumber}\tunknown\t/CN=x\n`);
      return serialNumber;
    },
    revoke: async (serial) => {
      const now = `${new Date().toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`;
      writeFileSync(at("issued.txt"), `R\t491231235959Z\t${now}\t${serial}\tunknown\t/CN=x\n`);
      await list("signer", "signing-root");
    },
    disconnect: () => closed(server),
    stop: async () => {
      await Promise.all([closed(server), closed(timestamps)]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
