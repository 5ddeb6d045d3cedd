import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addPath, type Read } from "./action";

/** notation-action/setup with a URL: downloads, checks, unpacks, and adds to PATH. */
export async function notationSetup(read: Read): Promise<void> {
  const response = await fetch(read("url"));
  if (!response.ok) throw new Error(`failed to download ${read("url")}: ${response.status}`);
  const archive = Buffer.from(await response.arrayBuffer());
  const found = createHash("sha256").update(archive).digest("hex");
  const wanted = read("checksum").toLowerCase();
  if (found !== wanted) {
    throw new Error(`checksum of downloaded Notation is ${found}, expected ${wanted}`);
  }
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP as string, "notation-"));
  const file = join(folder, "notation.tar.gz");
  writeFileSync(file, archive);
  execFileSync("tar", ["--extract", "--gzip", "--file", file, "--directory", folder]);
  addPath(folder);
}
