import { spawn, spawnSync } from "node:child_process";
import { connect, createServer } from "node:net";
import { join } from "node:path";

/**
 * Runs a command in a network namespace of its own, where the only way out is by these ports of
 * this machine: each leads to the socket file of its number, which no namespace hides.
 */
export async function inside(folder: string, ports: string[], command: string[]): Promise<void> {
  // Both get an interrupt; it is the command that ends on it.
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
