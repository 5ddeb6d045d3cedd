import type { Problem } from "../configuration/problems";
import {
  type DeclaredCredential,
  MAX_CREDENTIALS,
  MAX_EXPRESSION,
  MAX_SUBJECT,
} from "../trust/credentials";
import { crowdFault } from "./held-credentials";

/** Makes a problem of a pipeline, by its key there. */
export type ProblemOf = (path: string, given: unknown, allowed: string, remedy: string) => Problem;

/**
 * What Entra would refuse of credentials that shall be on one identity.
 *
 * @param kept how many of them only stay until a proposal is merged.
 * @param held names of those that the identity has by now.
 */
export function limitProblems(
  credentials: readonly DeclaredCredential[],
  kept: number,
  held: readonly string[],
  problem: ProblemOf,
): Problem[] {
  const long = credentials.flatMap(({ subject, expression }) => {
    const [text, most, what] = expression
      ? ([expression, MAX_EXPRESSION, "an expression"] as const)
      : ([subject, MAX_SUBJECT, "a subject"] as const);
    if (text.length <= most) return [];
    const [, key = "branches"] = /:(?:ref:refs\/(tags)\/|(environment):)/.exec(subject) ?? [];
    const remedy = `it has ${text.length}: shorten the name of the branch, tag or environment`;
    return [problem(key, text, `${what} of at most ${most} characters`, remedy)];
  });
  const allowed = `at most ${MAX_CREDENTIALS} federated credentials on one identity`;
  if (credentials.length <= MAX_CREDENTIALS) {
    const fault = crowdFault(
      credentials.map(({ name }) => name),
      held,
    );
    return fault ? [...long, problem("branches", credentials.length, allowed, fault)] : long;
  }
  const count = credentials.length;
  const remedy =
    untilMerge(`there are ${count}`, count, kept) ??
    `there are ${count}; add an \`environment\`, or declare fewer refs`;
  return [...long, problem("branches", credentials.length, allowed, remedy)];
}

/**
 * What to do where credentials are too many only until a merge; undefined where they are anyway.
 *
 * @param kept how many of them stay until then.
 */
export function untilMerge(said: string, count: number, kept: number): string | undefined {
  if (kept === 0 || count - kept > MAX_CREDENTIALS) return undefined;
  return `${said}, as ${kept} of the workflow in force stay until a merge: declare fewer refs first, and merge that`;
}
