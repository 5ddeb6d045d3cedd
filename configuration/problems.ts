/** One mistake of the user, and the way out of it. */
export interface Problem {
  /** The configuration key, e.g. `countersign:pipelines.web.signWith`. */
  readonly path: string;
  /** The value of that key. Undefined: it has none. */
  readonly given: unknown;
  /** The character of the value that the key does not accept, if that is the mistake. */
  readonly character?: string;
  /** What the key accepts. */
  readonly expected: string;
  /** What to do, as an instruction. */
  readonly fix: string;
  /** A text that the fix needs, such as a file to commit. Default: none. */
  readonly attachment?: string;
}

/** Reports a problem at a path below one place. `given` is by default the value at that path. */
export type Report = (path: string, expected: string, fix: string, given?: unknown) => void;

/** Makes a report for one place of the configuration. Its problems are added to `problems`. */
export function reporter(problems: Problem[], root: string, input: unknown): Report {
  return (path, expected, fix, given = valueAt(input, path.split("."))) => {
    problems.push({ path: joinPath(root, path), given, expected, fix });
  };
}

/** The text of an error with everything that is wrong. */
export function describeProblems(subject: string, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const lines = problems.flatMap(({ path, given, character, expected, fix }) => [
    `  ${path}`,
    `    given     ${shorten(JSON.stringify(given) ?? "nothing")}${not(character)}`,
    `    expected  ${expected}`,
    `    fix       ${fix}`,
  ]);
  // At the end, so that a long text hides no problem.
  const texts = new Set(problems.flatMap(({ attachment }) => attachment ?? []));
  return [`${subject}: ${count}`, ...lines, ...[...texts].map((it) => `\n${it}`)].join("\n");
}

/** A character that is not accepted. Those that nobody sees are named. */
function not(character: string | undefined): string {
  if (character === undefined) return "";
  const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
  const isSeen = /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character);
  const name = character === " " ? "a space" : isSeen ? `\`${character}\`` : `U+${code}`;
  return `, where ${name} is not accepted`;
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/** A key below another one; a namespace such as `countersign:` needs no dot. */
export function joinPath(root: string, path: string): string {
  return [root, path].filter(Boolean).join(root.endsWith(":") ? "" : ".");
}

/** The value at a path; undefined if there is none. */
export function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  type Parent = Record<PropertyKey, unknown> | undefined | null;
  return path.reduce((value, key) => (value as Parent)?.[key], input);
}

/** Whether a value is an object with keys. Lists are not. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
