import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { builtTool, goBuild, goVersion } from "./go-build";
import { installedTool, installPackage } from "./package-install";
import { installDebian, mayInstall, systemTool } from "./system-tool";
import { GO_TOOLS, PACKAGES, SYSTEM, type ToolName } from "./versions";

export interface Progress {
  /** Called before each step that takes time. */
  readonly onProgress?: (message: string) => void;
  readonly signal?: AbortSignal;
}

/** What the machine lacks. Each entry says how to get it. */
export class MissingTools extends Error {
  constructor(readonly missing: readonly string[]) {
    super(`this machine lacks:\n${missing.map((each) => `  - ${each}`).join("\n")}`);
  }
}

/**
 * The path of each named tool. Tools from package registries are downloaded on first use into the
 * user's cache, in pinned versions. Tools of the system must exist.
 */
export async function tools<N extends ToolName>(
  names: readonly N[],
  { onProgress, signal }: Progress = {},
): Promise<Record<N, string>> {
  const unmet = missing(names, onProgress);
  if (unmet.length > 0) throw new MissingTools(unmet);
  const paths: Partial<Record<ToolName, string>> = {};
  for (const name of names) paths[name] = await obtain(name, { onProgress, signal });
  return paths as Record<N, string>;
}

async function obtain(name: ToolName, { onProgress, signal }: Progress): Promise<string> {
  if (isSystem(name)) return systemTool(name, SYSTEM[name]) as string;
  const there = home(name);
  if (existsSync(there)) return there;
  if (isGo(name)) {
    onProgress?.(`building ${name} ${GO_TOOLS[name].version}`);
    return goBuild(GO_TOOLS[name], signal);
  }
  onProgress?.(`installing ${name} ${PACKAGES[name].version}`);
  return installPackage(PACKAGES[name], signal);
}

/** Everything that is missing, for one message. */
function missing(names: readonly ToolName[], onProgress: Progress["onProgress"]): string[] {
  const unmet = new Set<string>();
  for (const name of names) {
    if (isSystem(name)) {
      const { debian } = SYSTEM[name];
      if (!systemTool(name, SYSTEM[name]) && mayInstall()) {
        onProgress?.(`installing the Debian package ${debian}`);
        installDebian(debian);
      }
      if (!systemTool(name, SYSTEM[name])) unmet.add(`${name}: apt-get install ${debian}`);
    } else if (!existsSync(home(name))) {
      if (isGo(name) && !recentGo()) unmet.add("Go 1.26 or later: see go.dev/doc/install");
      if (name === "node" && !runs("npm", "--version")) unmet.add("npm: comes with Node.js");
      if (isPython(name) && !runs("python3", "-m", "pip", "--version")) {
        unmet.add("Python with pip: apt-get install python3-pip");
      }
    }
  }
  return [...unmet];
}

function home(name: keyof typeof GO_TOOLS | keyof typeof PACKAGES): string {
  return isGo(name) ? builtTool(GO_TOOLS[name]) : installedTool(PACKAGES[name]);
}

function recentGo(): boolean {
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(goVersion() ?? "") ?? [];
  return Number(major) > 1 || Number(minor) >= 26;
}

function runs(command: string, ...args: string[]): boolean {
  return spawnSync(command, args).status === 0;
}

function isGo(name: ToolName): name is keyof typeof GO_TOOLS {
  return name in GO_TOOLS;
}

function isPython(name: ToolName): boolean {
  return name in PACKAGES && PACKAGES[name as keyof typeof PACKAGES].registry === "pypi";
}

function isSystem(name: ToolName): name is keyof typeof SYSTEM {
  return name in SYSTEM;
}
