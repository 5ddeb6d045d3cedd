import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { parse, stringify } from "yaml";
import { type Clouds, embeddedClouds } from "../../rehearsal/clouds/clouds";
import { withoutLeftHandlers } from "../../rehearsal/engine/left-handlers";
import { parseWorld, type WorldInput } from "../../rehearsal/world/world";
import { stack as program } from "../../stack";
import { armLists, type Login } from "./arm-lists";
import { type Config, config, theEngine, world } from "./engine";
import { type CloudHandler, serveClouds } from "./http-clouds";
import { languageHost, startLanguageRuntime } from "./language-runtime";

const ROOT = resolve(__dirname, "..", "..");

/** What a command printed, and its exit status. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project in a folder of its own, whose commands and stack use the embedded clouds. */
export interface CommandBench {
  readonly folder: string;
  readonly clouds: Clouds;
  /** Runs `countersign NAME ARGS`, as a process of its own. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  /**
   * Runs the command in a pseudo-terminal of 80 columns. Each pair is a text that the command
   * prints, and what is then typed.
   */
  type(
    args: readonly string[],
    typed: ReadonlyArray<readonly [wait: string, keys: string]>,
    env?: Readonly<Record<string, string>>,
  ): Promise<Ran>;
  /** Runs the Pulumi CLI. */
  pulumi(...args: readonly string[]): Promise<Ran>;
  /** Creates the stack, if there is none yet, and deploys it. */
  up(): Promise<void>;
  /** The text of a file of the project. */
  read(path: string): string;
}

export interface BenchSettings {
  readonly config?: Config;
  readonly world?: WorldInput;
  readonly github?: CloudHandler;
  /** Azure's lists. Default: those of the embedded Azure. */
  readonly arm?: CloudHandler;
  /** The account that asks. Default: an Owner. */
  readonly login?: Login;
}

export const STACK = "prod";

/** Opens a bench for the time of `work`. */
export async function withCommands<T>(
  settings: BenchSettings,
  work: (bench: CommandBench) => Promise<T>,
): Promise<T> {
  const engine = await theEngine();
  const clouds = embeddedClouds(parseWorld(settings.world ?? world()));
  const arm = settings.arm ?? armLists(() => clouds, settings.login);
  const [providers, http] = await Promise.all([
    clouds.open(),
    serveClouds(clouds, { github: settings.github, arm }),
  ]);
  const home = mkdtempSync(join(tmpdir(), "countersign-command-"));
  const folder = join(home, "project");
  for (const it of ["state", "project"]) mkdirSync(join(home, it));
  const { main: _, ...project } = parse(readFileSync(join(ROOT, "Pulumi.yaml"), "utf8"));
  writeFileSync(join(folder, "Pulumi.yaml"), stringify(project));
  const stackFile = { config: settings.config ?? config() };
  writeFileSync(join(folder, `Pulumi.${STACK}.yaml`), stringify(stackFile));
  const pulumiEnv = {
    PULUMI_HOME: join(home, "home"),
    PULUMI_BACKEND_URL: `file://${join(home, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "x",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DEBUG_PROVIDERS: providers.map(({ name, port }) => `${name}:${port}`).join(","),
  };
  const env = {
    ...pulumiEnv,
    PATH: `${dirname(engine.command.command)}:${process.env.PATH}`,
    HOME: home,
    XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? join(process.env.HOME ?? "", ".cache"),
    TEST_CLOUDS: http.url,
    GITHUB_TOKEN: "token-of-the-test",
    NO_COLOR: "1",
  };
  const start = (command: string, args: readonly string[], more = {}) =>
    new Promise<Ran>((done, failed) => {
      const child = spawn(command, args, { cwd: folder, env: { ...env, ...more } });
      const said = { stdout: "", stderr: "" };
      for (const name of ["stdout", "stderr"] as const) {
        child[name].on("data", (chunk) => {
          said[name] += chunk;
        });
      }
      child.on("error", failed);
      child.on("close", (code) => done({ code: code ?? 1, ...said }));
    });
  const preloaded = ["tsx", join(ROOT, "test", "support", "redirect.mjs")].flatMap((it) => [
    "--import",
    it === "tsx" ? join(ROOT, "node_modules", "tsx", "dist", "loader.mjs") : it,
  ]);
  const main = join(ROOT, "commands", "main.ts");
  const bench: CommandBench = {
    folder,
    clouds,
    run: (args, more) => start(process.execPath, [...preloaded, main, ...args], more),
    type: (args, typed, more) => {
      const terminal = join(ROOT, "test", "support", "terminal.py");
      const command = [process.execPath, ...preloaded, main, ...args];
      return start("python3", [terminal, JSON.stringify(typed), ...command], more);
    },
    pulumi: async (...args) => {
      // The program is the repository's own.
      const runtime = await startLanguageRuntime(ROOT, join(home, "host"));
      const host = languageHost(join(home, "host"), runtime.port);
      try {
        const path = { PATH: `${host}:${env.PATH}` };
        return await start(engine.command.command, [...args, "--non-interactive"], path);
      } finally {
        runtime.stop();
      }
    },
    read: (path) => readFileSync(join(folder, path), "utf8"),
    async up() {
      const stack = await LocalWorkspace.createOrSelectStack(
        { stackName: STACK, projectName: "countersign", program },
        { workDir: folder, pulumiCommand: engine.command, envVars: pulumiEnv },
      );
      await withoutLeftHandlers(() => stack.up({ onOutput: () => {} }));
    },
  };
  try {
    return await work(bench);
  } finally {
    for (const it of providers) it.stop();
    http.close();
    rmSync(home, { recursive: true, force: true });
  }
}
