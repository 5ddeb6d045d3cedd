import { colorsFor } from "./colors";
import type { RunReport } from "./report";

const pc = colorsFor(process.stdout);

/** The lines that show a run. If `wordy`, they include `notation inspect`. */
export function showRun(run: RunReport, wordy: boolean): string[] {
  const { pipeline, seconds, overhead, images, reasons, ok } = run;
  const mark = ok ? pc.green("✓") : pc.red("✗");
  const times = `${seconds.toFixed(1)} s (${overhead.toFixed(1)} s without building and pushing)`;
  return [
    `${mark} ${pc.bold(`Ran the committed workflow of ${pipeline}`)}: ${run.run}, ${times}`,
    ...reasons.map((reason) => pc.red(`  ${reason}`)),
    ...images.flatMap(({ reference, inspect, verify }) => [
      ...(wordy ? [`  $ notation inspect ${short(reference)}`, ...inspected(inspect)] : []),
      `  $ notation verify ${short(reference)}`,
      `    ${clip(verify)}`,
    ]),
  ];
}

function inspected(text: string): string[] {
  return text.split("\n").map((line) => pc.dim(`    ${clip(line)}`));
}

function short(reference: string): string {
  return reference.replace(/(sha256:[0-9a-f]{12})[0-9a-f]+/, "$1…");
}

function clip(line: string): string {
  const shortened = short(line);
  return shortened.length > 94 ? `${shortened.slice(0, 93)}…` : shortened;
}
