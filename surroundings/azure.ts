import { type Problem, ProblemsError } from "../configuration/problems";

/** Azure's codes for a thing, or the group it would be in, that is not there; and azuread's words. */
const MISSING = /NotFound|Code="?404|No (?:applications|service principals?) found/i;

/** azuread's words where a name fits more than one. */
const SEVERAL = /Found multiple applications/i;

/** Whether it is there; a failure that says nothing about that passes. */
export async function exists(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (failure) {
    if (SEVERAL.test(String(failure))) return true;
    if (!MISSING.test(String(failure))) throw failure;
    return false;
  }
}

/** The answer, or the given problem where the thing is missing; other failures pass. */
export async function unlessMissing<T>(answer: Promise<T>, problem: Problem): Promise<T> {
  try {
    return await answer;
  } catch (failure) {
    if (!MISSING.test(String(failure))) throw failure;
    const said = String(failure).split("\n")[0];
    const remedy = `${problem.remedy}; Azure said: ${said}`;
    throw new ProblemsError("Something that must exist is missing", [{ ...problem, remedy }]);
  }
}
