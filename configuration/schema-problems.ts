import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { joinPath, type Problem, valueAt } from "./problems";

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;
type Advice = Pick<Problem, "expected" | "fix">;

/** Turns what zod found into problems. The input is at `root` in the configuration. */
export function schemaProblems(
  schema: z.core.$ZodType,
  issues: readonly Issue[],
  input: unknown,
  root: string,
): Problem[] {
  const problem = (path: Path, advice: Advice, given = valueAt(input, path)): Problem => ({
    path: joinPath(root, path.map(String).join(".")),
    given,
    ...advice,
  });
  return issues.flatMap((issue): Problem | Problem[] => {
    const { path } = issue;
    switch (issue.code) {
      case "unrecognized_keys": {
        const known = knownKeys(schema, path);
        const expected = `one of these keys: ${known.join(", ")}`;
        return issue.keys.map((key) => {
          const fix = suggestion(key, known) ?? "Remove this key.";
          return problem([...path, key], { expected, fix });
        });
      }
      case "invalid_key":
        return problem(path, advice(issue.issues[0] ?? issue), path.at(-1));
      case "invalid_type": {
        const keys = issue.expected === "object" ? knownKeys(schema, path) : [];
        return problem(path, wrongType(issue.expected, keys, valueAt(input, path)));
      }
      case "invalid_union": {
        const problemsOf = (errors: readonly Issue[]) => {
          const full = errors.map((it) => ({ ...it, path: [...path, ...it.path] }) as Issue);
          return schemaProblems(schema, full, input, root);
        };
        // The value has the type of one form, or of none.
        const form = issue.errors.find((errors) =>
          errors.every((it) => it.code !== "invalid_type" || it.path.length > 0),
        );
        if (form) return problemsOf(form);
        const all = issue.errors.flatMap(problemsOf);
        const expected = all.map((it) => it.expected).join(", or ");
        return all.slice(0, 1).map((it) => ({ ...it, expected }));
      }
      default:
        return problem(path, advice(issue));
    }
  });
}

/** The keys that a schema knows at a path. Of several forms, the one with keys counts. */
export function knownKeys(schema: z.core.$ZodType, path: Path): string[] {
  type Json = z.core.JSONSchema.BaseSchema;
  const object = (it: Json) => (it.anyOf?.find((form) => (form as Json).properties) ?? it) as Json;
  const root: Json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const found = path.reduce<Json>((at, key) => {
    const { items, properties } = object(at);
    return ((typeof key === "number" ? items : properties?.[String(key)]) ?? {}) as Json;
  }, root);
  return Object.keys(object(found).properties ?? {});
}

/** Advice on a key that is similar to a known one, or differs from it only in case. */
export function suggestion(key: string, known: readonly string[]): string | undefined {
  const [typed, ...all] = [key, ...known].map((it) => it.toLowerCase()) as [string, ...string[]];
  const near = closest(typed, all);
  const isNear = all.length > 0 && distance(typed, near) <= Math.max(2, key.length / 3);
  if (!isNear) return undefined;
  return `Did you mean \`${known[all.indexOf(near)]}\`? Otherwise, remove this key.`;
}

const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  object: "an object",
  record: "an object",
};

function wrongType(type: string, keys: readonly string[], given: unknown): Advice {
  const name = TYPES[type] ?? `a ${type}`;
  const expected = keys.length > 0 ? `${name} with keys ${keys.join(", ")}` : name;
  if (given === undefined) return { expected, fix: "Add this key. It is required." };
  if (given === null) return { expected, fix: "Add a value, or remove this key." };
  const isItem = type === "array" && typeof given !== "object";
  return { expected, fix: isItem ? `Write a list: \`[${given}]\`.` : "Use a value of this type." };
}

/** Our own schemas bring their advice in `params`. */
function advice(issue: Issue): Advice {
  switch (issue.code) {
    case "custom":
      return { expected: issue.message, fix: "Change this value.", ...issue.params };
    case "invalid_value":
      return { expected: `one of: ${issue.values.join(", ")}`, fix: "Use one of these values." };
    case "too_small": {
      const more = issue.origin === "array" ? "Add an item" : "Use a larger number";
      return { expected: `at least ${issue.minimum}`, fix: `${more}, or remove this key.` };
    }
    case "too_big":
      return { expected: `at most ${issue.maximum}`, fix: "Use a smaller number." };
    default:
      return { expected: issue.message, fix: "Change this value." };
  }
}
