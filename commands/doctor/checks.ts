import type { Problem } from "../../configuration/problems";

/** What is known about one requirement. `unknown`: nobody could be asked, so it is never `ok`. */
export type Status = "ok" | "missing" | "unknown";

/** One requirement of the stack. */
export interface Check {
  readonly name: string;
  readonly status: Status;
  /** What was found. */
  readonly found?: string;
  /** What is required, unless `found` is as it should be. */
  readonly expected?: string;
  /** What to do, unless the status is `ok`. */
  readonly fix?: string;
  /** The command that does it, if there is one. */
  readonly command?: string;
  /** A text that the fix needs, such as a file to commit. */
  readonly attachment?: string;
}

/** The checks of one subject. */
export interface Group {
  readonly name: string;
  readonly checks: readonly Check[];
}

/** What `doctor --json` prints. The version changes when a key changes its meaning or goes away. */
export interface DoctorReport {
  readonly version: 1;
  /** Whether nothing is missing. Some checks can still be `unknown`. */
  readonly ok: boolean;
  readonly groups: readonly Group[];
}

export function doctorReport(groups: readonly Group[]): DoctorReport {
  const all = groups.flatMap(({ checks }) => checks);
  return { version: 1, ok: all.every(({ status }) => status !== "missing"), groups };
}

export const ok = (name: string, found?: string): Check => ({
  name,
  status: "ok",
  ...(found && { found }),
});

/** What to do: a sentence, a command, or a sentence with a command. */
type Fix = string | Pick<Check, "fix" | "command">;

export const missing = (name: string, found: string | undefined, fix: Fix): Check => ({
  name,
  status: "missing",
  ...(found && { found }),
  ...fixed(fix),
});

export const unknown = (name: string, found: string, fix?: Fix): Check => ({
  name,
  status: "unknown",
  found,
  ...(fix && fixed(fix)),
});

function fixed(fix: Fix): Pick<Check, "fix" | "command"> {
  return typeof fix === "string" ? { fix } : fix;
}

/** A problem that preview would refuse. */
export function problemCheck({ path, given, expected, fix, attachment }: Problem): Check {
  const value = JSON.stringify(given) ?? "nothing";
  const check: Check = { name: path, status: "missing", found: value, expected, fix };
  return { ...check, ...(attachment && { attachment }) };
}

/** A warning of planning tells what could not be checked, or what will happen. */
export function warning(text: string): Check {
  return unknown("warning", text);
}

/** What cannot be asked, because something else did not answer. */
export function notAsked(name: string): Check {
  return unknown(name, "not asked, because a cloud did not answer");
}
