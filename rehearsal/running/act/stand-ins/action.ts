import { appendFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/** The inputs that a stand-in knows. */
export interface Inputs {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** The value of an input, trimmed as in GitHub's toolkit. Empty if it is not set. */
export type Read = (name: string) => string;

/** act can lose the last output of a failed step, unless the step waits a moment. */
export const LAST_WORDS = 300;

/** Runs the stand-in of an action. It refuses unknown inputs; GitHub only warns. */
export async function runAction(
  inputs: Inputs,
  action: (read: Read) => void | Promise<void>,
): Promise<void> {
  try {
    const known = [...inputs.required, ...inputs.optional];
    const names = new Set(known.map(variable));
    const given = Object.keys(process.env).filter((name) => name.startsWith("INPUT_"));
    const unknown = given.filter((name) => !names.has(name)).map(inputName);
    if (unknown.length > 0) {
      throw new Error(`Unexpected input(s) '${unknown.join("', '")}', valid: ${known.join(", ")}`);
    }
    const read: Read = (name) => (process.env[variable(name)] ?? "").trim();
    for (const name of inputs.required) {
      if (!read(name)) throw new Error(`Input required and not supplied: ${name}`);
    }
    await action(read);
  } catch (error) {
    console.log(`::error::${(error as Error).message}`);
    process.exitCode = 1;
    await setTimeout(LAST_WORDS);
  }
}

export function setOutput(name: string, value: string): void {
  const end = "END_OF_OUTPUT";
  appendFileSync(process.env.GITHUB_OUTPUT as string, `${name}<<${end}\n${value}\n${end}\n`);
}

export function addPath(folder: string): void {
  appendFileSync(process.env.GITHUB_PATH as string, `${folder}\n`);
}

function variable(input: string): string {
  return `INPUT_${input.replaceAll(" ", "_").toUpperCase()}`;
}

function inputName(name: string): string {
  return name.slice("INPUT_".length).toLowerCase();
}
