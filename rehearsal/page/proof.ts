import { colorsFor } from "../colors";
import type { ProofRow } from "../proof/prove";
import type { Report } from "../report";
import { doorsOf } from "./doors";
import { clipped, wrapped } from "./lines";

const pc = colorsFor(process.stdout);

/** Width of each column after the name of the run: Entra, push own, push others, sign, other. */
const COLUMNS = [10, 5, 8, 5, 7] as const;
const NAME = 42;

const HEAD = [
  ["", "", "push", "push", "", "other"],
  ["    run", "login", "own", "others", "sign", "profile"],
] as const;
const VERIFYING_HEAD = [
  ["", "", "pull", "pull", "", ""],
  ["    run", "login", "own", "others", "push", "sign"],
] as const;

/** The table of each pipeline, then what its marks mean. */
export function proofLines({ proof: rows, trusts }: Pick<Report, "proof" | "trusts">): string[] {
  const pipelines = [...new Set(rows.map(({ pipeline }) => pipeline))];
  const doors = doorsOf({ proof: rows });
  const several = pipelines.length > 1;
  const once = [...new Set(rows.flatMap((row) => row.once ?? []))];
  return [
    ...pipelines.flatMap((name) =>
      pipelineLines(
        name,
        rows.filter((row) => row.pipeline === name),
        trusts[name] ?? [],
      ),
    ),
    "",
    ...once.flatMap((it) => wrapped(`  * Signs only once this is true: ${it}.`, 4)),
    ...doors.flatMap(({ text, pipelines: of }) =>
      marked(wrapped(`  ! ${several ? `${of.join(", ")}: ` : ""}${text}.`, 4)),
    ),
    ...(once.length + doors.length > 0 ? [""] : []),
    ...LEGEND,
  ];
}

const LEGEND = [
  "  ● should log in   ○ should be rejected   ! an open door   * not at once",
  "  trusts         the subjects of GitHub tokens that can log in",
  "  refused        by Entra, with this code (no token: GitHub issues none)",
  "  own, others    images of this pipeline, and other images of the registry",
  "  other profile  certificate profiles that are not the pipeline's",
];

function marked([first = "", ...rest]: string[]): string[] {
  return [first.replace("!", pc.yellow("!")), ...rest];
}

function pipelineLines(name: string, rows: readonly ProofRow[], trusts: readonly string[]) {
  const trusted = trusts.length > 0 ? trusts : ["nobody"];
  return [
    "",
    `  ${pc.bold(name)}`,
    ...trusted.flatMap((it) => wrapped(`    trusts ${it}`, 11)),
    ...(rows.some(({ verifies }) => verifies) ? VERIFYING_HEAD : HEAD).map((cells) =>
      pc.bold(line(cells)),
    ),
    ...rows.map((row) => colored(row, line(cells(row)))),
  ];
}

function line([name = "", ...cells]: readonly string[]): string {
  const columns = cells.map((cell, index) => cell.padEnd(COLUMNS[index] ?? 0));
  return `${name.padEnd(NAME)}${columns.join("")}`.trimEnd();
}

function cells(row: ProofRow): string[] {
  const name = `  ${row.declared ? "●" : "○"} ${clipped(row.run, NAME - 6)}`;
  const mark = row.reaches.length > 0 ? " !" : "";
  if (row.exchange !== "token") return [name, said(row.exchange)];
  if (row.verifies) {
    const others = allowance(row, "pull", false) + (row.declared ? mark : "");
    const pulls = [allowance(row, "pull", true), others];
    return [name, "logs in", ...pulls, anyOf(row, "push"), anyOf(row, "sign")];
  }
  // The mark is at the login, or at the images that the run should not push.
  return [
    name,
    `logs in${row.once ? " *" : ""}${row.declared ? "" : mark}`,
    allowance(row, "push", true),
    allowance(row, "push", false) + (row.declared ? mark : ""),
    allowance(row, "sign", true),
    allowance(row, "sign", false),
  ];
}

function said(exchange: string): string {
  return exchange.startsWith("AADSTS") ? `refused ${exchange}` : exchange;
}

function colored(row: ProofRow, text: string): string {
  if (row.violations.length > 0) return pc.red(text);
  if (row.reaches.length > 0) return pc.yellow(text);
  return row.declared ? text : pc.dim(text);
}

/** Whether any target is allowed. */
function anyOf(row: ProofRow, action: string): string {
  return row.actions.some((it) => it.action === action && it.allowed) ? "yes" : "no";
}

/** How many of the targets are allowed: `yes`, `no`, or for example `1/4`. */
function allowance(row: ProofRow, action: string, meant: boolean): string {
  const judged = row.actions.filter((it) => it.action === action && it.meant === meant);
  const allowed = judged.filter((it) => it.allowed).length;
  if (allowed === 0) return "no";
  return allowed === judged.length ? "yes" : `${allowed}/${judged.length}`;
}
