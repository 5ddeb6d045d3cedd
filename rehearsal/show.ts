import { colorsFor } from "./colors";
import { ACCEPTANCE, acceptanceLines } from "./page/acceptance";
import { createdLines } from "./page/created";
import { doorsOf, openDoors } from "./page/doors";
import { beside, wrapped } from "./page/lines";
import { proofLines } from "./page/proof";
import type { Report } from "./report";
import { showRun } from "./show-run";

const pc = colorsFor(process.stdout);

const KEEP = "Add `-- --out DIR` to keep the committed files and the report.";

/** Where a rehearsal keeps its files, and which of them there are. */
export interface Kept {
  readonly folder: string;
  /** Whether the world was derived, and so is one of the files. */
  readonly world: boolean;
}

/** A report as text, in at most 80 columns. */
export function show(report: Report, kept?: Kept): string {
  const section = (title: string, lines: readonly string[], ...after: readonly string[]) =>
    lines.length > 0 ? ["", pc.bold(title), ...lines, ...after] : [];
  return [
    ...verdict(report),
    ...section("Assumed, not checked", report.assumed.flatMap(bullet), ...OTHERWISE),
    ...section("Created", createdLines(report)),
    ...section("Notes", report.notes.flatMap(bullet)),
    ...section(
      "Merged pull requests",
      report.merged.flatMap((pull) => wrapped(`  ${pull}`)),
    ),
    ...section("Committed", committed(report)),
    ...section(
      "Trust proof: who can log in to Azure, and what they can do then",
      report.proof.length > 0 ? proofLines(report) : [],
    ),
    ...section(ACCEPTANCE, acceptanceLines(report.accepts)),
    ...section("In RBAC mode", otherMode(report)),
    // The signatures look alike, so only the first run shows its own in full.
    ...report.runs.flatMap((run, index) => ["", ...showRun(run, index === 0)]),
    ...where(report, kept),
  ].join("\n");
}

const OTHERWISE = ["  If something is different in your clouds, say so in a file for --world."];

function bullet(text: string): string[] {
  return wrapped(`  ${text}.`, 4);
}

function verdict(report: Report): string[] {
  const { holds, reasons, engine } = report;
  const doors = doorsOf(report).length;
  const by = wrapped(
    `  On the Pulumi engine ${engine.version} (${engine.source}) and simulated clouds. Nothing in your clouds was read or changed.`,
    2,
  ).map((line) => pc.dim(line));
  if (!holds) return [pc.red("✗ The rehearsal failed."), ...reasons.flatMap(reason), ...by];
  const passed =
    doors === 0
      ? pc.green("✓ The rehearsal passed: every phase succeeded, and the trust proof holds.")
      : `${pc.green("✓ The rehearsal passed: the trust proof holds;")} ${pc.yellow(`${openDoors(doors)}.`)}`;
  return [passed, ...by];
}

/** A reason can list problems. A text to commit follows after an empty line, and stays as it is. */
function reason(text: string): string[] {
  const [problems = "", ...attachments] = text.split("\n\n");
  const lines = problems.split("\n").flatMap((line) => wrapped(`  ${line}`));
  return [...lines, ...attachments.flatMap((it) => ["", ...it.split("\n")])];
}

function committed({ committed: files }: Report): string[] {
  return files.flatMap(({ repository, path, sha256 }) =>
    beside(`  ${repository}/${path}`, `sha256 ${sha256.slice(0, 8)}…`, 64),
  );
}

/** What is different if the registry is in the other mode. */
function otherMode({ otherMode: other, proof }: Report): string[] {
  if (!other) return [];
  const known = proof.flatMap(({ reaches }) => reaches);
  const more = other.reaches.filter((it) => !known.includes(it));
  const verdictOfMode =
    other.reasons.length > 0
      ? "it fails there, see above"
      : `the trust proof holds; ${more.length === 0 ? "no further door stays open" : openDoors(more.length, "more ")}`;
  return [
    ...wrapped(
      `  The registry's mode was not stated. So the stack was also rehearsed on a registry in RBAC mode: ${verdictOfMode}.`,
      2,
    ),
    ...more.flatMap((it) => wrapped(`  ! ${it}.`, 4)),
  ];
}

function where({ committed: files, outputs }: Report, kept: Kept | undefined): string[] {
  if (!kept) return files.length > 0 ? ["", KEEP] : [];
  const { folder, world } = kept;
  const names = [
    ...(files.length > 0 ? ["the committed files"] : []),
    ...(outputs.verification ? ["what verifiers need"] : []),
    ...(world ? ["world.yaml"] : []),
    "report.json",
  ];
  return ["", ...wrapped(`Kept in ${folder}: ${new Intl.ListFormat("en-US").format(names)}.`)];
}
