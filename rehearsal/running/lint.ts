import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { z } from "zod";

export interface Finding {
  readonly linter: "actionlint" | "zizmor";
  readonly rule: string;
  readonly severity: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface LintOptions {
  readonly tools: {
    readonly actionlint: string;
    readonly shellcheck: string;
    readonly zizmor: string;
  };
  /** Files for zizmor's auditor persona. The others get the pedantic persona. */
  readonly auditor?: readonly string[];
  readonly signal?: AbortSignal;
}

const Actionlint = z.array(
  z.object({ message: z.string(), filepath: z.string(), line: z.number(), kind: z.string() }),
);
const Zizmor = z.array(
  z.object({
    ident: z.string(),
    desc: z.string(),
    determinations: z.object({ severity: z.string() }),
    locations: z.array(
      z.object({
        symbolic: z.object({
          kind: z.string(),
          key: z.object({ Local: z.object({ verbatim_path: z.string() }) }),
        }),
        concrete: z.object({
          location: z.object({ start_point: z.object({ row: z.number() }) }),
        }),
      }),
    ),
  }),
);

/** The findings of actionlint and zizmor about workflow files, offline. */
export async function lintWorkflows(
  files: readonly string[],
  options: LintOptions,
): Promise<Finding[]> {
  const auditor = new Set(options.auditor);
  const findings = await Promise.all([
    actionlint(files, options),
    zizmor(
      [...files].filter((file) => !auditor.has(file)),
      "pedantic",
      options,
    ),
    zizmor([...auditor], "auditor", options),
  ]);
  return findings.flat();
}

async function actionlint(files: readonly string[], options: LintOptions): Promise<Finding[]> {
  if (files.length === 0) return [];
  const { actionlint, shellcheck } = options.tools;
  const how = ["-shellcheck", shellcheck, "-pyflakes=", "-format", "{{json .}}"];
  // Exit status 1 means findings.
  const output = await json(actionlint, [...how, ...files], [0, 1], options.signal);
  return Actionlint.parse(output).map(({ message, filepath, line, kind }) => ({
    linter: "actionlint",
    rule: kind,
    severity: "error",
    // The path is relative to the working folder.
    file: resolve(filepath),
    line,
    message,
  }));
}

async function zizmor(
  files: readonly string[],
  persona: "pedantic" | "auditor",
  options: LintOptions,
): Promise<Finding[]> {
  if (files.length === 0) return [];
  // A configuration file near the workflows must not hide a finding.
  const how = ["--offline", "--no-config", "--quiet", "--no-exit-codes", "--strict-collection"];
  const args = [...how, `--persona=${persona}`, "--format=json-v1", ...files];
  const output = await json(options.tools.zizmor, args, [0], options.signal);
  return Zizmor.parse(output).map(({ ident, desc, determinations, locations }) => {
    const where = locations.find(({ symbolic }) => symbolic.kind === "Primary") ?? locations[0];
    return {
      linter: "zizmor",
      rule: ident,
      severity: determinations.severity,
      file: where?.symbolic.key.Local.verbatim_path ?? "",
      line: (where?.concrete.location.start_point.row ?? 0) + 1,
      message: desc,
    };
  });
}

function json(
  command: string,
  args: readonly string[],
  expected: readonly number[],
  signal?: AbortSignal,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const maxBuffer = 64 * 1024 * 1024;
    const child = execFile(command, args, { maxBuffer, signal }, (error, stdout, stderr) => {
      if (child.exitCode === null || !expected.includes(child.exitCode)) {
        return reject(new Error(`${command} failed: ${stderr.trim() || error?.message}`));
      }
      return resolve(JSON.parse(stdout));
    });
  });
}
