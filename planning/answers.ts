import type { Answer } from "../snapshot";
import type { Report } from "./report";

/** The value of an answer; undefined where there is none. */
export function answerValue<T>(answer: Answer<T> | undefined): T | undefined {
  return answer?.status === "found" ? answer.value : undefined;
}

/** The value of an answer; reports a resource that is missing or cannot be read. */
export function existing<T>(
  answer: Answer<T>,
  [path, given, expected]: readonly [string, unknown, string],
  report: Report,
  check = "Check the resource group and the name. If it is in another subscription, set `subscription`.",
): T | undefined {
  if (answer.status === "found") return answer.value;
  const words = answer.said ? ` Azure said: ${answer.said}` : "";
  const fix =
    answer.status === "forbidden"
      ? "Give your login permission to read it, for example the role Reader."
      : check;
  report(path, given, expected, fix + words);
  return undefined;
}
