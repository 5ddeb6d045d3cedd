import Table from "cli-table3";
import { colorsFor } from "./colors";
import type { ProofRow } from "./proof/prove";
import type { Report } from "./report";
import { showRun } from "./show-run";

const pc = colorsFor(process.stdout);

const KEEP = "Add `-- --out DIR` to keep the committed files and the report.";
const WIDTH = 100;
const LONGEST_RUN = 38;

/** Parts of a subject: each ends with `:` or `/`, or after 80 characters. */
const PARTS = /[^:/]{1,80}[:/]?/g;

/** A report as text, in at most 100 columns. */
export function show(report: Report, out: string | undefined): string {
  return [
    ...verdict(report),
    ...(report.made.length > 0 ? ["", heading("Created, in this order"), ...made(report)] : []),
    ...(report.notes.length > 0 ? ["", heading("Notes")] : []),
    ...report.notes.map((note) => wrap(`  ${note}.`)),
    ...(report.merged.length > 0 ? ["", heading("Merged pull requests")] : []),
    ...report.merged.map((pull) => wrap(`  ${pull}`)),
    ...(report.committed.length > 0 ? ["", heading("Committed"), ...committed(report)] : []),
    ...(report.proof.length > 0 ? ["", ...proof(report)] : []),
    // The signatures look alike, so only the first run shows its own in full.
    ...report.runs.flatMap((run, index) => ["", ...showRun(run, index === 0)]),
    ...(out ? ["", `The committed files and report.json are in ${out}.`] : []),
    ...(!out && report.committed.length > 0 ? ["", KEEP] : []),
  ].join("\n");
}

function verdict({ holds, reasons, engine }: Report): string[] {
  const by = pc.dim(`  on the Pulumi engine ${engine.version}, ${engine.source}`);
  return holds
    ? [pc.green("✓ The rehearsal passed: every phase succeeded, and the trust proof holds."), by]
    : [pc.red("✗ The rehearsal failed."), ...reasons.map((it) => `  ${it}`), by];
}

function heading(text: string): string {
  return pc.bold(text);
}

function made({ made: writes }: Report): string[] {
  return writes.map(({ type, name }, index) => {
    const kind = type.split(":").at(-1) ?? "";
    return `  ${String(index + 1).padStart(2)}  ${kind.padEnd(38)} ${name}`.slice(0, WIDTH);
  });
}

function committed({ committed: files }: Report): string[] {
  return files.map(
    ({ repository, path, sha256 }) =>
      `  ${`${repository}/${path}`.padEnd(70)} sha256 ${sha256.slice(0, 12)}…`,
  );
}

function proof({ proof: rows, trusts }: Report): string[] {
  const reaches = [...new Set(rows.flatMap((row) => row.reaches))];
  const pipelines = [...new Set(rows.map(({ pipeline }) => pipeline))];
  return [
    heading("Trust proof: who can log in, and what they can do then"),
    ...pipelines.flatMap((name) =>
      pipelineProof(
        rows.filter((row) => row.pipeline === name),
        trusts[name] ?? [],
      ),
    ),
    "",
    ...reaches.map((reach) => wrap(`  ${pc.yellow("!")} ${reach}.`)),
    ...(reaches.length === 0 ? [] : [""]),
    "  ● should sign   ○ should be rejected   ! allowed by this configuration, see above",
  ];
}

const BORDERS = ["top", "bottom", "left", "right", "mid"] as const;
const JOINTS = ["top-mid", "top-left", "top-right", "bottom-mid", "bottom-left", "bottom-right"];
const LINES = [...BORDERS, ...JOINTS, "left-mid", "mid-mid", "right-mid", "middle"];
const NO_LINES = Object.fromEntries(LINES.map((name) => [name, ""]));

function pipelineProof(rows: readonly ProofRow[], trusts: readonly string[]): string[] {
  const table = new Table({
    chars: NO_LINES,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
  });
  const head = ["    run", "Entra", "own images", "others", "sign", "other profile"];
  table.push(
    head.map((title) => pc.bold(title)),
    ...rows.map(cells),
  );
  const trusted = (trusts.length > 0 ? trusts : ["nobody"]).flatMap(broken);
  return [
    "",
    `  ${pc.bold(rows[0]?.pipeline ?? "")}`,
    ...trusted,
    table.toString().replace(/ +$/gm, ""),
  ];
}

function cells(row: ProofRow): string[] {
  // A mark shows what the configuration cannot prevent: the login, or an action.
  const excused = (declared: boolean) =>
    row.declared === declared && row.reaches.length > 0 ? " !" : "";
  const login = row.exchange === "token" ? `logs in${excused(false)}` : row.exchange;
  const line = [
    `  ${row.declared ? "●" : "○"} ${clip(row.run)}`,
    login,
    ...(row.exchange === "token"
      ? [
          allowance(row, ["pull", "push"], true),
          allowance(row, ["pull", "push"], false) + excused(true),
          allowance(row, ["sign"], true),
          allowance(row, ["sign"], false),
        ]
      : ["", "", "", ""]),
  ];
  if (row.violations.length > 0) return line.map((cell) => pc.red(cell));
  return row.declared ? line : line.map((cell) => pc.dim(cell));
}

/** A run's name, shortened to leave room for the other columns. */
function clip(name: string): string {
  return name.length <= LONGEST_RUN ? name : `${name.slice(0, LONGEST_RUN - 1)}…`;
}

/** A subject or an expression on as many lines as it needs. A line breaks after `:` or `/`. */
function broken(subject: string): string[] {
  const lines = ["    trusts "];
  for (const part of subject.match(PARTS) ?? []) {
    if ((lines.at(-1)?.length ?? 0) + part.length > WIDTH) lines.push("           ");
    lines[lines.length - 1] += part;
  }
  return lines;
}

/** How many of the actions are allowed: `yes`, `no`, or for example `1 of 4`. */
function allowance(row: ProofRow, actions: readonly string[], meant: boolean): string {
  const judged = row.actions.filter((it) => actions.includes(it.action) && it.meant === meant);
  const allowed = judged.filter((it) => it.allowed).length;
  if (allowed === 0) return "no";
  return allowed === judged.length ? "yes" : `${allowed} of ${judged.length}`;
}

/** Breaks lines between words. The first line keeps its indentation. */
function wrap(text: string): string {
  const [, start = "", rest = ""] = /^( *[^ ]*)(.*)$/s.exec(text) ?? [];
  const lines = [start];
  for (const word of rest.split(" ").filter(Boolean)) {
    const longer = `${lines.at(-1)} ${word}`;
    if (longer.length <= WIDTH) lines[lines.length - 1] = longer;
    else lines.push(`    ${word}`);
  }
  return lines.join("\n");
}
