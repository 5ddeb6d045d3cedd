import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A key service that listens on loopback until it is stopped. */
export interface KeyService {
  /** The secrets provider of the stack. */
  readonly provider: string;
  readonly environment: Readonly<Record<string, string>>;
  stop(): void;
}

/**
 * Imitates the part of HashiCorp Vault that wraps a stack's key for Pulumi. With a passphrase,
 * every command of the engine would take a third of a second to derive the key. This service
 * protects nothing, because the secrets of a rehearsal are not real.
 */
export async function keyService(): Promise<KeyService> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { plaintext, ciphertext } = JSON.parse(body);
    const data = request.url?.startsWith("/v1/transit/encrypt/")
      ? { ciphertext: WRAPPED + plaintext }
      : { plaintext: ciphertext.slice(WRAPPED.length) };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ data }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    provider: "hashivault://rehearsal",
    environment: {
      VAULT_SERVER_URL: `http://127.0.0.1:${port}`,
      VAULT_SERVER_TOKEN: "rehearsal",
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Prefix of a value that Vault wrapped. */
const WRAPPED = "vault:v1:";
