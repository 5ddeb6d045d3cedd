import { RunError } from "@pulumi/pulumi";
import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";

/** One thing wrong with what was given, and the way out. */
export interface Problem {
  /** Where, e.g. `countersign:pipelines.web.signWith`. */
  readonly path: string;
  /** What was given; undefined where nothing was. */
  readonly given: unknown;
  /** What would be accepted. */
  readonly allowed: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Everything wrong, in one error made to be read: the engine prints it without a stack trace. */
export class ProblemsError extends RunError {
  constructor(
    readonly subject: string,
    readonly problems: readonly Problem[],
  ) {
    super(describe(subject, problems));
    this.name = "ProblemsError";
  }
}

/** Waits for all, and throws the problems of all together. Any other failure goes first. */
export async function together<T extends readonly unknown[]>(
  subject: string,
  work: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  const settled = await Promise.allSettled(work);
  const failures = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  const other = failures.find((failure) => !(failure instanceof ProblemsError));
  if (other) throw asRunError(subject, other);
  refuse(
    subject,
    failures.flatMap((failure: ProblemsError) => failure.problems),
  );
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as unknown as T;
}

/**
 * Pulumi takes a bare gRPC failure for its own shutting down, ends the program without an error,
 * and would go on to delete what was not declared. So it never leaves here as one.
 */
function asRunError(subject: string, failure: unknown): RunError {
  if (RunError.isInstance(failure)) return failure;
  return new RunError(`${subject}: ${failure instanceof Error ? failure.message : failure}`);
}

/** Throws where there are problems. */
export function refuse(subject: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemsError(subject, problems);
}

function describe(subject: string, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const blocks = problems.map(({ path, given, allowed, remedy }) =>
    [
      `  ${path}`,
      `    given    ${given === undefined ? "nothing" : shorten(JSON.stringify(given))}`,
      `    allowed  ${allowed}`,
      `    remedy   ${remedy}`,
    ].join("\n"),
  );
  return [`${subject}: ${count}`, ...blocks].join("\n");
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

type Path = readonly PropertyKey[];

/** What a schema library found, as problems. `root` is written before each path. */
export function schemaProblems(
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
  root: (path: Path) => string,
  knownKeys: (path: Path) => readonly string[],
): Problem[] {
  return issues.flatMap((issue) => {
    const given = valueAt(input, issue.path);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => unknownKey(key, issue.path, given, root, knownKeys));
    }
    if (issue.code === "invalid_key") {
      const [inner] = issue.issues;
      return [{ path: root(issue.path), given: issue.path.at(-1), ...advice(inner ?? issue) }];
    }
    if (issue.code === "invalid_type") {
      const keys = issue.expected === "object" ? knownKeys(issue.path) : [];
      const allowed = article(issue.expected) + (keys.length > 0 ? ` of ${keys.join(", ")}` : "");
      return [{ path: root(issue.path), given, allowed, remedy: ofKind(issue.expected, given) }];
    }
    if (issue.code === "invalid_union") {
      const inner = closestForms(issue.errors).map((it) => ({
        ...it,
        path: [...issue.path, ...it.path],
      }));
      const found = schemaProblems(inner as z.core.$ZodIssue[], input, root, knownKeys);
      if (!issue.errors.every((form) => form.some(otherKind))) return found;
      const allowed = found.map((it) => it.allowed).join(", or ");
      return found.slice(0, 1).map((it) => ({ ...it, allowed }));
    }
    return [{ path: root(issue.path), given, ...advice(issue) }];
  });
}

/** Of several forms, what is wrong with the one whose kind was given; else with all. */
function closestForms(forms: readonly (readonly z.core.$ZodIssue[])[]) {
  return forms.find((issues) => !issues.some(otherKind)) ?? forms.flat();
}

function otherKind(issue: z.core.$ZodIssue): boolean {
  return issue.code === "invalid_type" && issue.path.length === 0;
}

function unknownKey(
  key: string,
  path: Path,
  given: unknown,
  root: (path: Path) => string,
  knownKeys: (path: Path) => readonly string[],
): Problem {
  const known = knownKeys(path);
  return {
    path: root([...path, key]),
    given: valueAt(given, [key]),
    allowed: known.join(", "),
    remedy: slipOf(key, known) ?? `\`${key}\` is not known; remove it`,
  };
}

/** What to do where the key is a known one but for a slip, or its case; undefined where none is near. */
export function slipOf(key: string, known: readonly string[]): string | undefined {
  const [typed, ...all] = [key, ...known].map((it) => it.toLowerCase()) as [string, ...string[]];
  const meant = closest(typed, all);
  const isNear = all.length > 0 && distance(typed, meant) <= Math.max(2, key.length / 3);
  return isNear
    ? `\`${key}\` is not known; did you mean \`${known[all.indexOf(meant)]}\`?`
    : undefined;
}

function ofKind(expected: string, given: unknown): string {
  if (given === undefined) return "it is required: add it";
  if (given === null) return "give one, or leave the key out";
  if (expected === "array" && typeof given !== "object") return `write it as a list: [${given}]`;
  return "give a value of that kind";
}

/** A rule of ours carries its advice; the library's own findings get theirs here. */
function advice(issue: z.core.$ZodIssue): Pick<Problem, "allowed" | "remedy"> {
  switch (issue.code) {
    case "custom":
      return {
        allowed: String(issue.params?.allowed ?? issue.message),
        remedy: String(issue.params?.remedy ?? "change it"),
      };
    case "invalid_value":
      return { allowed: issue.values.join(", "), remedy: "choose one of them" };
    case "too_small": {
      const more = issue.origin === "array" ? "add one" : "give a higher one";
      return { allowed: `at least ${issue.minimum}`, remedy: `${more}, or leave the key out` };
    }
    case "too_big": {
      const less = issue.origin === "array" ? "shorten it" : "give a lower one";
      return { allowed: `at most ${issue.maximum}`, remedy: less };
    }
    default:
      return { allowed: issue.message, remedy: "change it" };
  }
}

function article(kind: string): string {
  if (kind === "record") return "an object";
  if (kind === "int") return "a whole number";
  if (kind === "array") return "a list";
  if (kind === "boolean") return "true or false";
  return `${/^[aeio]/.test(kind) ? "an" : "a"} ${kind}`;
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined | null)?.[key],
    input,
  );
}
