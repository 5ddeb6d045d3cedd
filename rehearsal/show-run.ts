import { BUILD_STEP } from "../workflow/steps/build";
import { colorsFor } from "./colors";
import type { RunReport } from "./report";

const pc = colorsFor(process.stdout);

const WIDTH = 80;
const INDENT = " ".repeat(4);
const STAND_INS = "Stand-ins replace the logins, the build, the plugin, and all addresses.";

/** The lines that show a run. If `wordy`, they include `notation inspect`. */
export function showRun(run: RunReport, wordy: boolean): string[] {
  const { pipeline, steps, seconds, overhead, images, reasons, ok, script } = run;
  const mark = ok ? pc.green("✓") : pc.red("✗");
  const part = `, ${overhead.toFixed(1)} s of it without building and pushing`;
  const times = `${seconds.toFixed(1)} s${steps.some((it) => it.name === BUILD_STEP) ? part : ""}`;
  return [
    `${mark} ${pc.bold(`Ran the committed workflow of ${pipeline}`)}: ${run.run}`,
    pc.dim(`  ${times}`),
    // The stand-ins are the same in all runs.
    ...(wordy ? [pc.dim(`  ${STAND_INS}`)] : []),
    ...reasons.map((reason) => pc.red(`  ${reason}`)),
    ...images.flatMap(({ reference, inspect, verify }) => [
      ...(wordy ? [command(`notation inspect ${reference}`), ...inspected(inspect)] : []),
      ...(script === undefined
        ? [command(`notation verify ${reference}`), said(verify.split("\n")[0] ?? "")]
        : []),
    ]),
    ...(script === undefined
      ? []
      : [command("verify.sh, in an empty home folder"), ...script.split("\n").map(said)]),
  ];
}

function command(line: string): string {
  return `  $ ${clip(line)}`;
}

function said(line: string): string {
  return `${INDENT}${clip(line)}`;
}

function inspected(text: string): string[] {
  return text.split("\n").map((line) => pc.dim(`${INDENT}${clip(line)}`));
}

function short(reference: string): string {
  return reference.replace(/(sha256:[0-9a-f]{12})[0-9a-f]+/, "$1…");
}

function clip(line: string): string {
  const shortened = short(line);
  const room = WIDTH - INDENT.length;
  return shortened.length > room ? `${shortened.slice(0, room - 1)}…` : shortened;
}
