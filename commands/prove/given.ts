import type { StackConfiguration } from "../../configuration/schema";
import { configurationOf, RefusedError } from "../../rehearsal/configuration";
import { findEngine } from "../../rehearsal/engine/find";
import { readYaml, UnusableError } from "../../rehearsal/options";
import { readStackFile } from "../../rehearsal/stack-file";
import { parseWorld, type World } from "../../rehearsal/world/world";
import { worldOf } from "../doctor/world";
import { type OpenStack, openStack } from "../open-stack";
import { type Project, stackFileOf } from "../project";
import { survey } from "../survey";

/** Everything that a proof of a stack's state needs. */
export interface Given {
  readonly configuration: StackConfiguration;
  /** What the state does not say. */
  readonly world: World;
  /** The content of an export of the stack. */
  readonly deployment: unknown;
}

/** The options of the command. */
export interface Options {
  readonly stack: string;
  readonly world?: string;
  readonly state?: string;
}

/**
 * Reads the files that are named. It reads the rest from the user's backend and clouds.
 *
 * @throws UnusableError if a file, the stack, or the answer of a cloud cannot be used.
 * @throws RefusedError that lists every problem of the configuration or of the world.
 */
export async function givenBy(project: Project, { stack, ...files }: Options): Promise<Given> {
  const described = files.world ? describedBy(project, stack, files.world) : undefined;
  const exported = files.state ? { deployment: readYaml("--state", files.state) } : undefined;
  if (described && exported) return { ...described, ...exported };
  const open = await opened(project, stack);
  try {
    return {
      ...(described ?? (await surveyed(open))),
      ...(exported ?? { deployment: await open.export() }),
    };
  } finally {
    open.close();
  }
}

async function opened(project: Project, name: string): Promise<OpenStack> {
  const engine = await findEngine((line) => process.stderr.write(`${line}\n`));
  const stack = await openStack(project, name, engine);
  if (!stack) throw new UnusableError(`--stack ${name}: the backend has no stack of this name.`);
  return stack;
}

type Described = Pick<Given, "configuration" | "world">;

function describedBy(project: Project, stack: string, file: string): Described {
  const { config } = readStackFile(stackFileOf(project, stack));
  const world = parseWorld(readYaml("--world", file));
  return { configuration: configurationOf(config, process.env), world };
}

async function surveyed(stack: OpenStack): Promise<Described> {
  const { configuration, snapshot, values, problems, failure } = await survey(stack);
  if (!configuration && problems.length > 0) {
    throw new RefusedError("The configuration cannot be used", problems);
  }
  if (!configuration || !snapshot) {
    throw new UnusableError(`Your clouds cannot be read, so nothing is proven:\n${failure}`);
  }
  return { configuration, world: parseWorld(worldOf(configuration, snapshot, values)) };
}
