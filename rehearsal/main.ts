import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import program from "../index";
import { findEngine } from "./engine/find";
import { Progress } from "./progress";
import { type Rehearsal, type Rehearsed, rehearse } from "./rehearse";
import { rehearseAndRun } from "./running/rehearse-and-run";
import { show } from "./show";
import { readStackFile } from "./stack-file";
import { parseWorld } from "./world";

const USAGE = `npm run rehearse -- [--config Pulumi.STACK.yaml] [--world world.yaml] [--out DIR]
                   [--json] [--run]

Takes a stack through preview, up, up again and destroy on the real Pulumi engine, against embedded
clouds, and proves whom it trusts. No account is needed and nothing outside is touched.

  --config  stack file (default: Pulumi.dev.yaml)
  --world   what exists in the embedded clouds (default: what the configuration takes for granted)
  --out     folder for the committed files, what they call, and report.json
  --json    print the report instead of the text
  --run     also run the committed workflows here, offline, and verify what they signed; needs Go
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
  // Before anything takes long: there the results shall go.
  if (values.out) mkdirSync(values.out, { recursive: true });
  const progress = new Progress(process.stderr);
  const stack = readStackFile(resolve(values.config));
  for (const key of stack.leftOut) progress.say(`left out of the rehearsal: ${key}`);
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

/** The person at the terminal wanted no more. */
class Stopped extends Error {}

/** The user's own Pulumi must not reach into a rehearsal, nor a rehearsal into it. */
function isolate(): void {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith("PULUMI_")) delete process.env[name];
  }
}

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
