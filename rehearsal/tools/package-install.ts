import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./go-build";
import { place } from "./place";
import { spawned } from "./spawned";

/** A command in a package of npm or PyPI. */
export interface PackagedTool {
  readonly registry: "npm" | "pypi";
  readonly package: string;
  readonly version: string;
  /** Path of the command in the folder that the package is installed to. */
  readonly path: string;
}

/** The path of a tool whose package is installed. */
export function installedTool(tool: PackagedTool): string {
  return join(cacheFolder(), `${tool.package}-${tool.version}`, tool.path);
}

/** The tool's path. Installs the package on first use. An interruption leaves nothing behind. */
export async function installPackage(tool: PackagedTool, signal?: AbortSignal): Promise<string> {
  const binary = installedTool(tool);
  if (existsSync(binary)) return binary;
  mkdirSync(cacheFolder(), { recursive: true });
  const work = mkdtempSync(join(cacheFolder(), `installing-${tool.package}-`));
  try {
    const [command, ...args] = tool.registry === "npm" ? npm(tool, work) : pip(tool, work);
    await spawned(command, args, { cwd: work, signal });
    if (!existsSync(join(work, tool.path))) {
      throw new Error(`${tool.package} ${tool.version} holds no ${tool.path} for this machine`);
    }
    place(work, join(cacheFolder(), `${tool.package}-${tool.version}`));
    return binary;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

type Command = readonly [string, ...string[]];

function npm(tool: PackagedTool, folder: string): Command {
  const quiet = ["--ignore-scripts", "--no-save", "--no-audit", "--no-fund"];
  return ["npm", "install", "--prefix", folder, ...quiet, `${tool.package}@${tool.version}`];
}

function pip(tool: PackagedTool, folder: string): Command {
  const exactly = ["--no-deps", "--only-binary", ":all:", "--target", folder];
  return ["python3", "-m", "pip", "install", ...exactly, `${tool.package}==${tool.version}`];
}
