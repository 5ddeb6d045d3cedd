import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type LintOptions, lintWorkflows } from "../../rehearsal/running/lint";
import { MissingTools, tools } from "../../rehearsal/tools/tools";
import { LINT_TOOLS } from "../../rehearsal/tools/versions";
import { renderWorkflow } from "../../workflow/render";
import { reusableWorkflowText } from "../../workflow/reusable-workflow";
import { type SignImagePlan, signImageWorkflow } from "../../workflow/sign-image";
import { type VerifyImagePlan, verifyImageWorkflow } from "../../workflow/verify-image";
import { BUILD } from "../support/build-plan";
import { builds, callers, verifiers } from "../workflow/plans";
import { generated } from "./generated";

let found: LintOptions["tools"] | undefined;
const folder = mkdtempSync(join(tmpdir(), "countersign-lint-"));

beforeAll(async () => {
  mkdirSync(join(folder, ".github", "workflows"), { recursive: true });
  try {
    found = await tools(LINT_TOOLS, { onProgress: console.log });
  } catch (error) {
    if (!(error instanceof MissingTools) || process.env.CI === "true") throw error;
    console.warn(`NO WORKFLOW IS LINTED: ${error.message}`);
  }
});
beforeEach((context) => {
  if (!found) context.skip("a linter is missing");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lint(texts: readonly string[], auditor = false) {
  const files = texts.map((text, index) => {
    const file = join(folder, ".github", "workflows", `workflow-${index}.yml`);
    writeFileSync(file, text);
    return file;
  });
  const options = { tools: found as LintOptions["tools"], auditor: auditor ? files : [] };
  return lintWorkflows(files, options);
}

test("the functions that scripts read pass shellcheck", async () => {
  const { shellcheck } = found as LintOptions["tools"];
  const text = readFileSync("workflow/steps/azure.sh", "utf8");
  // The first step of the job sets the deadline.
  writeFileSync(join(folder, "azure.sh"), `deadline=600\n${text}`);
  const options = ["--shell=bash", "--format=gcc", join(folder, "azure.sh")];
  const { stdout } = spawnSync(shellcheck, options, { encoding: "utf8" });
  expect(stdout).toBe("");
});

describe("every generated workflow", () => {
  const variants = (environment?: string) =>
    (["action", "cli"] as const).flatMap((signWith) =>
      ([1, 2] as const).map((images) => generated({ signWith, images, environment })),
    );

  test("passes actionlint, shellcheck and the pedantic zizmor", async () => {
    const runner = generated({ runner: ["self-hosted", "linux", "x64"] });
    expect(await lint([...variants(), ...variants("release"), runner])).toEqual([]);
  });

  const text = (it: SignImagePlan) => {
    const reusableWorkflow = it.reusableWorkflow?.replace(/@.*/, `@${"a".repeat(40)}`);
    return renderWorkflow(signImageWorkflow({ ...it, reusableWorkflow }), ["Generated."]);
  };
  const others = Object.values<SignImagePlan>({ ...builds, ...callers });

  test("passes them with other builds, and as a reusable workflow", async () => {
    const called = reusableWorkflowText(BUILD);
    expect(await lint([...others.filter(({ build }) => build).map(text), called])).toEqual([]);
  });

  test("without builds, has no group: GitHub would cancel a third call of one run", async () => {
    const called = reusableWorkflowText({ ...BUILD, build: false });
    const findings = await lint([...others.filter(({ build }) => !build).map(text), called]);
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(["concurrency-limits"]));
  });

  test("passes them as a workflow that verifies, which needs no group either", async () => {
    const texts = Object.values<VerifyImagePlan>(verifiers).map((it) =>
      renderWorkflow(verifyImageWorkflow(it), ["Generated."]),
    );
    const findings = await lint(texts, true);
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(["concurrency-limits"]));
  });

  test("passes zizmor's auditor", async () => {
    expect(await lint([...variants(), ...variants("release")], true)).toEqual([]);
  });
});

test.each([
  [
    "template-injection",
    'registry_token "$IMAGE" pull,push',
    "registry_token ${{ github.ref }} pull,push",
  ],
  ["unpinned-uses", /azure\/login@\w{40}/, "azure/login@v3"],
  ["artipacked", / {8}with:\n {10}persist-credentials: .*\n/, ""],
  ["excessive-permissions", "permissions: {}", "permissions: write-all"],
  ["shellcheck", 'registry_token "$IMAGE"', "registry_token $IMAGE"],
  ["runner-label", "ubuntu-24.04", "ubuntu-99.04"],
])("%s is noticed, with its place", async (rule, from, to) => {
  const text = generated({});
  const broken = text.replace(from, to);
  expect(broken).not.toBe(text);
  const findings = await lint([broken]);
  expect(findings.map((finding) => finding.rule)).toContain(rule);
  const { file, line } = findings.find((finding) => finding.rule === rule) as (typeof findings)[0];
  expect(file).toBe(join(folder, ".github", "workflows", "workflow-0.yml"));
  expect(line).toBeGreaterThan(1);
});
