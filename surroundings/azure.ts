import { type Problem, ProblemsError } from "../configuration/problems";

/** Azure's codes for a thing, or the group it would be in, that is not there. */
const MISSING = /ResourceNotFound|ResourceGroupNotFound|NotFound|Code="?404/;

/** The answer, or the given problem where the thing is missing; other failures pass. */
export async function unlessMissing<T>(answer: Promise<T>, problem: Problem): Promise<T> {
  try {
    return await answer;
  } catch (failure) {
    if (!MISSING.test(String(failure))) throw failure;
    throw new ProblemsError("Something that must exist is missing", [problem]);
  }
}
