import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface RegistryAccess {
  readonly loginServer: string;
  readonly user: string;
  readonly password: string;
}

export interface RunningRegistry extends RegistryAccess {
  readonly port: number;
  /** Allows pushes only to these repositories. */
  allowPushes(repositories: readonly string[]): void;
  stop(): Promise<void>;
}

/** Starts a registry on a free port of this machine. It requires a login. */
export async function startRegistry(
  command: string,
  folder: string,
  referrers: boolean,
): Promise<RunningRegistry> {
  const user = "00000000-0000-0000-0000-000000000000";
  const password = randomBytes(16).toString("hex");
  const writable = join(folder, "writable");
  writeFileSync(writable, "");
  const args = [`-referrers=${referrers}`, "-user", user, "-writable", writable];
  // The registry ends when its standard input ends, so it cannot outlive this process.
  const child = spawn(command, args, {
    env: { REGISTRY_PASSWORD: password },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  const [line] = await Promise.race([
    once(createInterface(child.stdout), "line"),
    ended.then(() => {
      throw new Error("the registry ended before it listened");
    }),
  ]);
  const port = Number(line);
  return {
    port,
    loginServer: `localhost:${port}`,
    user,
    password,
    allowPushes: (repositories) => writeFileSync(writable, `${repositories.join("\n")}\n`),
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
