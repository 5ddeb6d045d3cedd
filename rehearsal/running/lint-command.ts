import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { tools } from "../tools/tools";
import { LINT_TOOLS } from "../tools/versions";
import { lintWorkflows } from "./lint";

/** `npm run lint:workflows -- [--auditor] FILE|FOLDER…`. A folder is a repository or an `--out`. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { auditor: { type: "boolean", default: false } },
  });
  const files = (positionals.length > 0 ? positionals : ["."]).flatMap(workflows);
  if (files.length === 0) {
    const where = positionals.join(", ") || "this folder";
    throw new Error(`${where} has no .github/workflows/NAME.yml, and no repository in it has one`);
  }
  const found = await lintWorkflows(files, {
    tools: await tools(LINT_TOOLS, { onProgress: console.error }),
    auditor: values.auditor ? files : [],
  });
  for (const { file, line, linter, rule, severity, message } of found) {
    console.log(`${file}:${line}: ${severity.toLowerCase()}: ${message} [${linter}: ${rule}]`);
  }
  console.log(`${files.length} workflows, ${found.length} findings`);
  process.exitCode = found.length > 0 ? 1 : 0;
}

function workflows(path: string): string[] {
  if (/\.ya?ml$/.test(path)) return [resolve(path)];
  const folder = join(resolve(path), ".github", "workflows");
  if (!existsSync(folder)) return rehearsed(join(resolve(path), "repositories"));
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(folder, name));
}

/** Workflows in the folder of a rehearsal: `OWNER/REPOSITORY`, each with its files. */
function rehearsed(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const inside = (it: string) => readdirSync(it).map((name) => join(it, name));
  return inside(folder).flatMap(inside).flatMap(workflows);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 2;
});
