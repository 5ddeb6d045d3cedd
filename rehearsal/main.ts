import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import program from "../index";
import { findEngine } from "./engine/find";
import { isolate } from "./engine/isolate";
import { Progress } from "./progress";
import { type Rehearsal, type Rehearsed, rehearse } from "./rehearse";
import { rehearseAndRun } from "./running/rehearse-and-run";
import { show } from "./show";
import { readStackFile } from "./stack-file";
import { parseWorld } from "./world";

const USAGE = `npm run rehearse -- [--config Pulumi.STACK.yaml] [--world world.yaml] [--out DIR]
                   [--json] [--run]

Runs preview, up, a second up, and destroy for a stack. It uses the real Pulumi engine and embedded
clouds. Then it proves who can log in and what they can do. It needs no account, and it changes
nothing in your clouds.

  --config  The stack file. Default: Pulumi.dev.yaml.
  --world   A file that describes what exists in the embedded clouds. Default: everything that the
            configuration requires exists.
  --out     A folder for the committed files, the reusable workflows, and report.json.
  --json    Print the report as JSON instead of text.
  --run     Also run the committed workflows on this computer, offline, and verify the signatures.
            This needs Go, Python, and openssl.
`;

const project = join(__dirname, "..");

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      config: { type: "string", default: join(project, "Pulumi.dev.yaml") },
      world: { type: "string" },
      out: { type: "string" },
      json: { type: "boolean", default: false },
      run: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const aborted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => aborted.abort(new Stopped(`stopped by ${signal}`)));
  }
  isolate();
  // A folder that cannot be created fails here, before the rehearsal takes time.
  if (values.out) mkdirSync(values.out, { recursive: true });
  const progress = new Progress(process.stderr);
  const stack = readStackFile(resolve(values.config));
  for (const key of stack.leftOut) progress.say(`The rehearsal leaves out ${key}.`);
  const world = values.world && parseWorld(parse(readFileSync(values.world, "utf8")));
  const engine = await findEngine((line) => progress.say(line), aborted.signal);
  progress.say(`engine: pulumi ${engine.version}, ${engine.source}`);
  const rehearsal: Rehearsal = {
    engine,
    program,
    project: readFileSync(join(project, "Pulumi.yaml"), "utf8"),
    stack,
    world: world || undefined,
    signal: aborted.signal,
    onPhase: (name, done) => progress.phase(name, done),
    onEvent: (event) => progress.event(event),
  };
  const say = (line: string) => progress.say(line);
  const rehearsed = await (values.run ? rehearseAndRun(rehearsal, say) : rehearse(rehearsal));
  progress.wipe();
  if (values.out) keep(rehearsed, values.out);
  const { report } = rehearsed;
  const text = values.json ? JSON.stringify(report, undefined, 2) : show(report, values.out);
  process.stdout.write(`${text}\n`);
  return report.holds ? 0 : 1;
}

/** A signal stopped the rehearsal. */
class Stopped extends Error {}

function keep({ report, files, callable }: Rehearsed, folder: string): void {
  const write = (path: string, content: string) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  for (const { repository, path, content } of files) {
    write(join("repositories", repository, path), content);
  }
  for (const [reference, text] of Object.entries(callable)) {
    write(join("callable", reference.split("@")[0] ?? ""), text);
  }
  write("report.json", `${JSON.stringify(report, undefined, 2)}\n`);
}

main().then(
  (code) => process.exit(code),
  (failure: Error & { code?: string }) => {
    const misused = failure.code?.startsWith("ERR_PARSE_ARGS") === true;
    process.stderr.write(`${process.env.DEBUG ? failure.stack : failure.message}\n`);
    if (misused) process.stderr.write(`\n${USAGE}`);
    process.exit(misused ? 2 : failure instanceof Stopped ? 130 : 1);
  },
);
