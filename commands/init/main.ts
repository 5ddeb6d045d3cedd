import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { UnusableError } from "../../rehearsal/options";
import type { Command } from "../command";
import { projectOf, stackFileOf } from "../project";
import { ask } from "./ask";
import { offersOfLogins } from "./offers";
import { faultsOf, type InitAnswers, QUESTIONS } from "./questions";
import { stackFileText } from "./stack-file";

const usage = `npm run init -- [--stack NAME] [--owner NAME] [--repository NAME]
                [--registry NAME] [--registry-group NAME] [--location REGION]
                [--account NAME] [--signing-group NAME] [--profile NAME]

Asks for what a stack needs, and writes the commented file Pulumi.STACK.yaml.
On a terminal, it asks for what the options do not say, and offers what your
logins can list: GITHUB_TOKEN or \`gh\` for GitHub, and \`az\` for Azure. Without
a terminal, the options must say everything. The file never contains a secret.

  --stack           Name of the stack. Default: prod.
  --owner           User or organization on GitHub.
  --repository      Repository whose images are signed.
  --registry        Container registry.
  --registry-group  Resource group of the registry.
  --location        Azure region of the new identity. Default: westeurope.
  --account         Artifact Signing account.
  --signing-group   Resource group of the account.
  --profile         Certificate profile.
`;

async function run(args: readonly string[]): Promise<number> {
  const names = QUESTIONS.map(({ flag }) => flag.slice(2));
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  const { values } = parseArgs({ args: [...args], options });
  const given = Object.fromEntries(
    QUESTIONS.flatMap(({ key, flag }) => {
      const value = values[flag.slice(2)];
      return typeof value === "string" ? [[key, value]] : [];
    }),
  ) as Partial<InitAnswers>;
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const faults = faultsOf(given, isTerminal);
  if (faults.length > 0) throw new UnusableError(faults.join("\n"));
  const project = projectOf();
  const isTaken = (stack: string) => existsSync(stackFileOf(project, stack));
  const standard = Object.fromEntries(QUESTIONS.map(({ key, standard }) => [key, standard]));
  const refuse = (stack: string) => {
    if (!isTaken(stack)) return;
    const name = `Pulumi.${stack}.yaml`;
    throw new UnusableError(`${name} exists already. Choose another --stack, or change the file.`);
  };
  if (given.stack || !isTerminal) refuse(given.stack ?? "prod");
  const answers = isTerminal
    ? await ask(given, offersOfLogins(), isTaken)
    : ({ ...standard, ...given } as unknown as InitAnswers);
  if (!answers) return 130;
  const file = stackFileOf(project, answers.stack);
  const name = `Pulumi.${answers.stack}.yaml`;
  writeFileSync(file, stackFileText(answers, schemaOf(project.folder)));
  process.stdout.write(
    [
      `Wrote ${name}. Next:`,
      "",
      `  npm run rehearse -- --config ${name}`,
      `  pulumi stack init ${answers.stack}`,
      `  npm run doctor -- --stack ${answers.stack}`,
      "  pulumi preview",
      "",
    ].join("\n"),
  );
  return 0;
}

/** The schema of stack files: in this repository, or in the package. */
function schemaOf(folder: string): string {
  const own = "stack.schema.json";
  return existsSync(join(folder, own)) ? `./${own}` : `node_modules/countersign/${own}`;
}

export const command: Command = { usage, run };
