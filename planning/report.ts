import type { Problem } from "../configuration/problems";

/** Reports one problem under a configuration key; `attachment` is a text that the fix needs. */
export type Report = (
  path: string,
  given: unknown,
  expected: string,
  fix: string,
  attachment?: string,
) => void;

/** Collects what is reported. */
export function reportTo(problems: Problem[]): Report {
  return (path, given, expected, fix, attachment) =>
    problems.push({ path, given, expected, fix, ...(attachment && { attachment }) });
}

/** Reports below a key; an empty path is the key itself. */
export function under(report: Report, key: string): Report {
  return (path, ...rest) => report(path ? `${key}.${path}` : key, ...rest);
}
