import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { layOutStandIns, type StandInFolders } from "../act/stand-ins";
import { gate } from "../gate";
import { type Authority, makeAuthority } from "./authority";
import { archiveOf, type Download, downloadServer, sha256 } from "./downloads";
import { issuer } from "./issuer";
import { type RegistryAccess, type RunningRegistry, startRegistry } from "./registry";
import { timestampService } from "./timestamp";

export interface ServiceOptions {
  readonly tools: {
    readonly registry: string;
    readonly notation: string;
    readonly openssl: string;
  };
  /** Whether the registry has the referrers API. Otherwise signatures are stored under a tag. */
  readonly referrers?: boolean;
  readonly signal?: AbortSignal;
}

/** The services of a run, on this machine. The committed files contain their addresses. */
export interface Services extends RegistryAccess {
  readonly timestampUrl: string;
  readonly timestampRootPem: string;
  /** The root of the certificates that sign here. */
  readonly signingRootPem: string;
  readonly downloads: { readonly notation: Download; readonly plugin: Download };
  /** Used by `runWorkflow`. */
  readonly backstage: Backstage;
  /** Ends every process and removes every file. */
  stop(): Promise<void>;
}

export interface Backstage {
  readonly registry: RunningRegistry;
  readonly authority: Authority;
  readonly standIns: StandInFolders;
  /** The proxy that refuses every host. `unexpected` has the hosts. */
  readonly gateUrl: string;
  readonly unexpected: readonly string[];
  /** Where a job gets GitHub's tokens. */
  readonly tokenUrl: string;
  /** Ports that a run can reach. */
  readonly ports: readonly number[];
}

/** Starts the registry, the timestamp service, and the download server, each on a free port. */
export async function startServices(options: ServiceOptions): Promise<Services> {
  const { tools, signal } = options;
  const folder = mkdtempSync(join(tmpdir(), "countersign-services-"));
  const open: Array<() => Promise<void>> = [];
  const stop = async () => {
    await Promise.all(open.map((close) => close()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const at = (name: string) => join(folder, name);
    mkdirSync(at("authority"));
    const registry = await startRegistry(tools.registry, folder, options.referrers ?? true);
    open.push(registry.stop);
    const [authority, standIns] = await Promise.all([
      makeAuthority(tools.openssl, at("authority"), signal),
      layOutStandIns(at("stand-ins")),
    ]);
    const listenOn = async (server: Server) => {
      open.push(() => closed(server));
      return listening(server);
    };
    const archives = await Promise.all([
      archiveOf(tools.notation, at("notation")),
      archiveOf(standIns.plugin, at("plugin")),
    ]);
    const names = ["notation.tar.gz", `${basename(standIns.plugin)}.tar.gz`] as const;
    const served = new Map(names.map((name, index) => [name as string, archives[index] as Buffer]));
    const downloads = await listenOn(downloadServer(served, authority.folder));
    const download = (name: string): Download => ({
      url: `https://localhost:${downloads}/${name}`,
      sha256: sha256(served.get(name) as Buffer),
    });
    const unexpected: string[] = [];
    const gatePort = await listenOn(gate((host) => unexpected.push(host)));
    const tokens = await listenOn(issuer());
    const timestamps = await listenOn(timestampService(tools.openssl, authority.folder));
    return {
      loginServer: registry.loginServer,
      user: registry.user,
      password: registry.password,
      timestampUrl: `http://localhost:${timestamps}/`,
      timestampRootPem: authority.timestampRootPem,
      signingRootPem: authority.signingRootPem,
      downloads: { notation: download(names[0]), plugin: download(names[1]) },
      backstage: {
        registry,
        authority,
        standIns,
        gateUrl: `http://localhost:${gatePort}`,
        unexpected,
        tokenUrl: `http://localhost:${tokens}/token?api-version=2.0`,
        ports: [registry.port, downloads, gatePort, tokens, timestamps],
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Listens on a free port of this machine, and returns the port. */
export async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Closes a server and its open connections. */
export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
