import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** A command that only the system's own package manager can give. */
export interface SystemTool {
  /** Arguments that make the command say what it is. */
  readonly probe: readonly string[];
  readonly expect: RegExp;
  /** Its package in Debian. */
  readonly debian: string;
}

/** The command's path, where it is on PATH and is what is expected. */
export function systemTool(name: string, tool: SystemTool): string | undefined {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, name);
    if (!runnable(path)) continue;
    const { stdout } = spawnSync(path, tool.probe, { encoding: "utf8" });
    return tool.expect.test(stdout ?? "") ? path : undefined;
  }
  return undefined;
}

/** Whether this machine is one of CI's, where a missing system package may be installed unasked. */
export function mayInstall(): boolean {
  return process.env.CI === "true" && process.getuid?.() === 0 && runnable("/usr/bin/apt-get");
}

/** Installs a Debian package; the lists are fetched anew only where the old ones do not serve. */
export function installDebian(name: string): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // Another process may be installing something at the same time.
  const patient = ["-qq", "-o", "DPkg::Lock::Timeout=120"];
  const apt = (...args: string[]) =>
    spawnSync("apt-get", [...patient, ...args], { env }).status === 0;
  const install = () => apt("install", "-y", "--no-install-recommends", name);
  if (!install()) apt("update") && install();
}

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
