import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { parse, stringify } from "yaml";
import program from "../../index";
import { type Clouds, embeddedClouds } from "../../rehearsal/clouds/clouds";
import { type Engine, findEngine } from "../../rehearsal/engine/find";
import { openSession, type Session } from "../../rehearsal/engine/session";
import { parseWorld, type WorldInput } from "../../rehearsal/world/world";
import { type Config, config } from "./config";

export { type Config, config } from "./config";

let engine: Promise<Engine> | undefined;

/** The engine that the global set-up found. */
export function theEngine(): Promise<Engine> {
  engine ??= findEngine(() => {});
  return engine;
}

type Repository = NonNullable<WorldInput["github"]["repositories"]>[number];
type Registry = NonNullable<WorldInput["azure"]["registries"]>[number];
type Account = NonNullable<WorldInput["azure"]["signingAccounts"]>[number];

/** A world that fits `config()`, with the changes a test is about. */
export function world(
  changes: {
    readonly registry?: Partial<Registry>;
    readonly account?: Partial<Account>;
    readonly owner?: Partial<WorldInput["github"]["owner"]>;
    readonly repositories?: readonly Repository[];
  } = {},
): WorldInput {
  return {
    azure: {
      resourceGroups: ["rg-images", "rg-signing", "rg-other"],
      registries: [
        {
          resourceGroup: "rg-images",
          name: "contosoimages",
          loginServer: "contosoimages.azurecr.io",
          ...changes.registry,
        },
      ],
      signingAccounts: [
        {
          resourceGroup: "rg-signing",
          name: "contoso-signing",
          profiles: [{ name: "container-images" }, { name: "another-profile" }],
          ...changes.account,
        },
      ],
    },
    github: {
      owner: { login: "Contoso", id: 5, ...changes.owner },
      repositories: [...(changes.repositories ?? [{ name: "web", id: 7 }])],
    },
  };
}

/** The program warns of each image whose Dockerfile is not there. */
function withDockerfiles(world: WorldInput): WorldInput {
  const repositories = world.github.repositories?.map((it) =>
    it.empty ? it : { ...it, files: { Dockerfile: "FROM scratch\n", ...it.files } },
  );
  return { ...world, github: { ...world.github, repositories } };
}

/** An open stack whose configuration and program can change between two runs. */
export interface Bench extends Session {
  readonly clouds: Clouds;
  configure(config: Config): Promise<void>;
}

/** Runs `work` with a stack on the real engine and embedded clouds, and cleans up after it. */
export async function onEngine<T>(
  settings: {
    readonly config?: Config;
    readonly world?: WorldInput;
    readonly program?: PulumiFn;
    /** Clouds that another stack uses, too. Default: new ones with the world. */
    readonly clouds?: Clouds;
    readonly stack?: string;
  },
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  const { stack: name = "test", world: given = world() } = settings;
  const made = () => embeddedClouds(parseWorld(settings.program ? given : withDockerfiles(given)));
  const clouds = settings.clouds ?? made();
  const session = await openSession({
    engine: await theEngine(),
    clouds,
    program: settings.program ?? program,
    project: readFileSync("Pulumi.yaml", "utf8"),
    stack: { name, text: stringify({ config: settings.config ?? config() }) },
  });
  const configure = async (wanted: Config) => {
    const file = join(session.stack.workspace.workDir, `Pulumi.${session.stack.name}.yaml`);
    const { config: _, ...rest } = parse(readFileSync(file, "utf8"));
    writeFileSync(file, stringify({ ...rest, config: wanted }));
  };
  try {
    return await work({ ...session, run: untraced(session.run), clouds, configure });
  } finally {
    await session.close();
  }
}

/** The SDK notes a stack trace for each of its promises, and vitest maps it: a tenth of the time. */
function untraced(run: Session["run"]): Session["run"] {
  return async (...operation) => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return await run(...operation);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
}

/** What the engine says when an operation is refused. */
export async function reasonOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => {
      throw new Error("nothing was refused");
    },
    (failure: Error) => failure.message,
  );
}
