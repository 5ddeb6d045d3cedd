import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";

/** Words to put before a command, so that it runs without a network. */
export type Prefix = readonly string[];

export interface Isolation {
  readonly prefix: Prefix;
  close(): void;
}

export const NONE: Isolation = { prefix: [], close: () => undefined };

/** The length that Linux allows for the path of a socket file. */
const SOCKET_PATH = 108;

let way: Prefix | undefined | null;

/** The command that creates a network namespace. Undefined if the system does not allow it. */
export function networkNamespace(): Prefix | undefined {
  way ??=
    [["--net"], ["--net", "--map-root-user"]]
      .map((flags) => ["unshare", ...flags, "--"])
      .find(([command, ...args]) => {
        const probe = [...args, "ip", "link", "set", "lo", "up"];
        return spawnSync(command as string, probe, { stdio: "ignore" }).status === 0;
      }) ?? null;
  return way ?? undefined;
}

/** Limits a command to these ports of this machine, if the system allows it. */
export async function isolate(options: {
  readonly folder: string;
  readonly ports: readonly number[];
  readonly node: string;
  /** The compiled stand-ins. */
  readonly modules: string;
}): Promise<Isolation> {
  const namespace = join(options.folder, "65535").length < SOCKET_PATH && networkNamespace();
  if (!namespace) return NONE;
  const { folder, ports, node, modules } = options;
  mkdirSync(folder, { recursive: true });
  const servers = await Promise.all(ports.map((port) => bridge(join(folder, String(port)), port)));
  const load = `require(${JSON.stringify(join(modules, "inside"))})`;
  const script = `${load}.inside(process.argv[1], process.argv[2].split(","), process.argv.slice(3))`;
  return {
    prefix: [...namespace, node, "-e", script, folder, ports.join(",")],
    close: () => {
      for (const server of servers) server.close();
    },
  };
}

/** Connects a socket file to a port. */
async function bridge(file: string, port: number): Promise<Server> {
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    near.pipe(far).pipe(near);
    near.on("error", () => far.destroy());
    far.on("error", () => near.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(file, resolve);
  });
  return server;
}
