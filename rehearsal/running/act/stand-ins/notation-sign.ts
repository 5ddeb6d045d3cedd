import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Read } from "./action";

/** notation-action/sign: runs the real CLI with the flags for its documented inputs. */
export function notationSign(read: Read): void {
  const plugin = read("plugin_name");
  if (!existsSync(join(configFolder(), "notation/plugins", plugin, `notation-${plugin}`))) {
    const checksum = ["--sha256sum", read("plugin_checksum")];
    notation("plugin", "install", "--url", read("plugin_url"), ...checksum);
  }
  const flags = ["--signature-format", read("signature_format") || "jws"];
  flags.push("--id", read("key_id"), "--plugin", plugin);
  for (const line of lines(read("plugin_config"))) flags.push(`--plugin-config=${line}`);
  flags.push(...referrersTag(read("force_referrers_tag")));
  const [url, root] = [read("timestamp_url"), read("timestamp_root_cert")];
  if (Boolean(url) !== Boolean(root)) {
    throw new Error("timestamp_url and timestamp_root_cert must be given together");
  }
  if (url) flags.push("--timestamp-url", url, "--timestamp-root-cert", root);
  for (const reference of lines(read("target_artifact_reference"))) {
    notation("sign", ...flags, reference);
  }
}

function referrersTag(value: string): string[] {
  if (!["", "true", "false"].includes(value)) {
    throw new Error(`force_referrers_tag is ${value}, not 'true' or 'false'`);
  }
  return value ? [`--force-referrers-tag=${value}`] : [];
}

function notation(...args: string[]): void {
  const { status, error } = spawnSync("notation", args, { stdio: "inherit" });
  if (error) throw new Error(`notation cannot be run: ${error.message}`);
  if (status !== 0) throw new Error(`notation ${args[0]} failed with exit code ${status}`);
}

function lines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
}

function configFolder(): string {
  return process.env.XDG_CONFIG_HOME || join(homedir(), ".config");
}
