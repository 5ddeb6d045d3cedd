import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { configurationOf, RefusedError } from "../../rehearsal/configuration";
import { worldText } from "../../rehearsal/derived/text";
import { derivedWorld } from "../../rehearsal/derived-world";
import { findEngine } from "../../rehearsal/engine/find";
import { isolate } from "../../rehearsal/engine/isolate";
import { makeFolder, readYaml } from "../../rehearsal/options";
import { Progress } from "../../rehearsal/progress";
import { type Rehearsal, rehearse } from "../../rehearsal/rehearse";
import { rehearseAndRun } from "../../rehearsal/running/rehearse-and-run";
import { show } from "../../rehearsal/show";
import { readStackFile } from "../../rehearsal/stack-file";
import { parseWorld } from "../../rehearsal/world/world";
import { stack as program } from "../../stack";
import type { Command } from "../command";
import { projectOf } from "../project";
import { keep } from "./keep";

const usage = `npm run rehearse -- [--config Pulumi.STACK.yaml] [--world world.yaml]
                   [--out DIR] [--json] [--run]

Runs preview, up, a second up, and destroy for a stack, on the real Pulumi
engine and simulated clouds. Then it proves who can log in and what they can
do. It needs no account. It reads and changes nothing in your clouds.

  --config  The stack file. Default: Pulumi.dev.yaml.
  --world   A file that describes what exists in the simulated clouds. Default:
            everything that the configuration requires exists.
  --out     A folder for the committed files, the reusable workflows, what
            verifiers need (verify/), and report.json. Without --world, also
            for the world that was used: world.yaml. Change it to describe
            your clouds, and pass it back with --world.
  --json    Print the report as JSON instead of text.
  --run     Also run the committed workflows on this computer, offline, and
            verify the signatures. This needs Go, Python, openssl, and jq.
`;

async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      config: { type: "string", default: "Pulumi.dev.yaml" },
      world: { type: "string" },
      out: { type: "string" },
      json: { type: "boolean", default: false },
      run: { type: "boolean", default: false },
    },
  });
  const project = projectOf();
  const aborted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => aborted.abort(new Stopped(`stopped by ${signal}`)));
  }
  isolate();
  const progress = new Progress(process.stderr);
  const stack = readStackFile(resolve(values.config));
  for (const key of stack.leftOut) progress.say(`The rehearsal leaves out ${key}.`);
  const stated = values.world ? readYaml("--world", values.world) : {};
  const world = values.world ? parseWorld(stated) : undefined;
  // A folder that cannot be created fails here, before the rehearsal takes time.
  if (values.out) makeFolder("--out", values.out);
  const engine = await findEngine((line) => progress.say(line), aborted.signal);
  progress.say(`engine: pulumi ${engine.version}, ${engine.source}`);
  const rehearsal: Rehearsal = {
    engine,
    program,
    project: project.text,
    stack,
    world,
    stated,
    signal: aborted.signal,
    onPhase: (name, done) => progress.phase(name, done),
    onEvent: (event) => progress.event(event),
  };
  const say = (line: string) => progress.say(line);
  const rehearsed = await (values.run ? rehearseAndRun(rehearsal, say) : rehearse(rehearsal));
  progress.wipe();
  const derived = values.world ? undefined : derivedText(stack.config);
  if (values.out) keep(rehearsed, values.out, { derived, given: values.world });
  const { report } = rehearsed;
  const kept = values.out ? { folder: values.out, world: derived !== undefined } : undefined;
  const text = values.json ? JSON.stringify(report, undefined, 2) : show(report, kept);
  process.stdout.write(`${text}\n`);
  return report.holds ? 0 : 1;
}

/** A signal stopped the rehearsal. */
class Stopped extends Error {}

/** The world that was derived, as a file. Undefined: the configuration has problems. */
function derivedText(config: Readonly<Record<string, string>>): string | undefined {
  try {
    return worldText(derivedWorld(configurationOf(config, process.env)));
  } catch (failure) {
    if (failure instanceof RefusedError) return undefined;
    throw failure;
  }
}

export const command: Command = {
  usage,
  run: (args) =>
    run(args).catch((failure) => {
      if (!(failure instanceof Stopped)) throw failure;
      process.stderr.write(`${failure.message}\n`);
      return 130;
    }),
};
