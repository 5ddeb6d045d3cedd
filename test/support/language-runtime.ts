import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { parse } from "yaml";

/**
 * Starts a program as `pulumi up` does on a laptop: in a process of its own, through the SDK's
 * loader, with TypeScript. Stands in for the language host, which no package registry has.
 */
export async function startLanguageRuntime(
  project: string,
  /** The folder of `languageHost`. Default: the CLI attaches to the port, and starts no plugin. */
  host?: string,
): Promise<{ readonly port: number; stop(): void }> {
  let engine = "";
  const server = new grpc.Server();
  server.addService(
    LanguageRuntimeService as never,
    {
      handshake: answered((request: proto.LanguageHandshakeRequest) => {
        engine = request.getEngineAddress();
        return new proto.LanguageHandshakeResponse();
      }),
      getPluginInfo: answered(() => {
        const info = new PluginInfo();
        info.setVersion("1.0.0");
        return info;
      }),
      getRequiredPlugins: answered(() => new proto.GetRequiredPluginsResponse()),
      getRequiredPackages: answered(() => new proto.GetRequiredPackagesResponse()),
      run: answered(async (request: proto.RunRequest) => {
        const answer = new proto.RunResponse();
        const address = host ? readFileSync(join(host, "engine"), "utf8").trim() : engine;
        const { code, said } = await runProgram(project, request, address);
        // The program reported why it ended:
        // https://github.com/pulumi/pulumi/blob/v3.250.0/sdk/nodejs/cmd/pulumi-language-nodejs/main.go
        if (code === 32) answer.setBail(true);
        else if (code !== 0) answer.setError(said || `exit status ${code}`);
        return answer;
      }),
    } as never,
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { port, stop: () => server.forceShutdown() };
}

/** What the project runs, as the CLI reads it from Pulumi.yaml. Default: the folder. */
function mainOf(project: string): string {
  return parse(readFileSync(join(project, "Pulumi.yaml"), "utf8")).main ?? ".";
}

/**
 * A folder for PATH in which the CLI finds a running language runtime as its plugin. The last
 * argument of the plugin is the address of the engine, which a file of the folder keeps.
 */
export function languageHost(folder: string, port: number): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "pulumi-language-nodejs");
  writeFileSync(
    file,
    `#!/bin/sh\nfor it; do :; done\necho "$it" > ${join(folder, "engine")}\necho ${port}\nexec sleep 600\n`,
  );
  chmodSync(file, 0o755);
  return folder;
}

function answered<Q, A>(work: (request: Q) => A | Promise<A>) {
  return (call: { readonly request: Q }, answer: (error: unknown, reply?: A) => void) => {
    Promise.resolve(work(call.request)).then((reply) => answer(null, reply), answer);
  };
}

function runProgram(
  project: string,
  request: proto.RunRequest,
  engine: string,
): Promise<{ readonly code: number | null; readonly said: string }> {
  const config: Record<string, string> = {};
  request.getConfigMap().forEach((value: string, key: string) => {
    config[key] = value;
  });
  const options = {
    monitor: request.getMonitorAddress(),
    engine: engine || request.getMonitorAddress(),
    project: request.getProject(),
    stack: request.getStack(),
    organization: request.getOrganization(),
    parallel: String(request.getParallel()),
    pwd: project,
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const loader = join(project, "node_modules/@pulumi/pulumi/cmd/run/index.js");
  const child = spawn(
    process.execPath,
    [loader, ...args, ...(request.getDryrun() ? ["--dry-run"] : []), mainOf(project)],
    {
      cwd: project,
      env: {
        ...process.env,
        PULUMI_NODEJS_TYPESCRIPT: "true",
        PULUMI_CONFIG: JSON.stringify(config),
        PULUMI_CONFIG_SECRET_KEYS: "[]",
      },
    },
  );
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said += chunk;
    });
  }
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, said })));
}
