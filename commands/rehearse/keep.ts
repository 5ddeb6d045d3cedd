import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Rehearsed } from "../../rehearsal/rehearse";
import { verificationOf } from "../../rehearsal/verification";

const REPORT = "report.json";
const WORLD = "world.yaml";

/** The world of a rehearsal: the text of a derived one, or the path of a file that was given. */
export interface UsedWorld {
  readonly derived?: string;
  readonly given?: string;
}

/** Keeps what a rehearsal made in a folder, in place of what an earlier rehearsal kept there. */
export function keep(
  { report, files, callable }: Rehearsed,
  folder: string,
  { derived, given }: UsedWorld,
): void {
  // Without a report, folders of these names are somebody else's.
  const isUsed = existsSync(join(folder, REPORT));
  for (const name of isUsed ? ["repositories", "callable", "verify", WORLD, REPORT] : []) {
    const old = join(folder, name);
    if (given && resolve(given) === resolve(old)) continue;
    rmSync(old, { recursive: true, force: true });
  }
  const write = (path: string, content: string) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  for (const { repository, path, content } of files) {
    write(join("repositories", repository, path), content);
  }
  for (const [reference, text] of Object.entries(callable)) {
    write(join("callable", reference.split("@")[0] ?? ""), text);
  }
  const verification = verificationOf(report.outputs) ?? {};
  for (const [path, text] of Object.entries(verification)) write(join("verify", path), text);
  if (derived !== undefined) write(WORLD, derived);
  write(REPORT, `${JSON.stringify(report, undefined, 2)}\n`);
}
