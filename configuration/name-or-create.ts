import { isRecord, type Problem } from "./problems";

type Advice = Pick<Problem, "expected" | "fix">;

/** What a text means, of keys that take a text or something else. */
const TEXTS: Readonly<Record<string, string>> = {
  account: "a name",
  profile: "a name",
  repository: "a name",
  environment: "a name",
  existing: "a resource ID",
  runner: "a label",
  schedule: "a cron expression",
};

/** How to call the text that is one form of a key's value. */
export function textOf(key: PropertyKey | undefined): string {
  return TEXTS[String(key)] ?? "a string";
}

/** Advice where `name` stands beside, and not below, the key `create`. Undefined: it does not. */
export function nameWithoutCreate(
  key: PropertyKey | undefined,
  keys: readonly string[],
  given: unknown,
): Advice | undefined {
  if (keys.join() !== "create" || !isRecord(given) || "create" in given) return undefined;
  if (given.name === undefined) return undefined;
  const [it, name] = [String(key), String(given.name)];
  return {
    expected: "a name, or an object with the key create",
    fix: `If it exists, write \`${it}: ${name}\`. To create it, write \`${it}: { create: { name: ${name} } }\`.`,
  };
}
