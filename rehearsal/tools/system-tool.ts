import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** A command that must come from the system's package manager. */
export interface SystemTool {
  /** Arguments that make the command print what it is. */
  readonly probe: readonly string[];
  readonly expect: RegExp;
  /** Its package in Debian. */
  readonly debian: string;
}

/** The path of the command, if it is on PATH and is the expected one. */
export function systemTool(name: string, tool: SystemTool): string | undefined {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, name);
    if (!runnable(path)) continue;
    const { stdout } = spawnSync(path, tool.probe, { encoding: "utf8" });
    return tool.expect.test(stdout ?? "") ? path : undefined;
  }
  return undefined;
}

/** Whether this is a CI machine. Only there may a missing system package be installed. */
export function mayInstall(): boolean {
  return process.env.CI === "true" && process.getuid?.() === 0 && runnable("/usr/bin/apt-get");
}

/** Installs a Debian package. Updates the package lists only if the first try fails. */
export function installDebian(name: string): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // Another process can install something at the same time.
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
