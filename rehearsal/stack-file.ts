import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse, stringify } from "yaml";
import { isRecord } from "../configuration/problems";

/** A stack file, as the rehearsal uses it. */
export interface StackFile {
  readonly name: string;
  /** The text that the engine gets. */
  readonly text: string;
  /** Values as Pulumi stores them, by full key. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys that the rehearsal cannot read. */
  readonly leftOut: readonly string[];
}

/**
 * Reads `Pulumi.NAME.yaml`. It leaves out encrypted values and environments of Pulumi ESC. Embedded
 * clouds do not need the credentials that these usually contain.
 */
export function readStackFile(path: string): StackFile {
  const name = /^Pulumi\.(.+)\.ya?ml$/.exec(basename(path))?.[1];
  if (!name) throw new Error(`${path} is not a stack file: its name must be Pulumi.STACK.yaml`);
  const content = read(path);
  if (!isRecord(content) || !isRecord(content.config)) {
    throw new Error(`${path} has no \`config:\` with the stack's keys below it`);
  }
  const entries = Object.entries(content.config);
  const plain = entries.filter(([, value]) => !isEncrypted(value));
  const leftOut = entries.filter(([, value]) => isEncrypted(value)).map(([key]) => key);
  if (content.environment) leftOut.push("environment");
  return {
    name,
    text: stringify({ config: Object.fromEntries(plain) }),
    config: Object.fromEntries(plain.map(([key, value]) => [full(key), stored(value)])),
    leftOut,
  };
}

function read(path: string): unknown {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (failure) {
    throw new Error(`${path} cannot be read: ${(failure as Error).message}`);
  }
}

/** A key without a namespace belongs to the project. */
function full(key: string): string {
  return key.includes(":") ? key : `countersign:${key}`;
}

function stored(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isEncrypted(value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  return "secure" in value || Object.values(value).some(isEncrypted);
}
