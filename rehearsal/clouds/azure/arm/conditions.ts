import { parseCondition } from "../condition-language";
import { Refusal } from "./refusal";

const MAX_CONDITION = 8 * 1024;
export const CONDITION_VERSION = "2.0";

/**
 * Rules: https://learn.microsoft.com/azure/role-based-access-control/conditions-format and
 * conditions-faq. `refusedBy` is a role that accepts no conditions.
 */
export function conditionMustHold(
  condition: string,
  version: string | undefined,
  refusedBy: string | undefined,
): void {
  const invalid = (message: string) => new Refusal(400, "InvalidCondition", message); // (u)
  if (version !== CONDITION_VERSION) throw invalid(`condition version '${version}' is not 2.0.`);
  if (condition.length > MAX_CONDITION) throw invalid(`longer than ${MAX_CONDITION} characters.`);
  if (refusedBy) throw invalid(`role ${refusedBy} accepts no conditions.`);
  try {
    parseCondition(condition);
  } catch (fault) {
    throw invalid((fault as Error).message);
  }
}
