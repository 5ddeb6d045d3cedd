import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { tools } from "../tools/tools";
import { LINT_TOOLS } from "../tools/versions";
import { lintWorkflows } from "./lint";

/** `npm run lint:workflows -- [--auditor] FILE|FOLDER…`: a folder is a repository's root. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { auditor: { type: "boolean", default: false } },
  });
  const files = (positionals.length > 0 ? positionals : ["."]).flatMap(workflows);
  if (files.length === 0) throw new Error("there is no workflow to lint");
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
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(folder, name));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 2;
});
