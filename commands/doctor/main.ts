import { existsSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { type Engine, findEngine } from "../../rehearsal/engine/find";
import { UnusableError } from "../../rehearsal/options";
import { readStackFile } from "../../rehearsal/stack-file";
import type { Command } from "../command";
import { type OpenStack, openEmptyStack, openStack, saidBy } from "../open-stack";
import { type Project, projectOf, stackFileOf } from "../project";
import { survey } from "../survey";
import { askFacts } from "./ask";
import { doctorReport } from "./checks";
import type { Facts } from "./facts";
import { groupsOf, type StackFacts } from "./groups";
import { showDoctor } from "./show";
import { worldFile } from "./world-file";

const usage = `npm run doctor -- --stack NAME [--world FILE] [--json]

Checks what the stack needs in Azure and on GitHub, with the logins that
\`pulumi up\` would use. It declares and changes nothing. What cannot be asked is
unknown, never ok. The exit status is 0 if nothing is missing, and otherwise 1.

  --stack  The stack, with its file Pulumi.NAME.yaml.
  --world  Write what was found to this new file, as a world for
           \`npm run rehearse -- --world FILE\`.
  --json   Print the checks as JSON instead of text.
`;

async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stack: { type: "string" },
      world: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  if (!values.stack) throw new UnusableError("--stack is missing. Name the stack to check.");
  if (values.world && existsSync(values.world)) {
    throw new UnusableError(`--world ${values.world} exists. Name a new file to write to.`);
  }
  const project = projectOf();
  const file = stackFileOf(project, values.stack);
  const engine = await findEngine((line) => process.stderr.write(`${line}\n`));
  const { stack, exists } = await opened(project, values.stack, file, engine);
  let facts: Facts | undefined;
  try {
    const found = await survey(stack, async (configuration, settings) => {
      facts = await askFacts(configuration, settings["azure-native:environment"]);
    });
    const known: StackFacts = {
      name: values.stack,
      file: basename(file),
      engine: engine.version,
      exists,
    };
    const report = doctorReport(groupsOf(known, found, facts));
    const text = values.json
      ? JSON.stringify(report, undefined, 2)
      : showDoctor(report, process.stdout);
    process.stdout.write(`${text}\n`);
    if (values.world) process.stderr.write(`${keepWorld(values.world, found)}\n`);
    return report.ok ? 0 : 1;
  } finally {
    stack.close();
  }
}

function keepWorld(path: string, found: Awaited<ReturnType<typeof survey>>): string {
  const text = worldFile(found);
  if (text === undefined) return `${path} was not written, because the clouds did not answer.`;
  writeFileSync(path, text);
  return `Wrote ${path}. Next: npm run rehearse -- --world ${path}`;
}

/** The user's stack. Without one, the checks run with an empty state. */
async function opened(
  project: Project,
  name: string,
  file: string,
  engine: Engine,
): Promise<{ readonly stack: OpenStack; readonly exists: StackFacts["exists"] }> {
  const empty = () => openEmptyStack(project, readStackFile(file), engine);
  try {
    const stack = await openStack(project, name, engine);
    return stack ? { stack, exists: true } : { stack: await empty(), exists: false };
  } catch (failure) {
    if (failure instanceof UnusableError) throw failure;
    return { stack: await empty(), exists: { said: saidBy((failure as { cause: Error }).cause) } };
  }
}

export const command: Command = { usage, run };
