import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readBootstrap } from "../../bootstrap/configuration";
import { stackValues } from "../../bootstrap/discover";
import { bootstrap } from "../../bootstrap/program";
import { describeProblems } from "../../configuration/problems";
import { rehearseBootstrap } from "../../rehearsal/bootstrap/rehearse";
import { findEngine } from "../../rehearsal/engine/find";
import { isolate } from "../../rehearsal/engine/isolate";
import { UnusableError } from "../../rehearsal/options";
import type { Command } from "../command";
import { projectOf } from "../project";
import { holds, showBootstrap } from "./show";

const usage = `npm run rehearse-bootstrap -- [--config bootstrap/Pulumi.STACK.yaml]

Runs the program in the folder bootstrap on the real Pulumi engine and
simulated clouds. Then it proves which runs of GitHub Actions can log in as the
identities of that program, and what they can do then.

  --config  The stack file. Default: bootstrap/Pulumi.dev.yaml.
`;

async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { config: { type: "string", default: "bootstrap/Pulumi.dev.yaml" } },
  });
  isolate();
  const file = resolve(values.config);
  const project = projectOf(resolve(file, ".."));
  // The key `stackFile` is relative to the project, as in \`pulumi up\`.
  process.chdir(project.folder);
  const name = /^Pulumi\.(.+)\.ya?ml$/.exec(basename(file))?.[1];
  if (!name) throw new UnusableError(`--config ${file}: the name must be Pulumi.STACK.yaml.`);
  const { configuration, problems } = readBootstrap(stackValues(file), stackValues);
  if (!configuration) {
    throw new UnusableError(describeProblems("The configuration cannot be used", problems));
  }
  const engine = await findEngine((line) => process.stderr.write(`${line}\n`));
  const stack = { name, text: readFileSync(file, "utf8") };
  const rehearsed = await rehearseBootstrap(configuration, {
    engine,
    program: bootstrap,
    project: project.text,
    stack,
  });
  process.stdout.write(`${showBootstrap(rehearsed, process.stdout)}\n`);
  return holds(rehearsed) ? 0 : 1;
}

export const command: Command = { usage, run };
