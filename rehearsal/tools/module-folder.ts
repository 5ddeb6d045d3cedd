import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";

/** The source of a Go module, of which files are read. Nothing is built. */
export interface GoModule {
  readonly path: string;
  readonly version: string;
  /** The checksum of the module's files, as in go.sum. */
  readonly sum: string;
}

/** The folder with the module's files. Go downloads it on first use into its own cache. */
export function moduleFolder({ path, version, sum }: GoModule): string {
  const args = ["mod", "download", "-json", `${path}@v${version}`];
  // Outside of any module. The checksum is compared below.
  const env = { ...process.env, GOTOOLCHAIN: "local", GOFLAGS: "", GOWORK: "off", GOSUMDB: "off" };
  const { stdout, stderr } = spawnSync("go", args, { cwd: tmpdir(), env, encoding: "utf8" });
  if (!stdout) throw new Error(`go ${args.join(" ")} failed:\n${stderr.trim()}`);
  const found = JSON.parse(stdout) as { Dir?: string; Sum?: string; Error?: string };
  if (!found.Dir || found.Error) throw new Error(`${path} ${version}: ${found.Error}`);
  if (found.Sum !== sum) throw new Error(`${path} ${version} has the checksum ${found.Sum}`);
  return found.Dir;
}
