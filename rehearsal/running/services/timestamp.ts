import { randomUUID } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { spawned } from "../../tools/spawned";
import { AUTHORITY_CONFIG, opensslEnvironment } from "./authority";

/** An RFC 3161 timestamp service over http, like Microsoft's. */
export function timestampService(openssl: string, folder: string): Server {
  // openssl keeps its serial number in a file, so answers are made one at a time.
  let last: Promise<unknown> = Promise.resolve();
  return createServer(async (request, response) => {
    try {
      const query = await buffer(request);
      const answered = last.then(() => answer(openssl, folder, query));
      last = answered.catch(() => undefined);
      response.setHeader("Content-Type", "application/timestamp-reply");
      response.end(await answered);
    } catch {
      response.writeHead(400).end();
    }
  });
}

async function answer(openssl: string, folder: string, query: Buffer): Promise<Buffer> {
  const file = join(folder, randomUUID());
  try {
    writeFileSync(`${file}.tsq`, query);
    const files = ["-queryfile", `${file}.tsq`, "-out", `${file}.tsr`];
    await spawned(
      openssl,
      ["ts", "-reply", "-config", AUTHORITY_CONFIG, "-section", "timestamp", ...files],
      { env: opensslEnvironment(folder) },
    );
    return readFileSync(`${file}.tsr`);
  } finally {
    rmSync(`${file}.tsq`, { force: true });
    rmSync(`${file}.tsr`, { force: true });
  }
}
