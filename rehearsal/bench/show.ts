import Table from "cli-table3";
import type { Row } from "./measure";

/** The most that the bench should show. */
const GOALS: Readonly<Record<number, number>> = { 1: 1.25, 150: 1.15 };
const DELAYED = { pipelines: 30, delay: 100, most: 1.3 };

const HEAD = [
  "pipelines",
  "ms per\nread",
  "resources",
  "program\ns",
  "of it, before the\nfirst resource s",
  "bare loop\ns",
  "ratio",
  "requests per\npipeline",
  "peak\nMB",
];
const NO_RULES = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };

/** The rows as a table, and how they compare with the goals. */
export function show(rows: readonly Row[]): string {
  const table = new Table({ head: HEAD, style: { head: [], border: [] }, chars: NO_RULES });
  table.push(...rows.map(cells));
  const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0);
  return [
    table.toString(),
    ...rows.flatMap(againstBare),
    ...againstDelay(rows),
    `Peak memory of this process: ${peak} MB.`,
  ].join("\n");
}

function cells(row: Row): string[] {
  return [
    String(row.pipelines),
    String(row.delay),
    String(row.resources),
    row.seconds.toFixed(2),
    row.secondsBefore.toFixed(2),
    row.bareSeconds.toFixed(2),
    row.ratio.toFixed(2),
    row.requests.toFixed(1),
    row.memory.toFixed(0),
  ];
}

function againstBare({ pipelines, delay, ratio }: Row): string[] {
  const goal = GOALS[pipelines];
  if (goal === undefined || delay > 0) return [];
  return [`${named(pipelines)}: ${compared(ratio, goal)} times the time of the bare loop.`];
}

function againstDelay(rows: readonly Row[]): string[] {
  const { pipelines, delay, most } = DELAYED;
  const at = (ms: number) => rows.find((it) => it.pipelines === pipelines && it.delay === ms);
  const [quick, slow] = [at(0), at(delay)];
  if (!quick || !slow) return [];
  const ratio = compared(slow.seconds / quick.seconds, most);
  return [`${named(pipelines)} at ${delay} ms per read: ${ratio} times the time at 0 ms.`];
}

function named(pipelines: number): string {
  return `${pipelines} pipeline${pipelines === 1 ? "" : "s"}`;
}

function compared(ratio: number, goal: number): string {
  return `${ratio.toFixed(2)} (goal: at most ${goal.toFixed(2)})`;
}
