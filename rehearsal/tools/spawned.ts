import { type SpawnOptions, spawn } from "node:child_process";

/** Runs a command. If it does not exit with 0, the error has its last output. */
export function spawned(
  command: string,
  args: readonly string[],
  options: Pick<SpawnOptions, "cwd" | "env" | "signal"> = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said = (said + chunk).slice(-4000);
    });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args[0]} failed:\n${said.trim()}`)),
    );
  });
}
