import { isDeepStrictEqual } from "node:util";
import { colorsFor } from "../../rehearsal/colors";
import { beside, WIDTH, wrapped } from "../../rehearsal/page/lines";
import type { Check, DoctorReport, Status } from "./checks";

const SIGNS = { ok: "✓", missing: "✗", unknown: "?" } as const;

/** Column of what was found. */
const FOUND = 42;

/** A report as text, in at most 80 columns. */
export function showDoctor(report: DoctorReport, stream: { readonly isTTY?: boolean }): string {
  const pc = colorsFor(stream);
  const paint = { ok: pc.green, missing: pc.red, unknown: pc.yellow };
  const lines = (checks: readonly Check[]) =>
    alike(checks).flatMap(([names, { status, ...check }]) => {
      const titles = names.map((name) => `  ${SIGNS[status]} ${name}`);
      const all = [...titles.slice(0, -1), ...linesOf(titles.at(-1) ?? "", { status, ...check })];
      const sign = SIGNS[status];
      return all.map((line, i) => (titles[i] ? line.replace(sign, paint[status](sign)) : line));
    });
  const texts = report.groups.flatMap(({ checks }) => checks.flatMap((it) => it.attachment ?? []));
  return [
    ...report.groups.flatMap(({ name, checks }) => [pc.bold(name), ...lines(checks), ""]),
    summary(report),
    // At the end, so that a long text hides no check.
    ...[...new Set(texts)].map((text) => `\n${text}`),
  ].join("\n");
}

/** Neighbors that differ only in their names, as one: the same cause and the same fix. */
function alike(checks: readonly Check[]): ReadonlyArray<readonly [string[], Omit<Check, "name">]> {
  const all: Array<readonly [string[], Omit<Check, "name">]> = [];
  for (const { name, ...rest } of checks) {
    const [names, last] = all.at(-1) ?? [];
    if (rest.status !== "ok" && isDeepStrictEqual(last, rest)) names?.push(name);
    else all.push([[name], rest]);
  }
  return all;
}

function linesOf(
  title: string,
  { status, found, expected, fix, command }: Omit<Check, "name">,
): string[] {
  const after = [...detail("fix", fix), ...ran(command)];
  const isShort = found === undefined || FOUND + found.length <= WIDTH;
  if (!expected && (status === "ok" || isShort)) {
    return [...(found ? beside(title, found, FOUND) : wrapped(title)), ...after];
  }
  const what = expected ? "given" : "found";
  return [title, ...detail(what, found), ...detail("expected", expected), ...after];
}

function detail(heading: string, text: string | undefined): string[] {
  return text === undefined ? [] : wrapped(`      ${heading.padEnd(8)}  ${text}`, 16);
}

/** A command stays on one line, so that it can be copied. */
function ran(command: string | undefined): string[] {
  return command === undefined ? [] : [`      run       ${command}`];
}

function summary({ groups }: DoctorReport): string {
  const all = groups.flatMap(({ checks }) => checks);
  const count = (status: Status) => all.filter((it) => it.status === status).length;
  const [fine, bad, open] = [count("ok"), count("missing"), count("unknown")];
  const verdict =
    bad > 0
      ? "Fix what is missing before `pulumi up`."
      : open > 0
        ? "Nothing is missing, as far as it could be asked."
        : "Nothing is missing.";
  return [...wrapped(`${fine} ok, ${bad} missing, ${open} unknown. ${verdict}`)].join("\n");
}
