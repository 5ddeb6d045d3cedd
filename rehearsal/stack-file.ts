import { basename } from "node:path";
import { stringify } from "yaml";
import { isRecord } from "../configuration/problems";
import { stackSchema } from "../configuration/schema";
import { readYaml, UnusableError } from "./options";

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

const OWN = "countersign";

/** Namespaces that are not of a project. */
const PROVIDERS = ["azure-native", "azuread", "github", "pulumi"];

/**
 * Reads `Pulumi.NAME.yaml`. It leaves out encrypted values and environments of Pulumi ESC. Embedded
 * clouds do not need the credentials that these usually contain.
 *
 * @throws UnusableError with one sentence.
 */
export function readStackFile(path: string): StackFile {
  const name = /^Pulumi\.(.+)\.ya?ml$/.exec(basename(path))?.[1];
  if (!name) {
    throw new UnusableError(`${path} is not a stack file: its name must be Pulumi.STACK.yaml.`);
  }
  const content = readYaml("--config", path);
  if (!isRecord(content) || !isRecord(content.config)) {
    throw new UnusableError(`${path} has no \`config:\` with the stack's keys below it.`);
  }
  const entries = Object.entries(content.config).map(([key, value]) => [full(key), value] as const);
  ofThisProject(
    path,
    entries.map(([key]) => key),
  );
  const encrypted = entries.flatMap(([key, value]) =>
    key.startsWith(`${OWN}:`) ? encryptedIn(value, key) : [],
  );
  if (encrypted.length > 0) throw new UnusableError(notSecret(path, encrypted));
  const isEncrypted = (value: unknown) => encryptedIn(value, "").length > 0;
  const plain = entries.filter(([, value]) => !isEncrypted(value));
  const leftOut = entries.filter(([, value]) => isEncrypted(value)).map(([key]) => key);
  if (content.environment) leftOut.push("environment");
  return {
    name,
    text: stringify({ config: Object.fromEntries(plain) }),
    config: Object.fromEntries(plain.map(([key, value]) => [key, stored(value)])),
    leftOut,
  };
}

/** A key without a namespace belongs to the project. */
function full(key: string): string {
  return key.includes(":") ? key : `${OWN}:${key}`;
}

function stored(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Refuses a file without any key that could be of this project. */
function ofThisProject(path: string, keys: readonly string[]): void {
  const isOurs = (key: string) => key.split(":").slice(1).join(":") in stackSchema.shape;
  const namespaces = [...new Set(keys.map((key) => key.split(":")[0] ?? ""))];
  const others = namespaces.filter((it) => !PROVIDERS.includes(it));
  if (others.length === 0 || others.includes(OWN) || keys.some(isOurs)) return;
  const list = others.map((it) => `\`${it}:\``).join(" and ");
  throw new UnusableError(
    `${path} is a stack file of another project: it has keys of ${list}, and none of \`${OWN}:\`.`,
  );
}

function notSecret(path: string, keys: readonly string[]): string {
  const [first] = keys;
  const [which, verb] = keys.length > 1 ? [keys.join(", "), "are"] : [first, "is"];
  return `In ${path}, ${which} ${verb} encrypted, so the rehearsal cannot read it. Write it in plain text: no key of \`${OWN}:\` is a secret.`;
}

/** The paths of encrypted values. Pulumi stores one as an object with the only key `secure`. */
function encryptedIn(value: unknown, path: string): string[] {
  if (value === null || typeof value !== "object") return [];
  if ("secure" in value && typeof value.secure === "string") return [path];
  return Object.entries(value).flatMap(([key, it]) => encryptedIn(it, `${path}.${key}`));
}
