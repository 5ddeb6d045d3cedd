import Table from "cli-table3";
import { coloursFor } from "./colours";
import type { ProofRow } from "./proof/prove";
import type { Report } from "./report";
import { showRun } from "./show-run";

const pc = coloursFor(process.stdout);

const WIDTH = 100;

/** A report for a person, in at most 100 columns. */
export function show(report: Report, out: string | undefined): string {
  return [
    ...verdict(report),
    ...(report.made.length > 0 ? ["", heading("Made, in this order"), ...made(report)] : []),
    ...(report.notes.length > 0 ? ["", heading("Notes")] : []),
    ...report.notes.map((note) => wrap(`  ${note}.`)),
    ...(report.committed.length > 0 ? ["", heading("Committed"), ...committed(report)] : []),
    ...(report.proof.length > 0 ? ["", ...proof(report.proof)] : []),
    // The signatures are alike; one is worth its thirty lines.
    ...report.runs.flatMap((run, index) => ["", ...showRun(run, index === 0)]),
    "",
    out
      ? `The committed files and report.json are in ${out}`
      : "Add `-- --out DIR` to keep the committed files and the report.",
  ].join("\n");
}

function verdict({ holds, reasons, engine }: Report): string[] {
  const by = pc.dim(`  on the Pulumi engine ${engine.version}, ${engine.source}`);
  return holds
    ? [pc.green("✓ The rehearsal holds: every phase passed, and so does the trust proof."), by]
    : [pc.red("✗ The rehearsal does not hold."), ...reasons.map((it) => `  ${it}`), by];
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

function proof(rows: readonly ProofRow[]): string[] {
  const reaches = [...new Set(rows.flatMap((row) => row.reaches))];
  const pipelines = [...new Set(rows.map(({ pipeline }) => pipeline))];
  return [
    heading("Trust proof: who may log in, and what they may then do"),
    ...pipelines.flatMap((name) => pipelineProof(rows.filter((row) => row.pipeline === name))),
    ...reaches.map((reach) => wrap(`  ${pc.yellow("!")} ${reach}.`)),
    ...(reaches.length === 0 ? [] : [""]),
    "  ● meant to sign   ○ must be turned away   ! allowed, as nothing can withhold it",
  ];
}

const BORDERS = ["top", "bottom", "left", "right", "mid"] as const;
const JOINTS = ["top-mid", "top-left", "top-right", "bottom-mid", "bottom-left", "bottom-right"];
const LINES = [...BORDERS, ...JOINTS, "left-mid", "mid-mid", "right-mid", "middle"];
const NO_LINES = Object.fromEntries(LINES.map((name) => [name, ""]));

function pipelineProof(rows: readonly ProofRow[]): string[] {
  const subjects = rows.filter(({ declared }) => declared).map(({ subject }) => subject);
  const table = new Table({
    chars: NO_LINES,
    style: { head: [], border: [], "padding-left": 1, "padding-right": 1 },
  });
  const head = ["   ", "run", "Entra", "own images", "others'", "sign", "other profile"];
  table.push(
    head.map((title) => pc.bold(title)),
    ...rows.map(cells),
  );
  const trusted = [...new Set(subjects)].map((subject) => `    trusts ${subject || "nobody"}`);
  return [
    "",
    `  ${pc.bold(rows[0]?.pipeline ?? "")}`,
    ...trusted,
    table.toString().replace(/ +$/gm, ""),
  ];
}

function cells(row: ProofRow): string[] {
  const excused = row.reaches.length > 0 ? " !" : "";
  const login = row.exchange === "token" ? `logs in${row.declared ? "" : excused}` : row.exchange;
  const line = [
    `  ${row.declared ? "●" : "○"}`,
    row.run,
    login,
    ...(row.exchange === "token"
      ? [
          allowance(row, ["pull", "push"], true),
          allowance(row, ["pull", "push"], false) + excused,
          allowance(row, ["sign"], true),
          allowance(row, ["sign"], false),
        ]
      : ["", "", "", ""]),
  ];
  if (row.violations.length > 0) return line.map((cell) => pc.red(cell));
  return row.declared ? line : line.map((cell) => pc.dim(cell));
}

/** How many of the actions are allowed: `yes`, `no`, or e.g. `1 of 4`. */
function allowance(row: ProofRow, actions: readonly string[], meant: boolean): string {
  const judged = row.actions.filter((it) => actions.includes(it.action) && it.meant === meant);
  const allowed = judged.filter((it) => it.allowed).length;
  if (allowed === 0) return "no";
  return allowed === judged.length ? "yes" : `${allowed} of ${judged.length}`;
}

function wrap(text: string): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.length - 1;
    const longer = `${lines[last]}${lines[last] ? " " : ""}${word}`;
    if (longer.length <= WIDTH || !lines[last]) lines[last] = longer;
    else lines.push(`    ${word}`);
  }
  return lines.join("\n");
}
