import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import { basename, join } from "node:path";
import { spawned } from "../../tools/spawned";

/** An archive that a generated workflow downloads. */
export interface Download {
  readonly url: string;
  readonly sha256: string;
}

/** Archives by file name. */
export type Archives = ReadonlyMap<string, Buffer>;

/** A gzipped tar with one executable, like the releases of both projects. */
export async function archiveOf(executable: string, folder: string): Promise<Buffer> {
  mkdirSync(folder, { recursive: true });
  const name = basename(executable);
  if (join(folder, name) !== executable) copyFileSync(executable, join(folder, name));
  writeFileSync(join(folder, "LICENSE"), "for a rehearsal only\n");
  const archive = `${folder}.tar.gz`;
  // Fast compression, because the archive is used on this machine only.
  const args = ["--create", "--use-compress-program", "gzip -1", "--file", archive];
  await spawned("tar", [...args, "--directory", folder, "LICENSE", name]);
  return readFileSync(archive);
}

export function sha256(data: Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Serves the archives over https, by name. */
export function downloadServer(archives: Archives, folder: string): Server {
  const pem = (name: string) => readFileSync(join(folder, name));
  return createServer({ cert: pem("server.pem"), key: pem("server.key") }, (request, response) => {
    const archive = archives.get(basename(request.url ?? ""));
    if (!archive) return response.writeHead(404).end();
    return response.end(archive);
  });
}
