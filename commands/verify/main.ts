import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { VERIFICATION } from "../../configuration/schemas/fields";
import { findEngine } from "../../rehearsal/engine/find";
import { makeFolder, UnusableError } from "../../rehearsal/options";
import type { Command } from "../command";
import { openStack } from "../open-stack";
import { projectOf } from "../project";

const usage = `npm run verify -- --stack NAME [--out DIR] [IMAGE…]

Verifies images under the trust policy of a stack, and prints the digest that
each tag resolved to. The exit status is 0 only if all images are verified.
Your own configuration of Notation stays as it is.

  IMAGE    LOGIN_SERVER/NAME:TAG, or LOGIN_SERVER/NAME@sha256:DIGEST.
  --stack  The stack. Its state has the policy, after \`pulumi up\`.
  --out    A folder for what a verifier needs: the trust policy, its trust
           store, and verify.sh, which verifies without the stack.

It logs in to the registry with NOTATION_USERNAME and NOTATION_PASSWORD. Without
them, it uses the login of the Azure CLI, or Docker's. It needs bash, and
Notation 1.3, which it downloads for Linux if there is none.
`;

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { stack: { type: "string" }, out: { type: "string" } },
    allowPositionals: true,
  });
  const { stack, out } = values;
  if (!stack) throw new UnusableError("--stack is missing. Name the stack that signs the images.");
  if (positionals.length === 0 && !out) {
    throw new UnusableError("There is nothing to verify. Name an image, or give --out.");
  }
  const files = await verificationOf(stack);
  if (out) {
    makeFolder("--out", out);
    write(out, files);
  }
  if (positionals.length === 0) return 0;
  const folder = mkdtempSync(join(tmpdir(), "countersign-verify-"));
  try {
    write(folder, files);
    return await bash(join(folder, "verify.sh"), positionals);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What verifiers need, from the outputs of the stack. */
async function verificationOf(name: string): Promise<Readonly<Record<string, string>>> {
  const engine = await findEngine((line) => process.stderr.write(`${line}\n`));
  const stack = await openStack(projectOf(), name, engine);
  if (!stack) throw new UnusableError(`--stack ${name}: the backend has no stack of this name.`);
  try {
    const files = (await stack.outputs())[VERIFICATION];
    if (files) return files as Readonly<Record<string, string>>;
  } finally {
    stack.close();
  }
  throw new UnusableError(
    `--stack ${name}: the stack has no output \`${VERIFICATION}\`. Run \`pulumi up\`. Its notes say what is missing.`,
  );
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  chmodSync(join(folder, "verify.sh"), 0o755);
}

function bash(script: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", [script, ...args], { stdio: "inherit" });
    child.once("error", () => reject(new UnusableError("bash cannot be run. Install bash.")));
    child.once("close", (code) => resolve(code ?? 1));
  });
}

export const command: Command = { usage, run };
