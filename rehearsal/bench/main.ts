import { parseArgs } from "node:util";
import { findEngine } from "../engine/find";
import { isolate } from "../engine/isolate";
import { measure, type Row } from "./measure";
import { show } from "./show";

const USAGE = `npm run bench -- [--runs 5] [--sizes 1,30,150] [--delays 0,100] [--json]

Previews stacks on the embedded clouds and the real Pulumi engine, and the same resources declared
in a bare loop. Prints medians.

  --runs    previews of each kind
  --sizes   numbers of pipelines
  --delays  milliseconds that GitHub takes to answer each read
  --json    print the rows as JSON
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "5" },
      sizes: { type: "string", default: "1,30,150" },
      delays: { type: "string", default: "0,100" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  isolate();
  // tsx maps stack traces to TypeScript. The SDK takes one for each promise, so that the mapping would
  // be a good part of what is measured.
  process.setSourceMapsEnabled(false);
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const engine = await findEngine(say);
  const delays = numbers(values.delays, 0);
  const [runs = 1] = numbers(values.runs, 1);
  const rows: Row[] = [];
  for (const size of numbers(values.sizes, 1)) {
    say(`${size} pipelines: ${runs} previews of each kind at ${delays.join(" and ")} ms per read`);
    rows.push(...(await measure(engine, size, delays, runs)));
  }
  process.stdout.write(`${values.json ? JSON.stringify(rows, undefined, 2) : show(rows)}\n`);
}

function numbers(text: string, least: number): number[] {
  return text.split(",").map((part) => {
    if (!/^\d+$/.test(part) || Number(part) < least) {
      throw new Error(`${text} is not a list of whole numbers from ${least}`);
    }
    return Number(part);
  });
}

main().then(
  () => process.exit(0),
  (failure: Error) => {
    process.stderr.write(`${failure.message}\n`);
    process.exit(1);
  },
);
