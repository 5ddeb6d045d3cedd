import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { offendingCharacter } from "./characters";
import { nameWithoutCreate, textOf } from "./name-or-create";
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
  /** Names the character of a text that its pattern does not accept. */
  const texts = (path: Path, advice: Advice, pattern?: string, given?: unknown): Problem => {
    const it = problem(path, advice, given);
    const character = offendingCharacter(it.given, pattern);
    return character === undefined ? it : { ...it, character };
  };
  const meant = misspelled(schema, issues);
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
        return texts(
          path,
          advice(issue.issues[0] ?? issue),
          schemaAt(schema, path.slice(0, -1)).propertyNames?.pattern,
          path.at(-1),
        );
      case "invalid_type": {
        // The key is there, under a name that is nearly its own.
        if (meant.has(path.join("."))) return [];
        const keys = issue.expected === "object" ? knownKeys(schema, path) : [];
        const given = valueAt(input, path);
        const isText = given !== null && given !== undefined && typeof given !== "object";
        const line = isText && lineFor(schema, path, issue.expected, given);
        const { expected, fix } = wrongType(issue.expected, keys, given);
        const text = isText && issue.expected === "string" && quoted(schema, path, given);
        return problem(path, { expected, fix: line ? `Write \`${line}\`.` : text || fix });
      }
      case "invalid_union": {
        const key = path.at(-1);
        const meantCreate = nameWithoutCreate(key, knownKeys(schema, path), valueAt(input, path));
        if (meantCreate) return problem(path, meantCreate);
        const problemsOf = (errors: readonly Issue[]) => {
          const full = errors.map((it) => ({ ...it, path: [...path, ...it.path] }) as Issue);
          return schemaProblems(schema, full, input, root);
        };
        // The value has the type of one form, or of none.
        const form = issue.errors.find((errors) =>
          errors.every((it) => !it.code.startsWith("invalid_") || it.path.length > 0),
        );
        if (form) return problemsOf(form);
        const all = issue.errors.flatMap(problemsOf);
        const forms = all.map((it) => (it.expected === "a string" ? textOf(key) : it.expected));
        const expected = forms.join(", or ");
        return all.slice(0, 1).map((it) => ({ ...it, expected }));
      }
      default:
        return texts(path, advice(issue), schemaAt(schema, path).pattern);
    }
  });
}

/** The paths of the keys that are meant where an unknown key is nearly one of them. */
function misspelled(schema: z.core.$ZodType, issues: readonly Issue[]): ReadonlySet<string> {
  return new Set(
    issues.flatMap((issue) => {
      if (issue.code !== "unrecognized_keys") return [];
      const known = knownKeys(schema, issue.path);
      return issue.keys.flatMap((key) => {
        const found = near(key, known);
        return found === undefined ? [] : [...issue.path, found].join(".");
      });
    }),
  );
}

/** How to write a number, or true or false, as a text. Undefined: the key does not accept it. */
function quoted(schema: z.core.$ZodType, path: Path, given: unknown): string | undefined {
  const { pattern } = schemaAt(schema, path);
  if (!pattern || !new RegExp(pattern, "u").test(String(given))) return undefined;
  // YAML has dropped the zeros at the end of a decimal number.
  if (String(given).includes(".")) return "Write the number in quotes, with all its digits.";
  const key = path.at(-1);
  return `Write \`${typeof key === "number" ? "-" : `${String(key)}:`} "${given}"\`.`;
}

/** How to write a text as the list, or as the item of a list, that it should be. */
function lineFor(schema: z.core.$ZodType, path: Path, type: string, given: unknown) {
  const isPlain = /^[\w./-]+$/.test(String(given));
  const text = isPlain ? String(given) : JSON.stringify(given);
  const item = (at: Path) => {
    const [first] = knownKeys(schema, at);
    return first === undefined ? text : `{ ${first}: ${text} }`;
  };
  if (type === "array") return `${String(path.at(-1))}: [${item([...path, 0])}]`;
  return type === "object" && typeof path.at(-1) === "number" && `- ${item(path)}`;
}

/** The keys that a schema knows at a path. Of several forms, the one with keys counts. */
export function knownKeys(schema: z.core.$ZodType, path: Path): string[] {
  const at = schemaAt(schema, path);
  return Object.keys((at.anyOf?.find(({ properties }) => properties) ?? at).properties ?? {});
}

/** A schema's part at a path. Of several forms, the one that is a text also says its pattern. */
function schemaAt(schema: z.core.$ZodType, path: Path): Form {
  const root = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Form;
  const found = path.reduce<Form>((at, key) => {
    const form = at.anyOf?.find((it) => it.properties ?? it.items) ?? at;
    const { items, properties, additionalProperties: others } = form;
    return (typeof key === "number" ? items : (properties?.[String(key)] ?? (others || {}))) ?? {};
  }, root);
  return { ...found, pattern: found.pattern ?? found.anyOf?.find((form) => form.pattern)?.pattern };
}

/** What is read of a JSON Schema. */
interface Form {
  /** Of an object with any keys: their values. */
  readonly additionalProperties?: Form | false;
  readonly anyOf?: readonly Form[];
  readonly items?: Form;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Form>>;
  readonly propertyNames?: Form;
}

/** Advice on a key that is similar to a known one, or differs from it only in case. */
export function suggestion(key: string, known: readonly string[]): string | undefined {
  const found = near(key, known);
  return found && `Did you mean \`${found}\`? Otherwise, remove this key.`;
}

/** The known key that a key is similar to. */
export function near(key: string, known: readonly string[]): string | undefined {
  const [typed, ...all] = [key, ...known].map((it) => it.toLowerCase()) as [string, ...string[]];
  const found = closest(typed, all);
  const isNear = all.length > 0 && distance(typed, found) <= Math.max(2, key.length / 3);
  return isNear ? known[all.indexOf(found)] : undefined;
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
  return { expected, fix: "Use a value of this type." };
}

/** Our own schemas bring their advice in `params`. */
function advice(issue: Issue): Advice {
  switch (issue.code) {
    case "custom":
      return { expected: issue.message, fix: "Change this value.", ...issue.params };
    case "invalid_value":
      return { expected: oneOf(issue.values), fix: "Use one of these values." };
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

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : `one of: ${values.join(", ")}`;
}
