import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { STAND_INS, type StandIn } from "./actions";

/** Folders with the stand-ins, ready to run. */
export interface StandInFolders {
  /** Stand-ins of actions, in one folder for each repository: `owner/repository`. */
  readonly actions: string;
  /** Commands, for PATH. */
  readonly commands: string;
  /** The signing plugin's executable. */
  readonly plugin: string;
  /** The compiled modules. */
  readonly modules: string;
}

/** The system's shell. act can lose the last output of a failed step that does not wait. */
const BASH = `#!/bin/sh
/bin/bash "$@"
status=$?
[ $status -eq 0 ] || sleep 0.3
exit $status
`;

/** Skips the waits of a generated workflow, and only those. */
const SLEEP = `#!/bin/sh
case "$1" in
  10 | 20 | 40 | 60) echo "$1" >> "$HOME/waited" ;;
  *) exec /bin/sleep "$@" ;;
esac
`;

/** The time, with the seconds that were skipped. */
const DATE = `#!/bin/sh
if [ "$*" != "+%s" ]; then exec /bin/date "$@"; fi
now=$(/bin/date +%s)
if [ -f "$HOME/waited" ]; then
  while read -r seconds; do now=$((now + seconds)); done < "$HOME/waited"
fi
echo "$now"
`;

/**
 * Writes the stand-ins to a folder. They are compiled, because Node runs TypeScript, but it does
 * not find modules that are imported without an extension.
 */
export async function layOutStandIns(folder: string): Promise<StandInFolders> {
  await compile(join(__dirname, "stand-ins"), join(folder, "running", "stand-ins"));
  await compile(__dirname, join(folder, "running"), /^grants\./);
  const modules = join(folder, "running", "stand-ins");
  const actions = join(folder, "actions");
  for (const [name, standIn] of Object.entries(STAND_INS)) {
    write(join(actions, name), "action.yml", actionFile(name, standIn));
    write(join(actions, name), "main.js", mainFile(modules, standIn));
  }
  const commands = join(folder, "commands");
  writeExecutable(commands, "az", `require(${JSON.stringify(join(modules, "az"))}).az()`);
  writeScript(commands, "bash", BASH);
  writeScript(commands, "sleep", SLEEP);
  writeScript(commands, "date", DATE);
  const plugin = `require(${JSON.stringify(join(modules, "plugin"))}).plugin(process.argv[2])`;
  const name = "notation-azure-artifactsigning";
  const executable = writeExecutable(join(folder, "plugin"), name, plugin);
  return { actions, commands, plugin: executable, modules };
}

/** Source files. The npm package has them as JavaScript, with declarations beside them. */
const SOURCE = /(?<!\.d)\.[jt]s$/;

async function compile(from: string, to: string, only = SOURCE): Promise<void> {
  const { default: ts } = await import("typescript");
  for (const file of readdirSync(from).filter((it) => SOURCE.test(it) && only.test(it))) {
    const { outputText } = ts.transpileModule(readFileSync(join(from, file), "utf8"), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    write(to, file.replace(SOURCE, ".js"), outputText);
  }
}

function actionFile(name: string, { inputs }: StandIn): string {
  const declared = [...inputs.required, ...inputs.optional].map((each) => [each, {}]);
  return JSON.stringify({
    name,
    description: `Stands in for ${name}`,
    inputs: Object.fromEntries(declared),
    runs: { using: "node24", main: "main.js" },
  });
}

function mainFile(modules: string, { module, run, inputs }: StandIn): string {
  const load = (name: string) => `require(${JSON.stringify(join(modules, name))})`;
  return `${load("action")}.runAction(${JSON.stringify(inputs)}, ${load(module)}.${run});\n`;
}

function write(folder: string, name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function writeExecutable(folder: string, name: string, script: string): string {
  return writeScript(folder, name, `#!/usr/bin/env node\n${script};\n`);
}

function writeScript(folder: string, name: string, script: string): string {
  const file = write(folder, name, script);
  chmodSync(file, 0o755);
  return file;
}
