import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { place } from "./place";
import { spawned } from "./spawned";

/** A command built from its Go module. Its go.mod and go.sum are in a folder next to this file. */
export interface GoTool {
  /** Name of the folder and of the command. */
  readonly name: string;
  readonly version: string;
  /** The package to build. */
  readonly package: string;
  readonly ldflags?: string;
}

/** The folder that keeps tools between runs, outside of any repository. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "countersign");
}

/** The Go version on PATH, e.g. `go1.26.0`, or undefined. */
export function goVersion(): string | undefined {
  const { status, stdout } = spawnSync("go", ["version"], { encoding: "utf8" });
  return status === 0 ? /go\d[\w.]*/.exec(stdout)?.[0] : undefined;
}

/** The path of a tool that is built from exactly the committed go.sum and source. */
export function builtTool(tool: GoTool): string {
  const folder = join(__dirname, tool.name);
  const key = createHash("sha256").update(readFileSync(join(folder, "go.sum")));
  // The folder of this project's own tool also has its source.
  if (existsSync(join(folder, "main.go"))) key.update(readFileSync(join(folder, "main.go")));
  const digest = key.update(JSON.stringify(tool)).digest("hex").slice(0, 12);
  return join(cacheFolder(), `${tool.name}-${tool.version}-${digest}`, "bin", tool.name);
}

/** The tool's path. Builds the tool on first use. An interrupted build leaves nothing behind. */
export async function goBuild(tool: GoTool, signal?: AbortSignal): Promise<string> {
  const binary = builtTool(tool);
  if (existsSync(binary)) return binary;
  mkdirSync(cacheFolder(), { recursive: true });
  const work = mkdtempSync(join(cacheFolder(), `building-${tool.name}-`));
  try {
    cpSync(join(__dirname, tool.name), work, { recursive: true });
    const output = join(work, "bin", tool.name);
    const flags = `-s -w ${tool.ldflags ?? ""}`;
    const args = ["build", "-trimpath", "-mod=readonly", "-ldflags", flags, "-o", output];
    const env = { ...process.env, GOTOOLCHAIN: "local", GOFLAGS: "", CGO_ENABLED: "0" };
    await spawned("go", [...args, tool.package], { cwd: work, env, signal });
    const home = join(binary, "..", "..");
    mkdirSync(home, { recursive: true });
    place(join(work, "bin"), join(home, "bin"));
    return binary;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
