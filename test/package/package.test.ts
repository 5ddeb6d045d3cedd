import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { embeddedClouds } from "../../rehearsal/clouds/clouds";
import { configurationOf } from "../../rehearsal/configuration";
import { derivedWorld } from "../../rehearsal/derived-world";
import { readStackFile } from "../../rehearsal/stack-file";
import { theEngine } from "../support/engine";
import { languageHost, startLanguageRuntime } from "../support/language-runtime";

const home = mkdtempSync(join(tmpdir(), "countersign-package-"));
const project = join(home, "anything");
let packed: { readonly filename: string; readonly files: ReadonlyArray<{ readonly path: string }> };

/** Without the environment of `npm test`, which npm itself reads. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
  PULUMI_HOME: join(home, "pulumi"),
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_BACKEND_URL: `file://${home}`,
  PULUMI_CONFIG_PASSPHRASE: "x",
};

function inProject(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { cwd: project, env, encoding: "utf8", stdio: "pipe" });
}

/** Runs the CLI. Its language host is the one of the tests. */
async function pulumi(...args: readonly string[]): Promise<string> {
  const { command } = await theEngine();
  const runtime = await startLanguageRuntime(project);
  const host = languageHost(join(home, "host"), runtime.port);
  try {
    const { stdout } = await promisify(execFile)(command.command, args, {
      cwd: project,
      env: { ...env, PATH: `${host}:${process.env.PATH}` },
    });
    return stdout;
  } finally {
    runtime.stop();
  }
}

beforeAll(async () => {
  const pack = ["pack", "--json", "--pack-destination", home];
  // npm also passes on what `prepack` prints.
  const output = execFileSync("npm", pack, { env, encoding: "utf8", stdio: "pipe" });
  [packed] = JSON.parse(output.slice(output.indexOf("[\n")));
  mkdirSync(project);
  const template = join(home, "template");
  cpSync("template", template, { recursive: true });
  await pulumi(
    ...["new", template, "--name", "anything", "--description", "Signs images"],
    ...["--yes", "--generate-only", "--force", "--dir", project],
  );
  const file = join(project, "package.json");
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  manifest.dependencies.countersign = `file:${join(home, packed.filename)}`;
  writeFileSync(file, JSON.stringify(manifest));
  inProject("npm", "install", "--prefer-offline", "--no-audit", "--no-fund");
}, 300_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

test("the package has no source, no test, and everything that its commands read", () => {
  const paths = packed.files.map(({ path }) => path);
  expect(paths.filter((it) => /(?<!\.d)\.ts$|^dist\/(?:test|template)\//.test(it))).toEqual([]);
  expect(paths).toEqual(
    expect.arrayContaining([
      "LICENSE",
      "README.md",
      "dist/commands/main.js",
      "dist/library.d.ts",
      "dist/rehearsal/tools/pulumi/go.sum",
      "dist/workflow/steps/azure.sh",
      "dist/workflow/steps/sign.sh",
      "docs/configuration.md",
      "stack.schema.json",
    ]),
  );
});

test("`pulumi new` with any name makes a project that needs no typed keys", () => {
  expect(readFileSync(join(project, "Pulumi.yaml"), "utf8")).toContain("name: anything\n");
  expect(readFileSync(join(project, "README.md"), "utf8")).toMatch(/^# anything\n\nSigns images\n/);
});

test("the types of the package fit the template", () => {
  expect(inProject("npm", "run", "--silent", "typecheck")).toBe("");
});

test("the package exports the program and its components", () => {
  const print = 'console.log(Object.keys(require("countersign")).sort().join(" "))';
  expect(inProject("node", "-e", print).trim()).toBe(
    "AZURE_CLOUDS CommittedFiles DeploymentEnvironment GITHUB_COM LoginSettings PipelineIdentity ProposedFiles RegistryAccess SharedIdentity SignerAccess SigningPipeline stack",
  );
});

test("the example stack is rehearsed in the new project", () => {
  const report = JSON.parse(inProject("npm", "run", "--silent", "rehearse", "--", "--json"));
  expect(report).toMatchObject({ holds: true, reasons: [] });
  expect(report.made).toHaveLength(21);
});

test("`pulumi up` of the new project, through the SDK's loader, gets the keys of the stack", async () => {
  const { config } = readStackFile(join(project, "Pulumi.dev.yaml"));
  const clouds = embeddedClouds(derivedWorld(configurationOf(config)));
  const providers = await clouds.open();
  const debug = providers.map(({ name, port }) => `${name}:${port}`).join(",");
  Object.assign(env, { PULUMI_DEBUG_PROVIDERS: debug });
  try {
    await pulumi("stack", "init", "dev", "--non-interactive");
    const said = await pulumi("up", "--yes", "--skip-preview", "--non-interactive");
    expect(said).toContain("+ 36 created");
  } finally {
    for (const provider of providers) provider.stop();
  }
});
