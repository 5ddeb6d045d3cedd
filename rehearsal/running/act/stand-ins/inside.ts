import { spawn, spawnSync } from "node:child_process";
import { connect, createServer } from "node:net";
import { join } from "node:path";

/**
 * Runs a command in its own network namespace. The command can reach only these ports of this
 * machine. Each port leads to a socket file, which works across namespaces.
 */
export async function inside(folder: string, ports: string[], command: string[]): Promise<void> {
  // Both processes get an interrupt. This one waits until the command ends.
  process.on("SIGINT", () => undefined);
  if (spawnSync("ip", ["link", "set", "lo", "up"], { stdio: "inherit" }).status !== 0) {
    throw new Error("the loopback interface does not come up");
  }
  for (const port of ports) {
    const server = createServer((near) => {
      const far = connect(join(folder, port));
      near.pipe(far).pipe(near);
      for (const [end, other] of [[near, far] as const, [far, near] as const]) {
        end.on("error", () => other.destroy());
      }
    });
    await new Promise<void>((resolve) => server.listen(Number(port), "127.0.0.1", resolve));
  }
  const child = spawn(command[0] as string, command.slice(1), { stdio: "inherit" });
  child.on("error", (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.on("close", (code) => process.exit(code ?? 1));
}
