import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { appPermissions } from "../../ci/app-permissions";
import { ciFiles } from "../../ci/files";
import type { CiPlan } from "../../ci/plan";
import { configurationOf } from "../../rehearsal/configuration";
import { lintWorkflows } from "../../rehearsal/running/lint";
import { tools } from "../../rehearsal/tools/tools";
import { LINT_TOOLS } from "../../rehearsal/tools/versions";
import { config } from "../support/config";
import { stored } from "../support/planning";

const folder = mkdtempSync(join(tmpdir(), "countersign-ci-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const configuration = configurationOf(stored(config()));
const permissions = {
  read: appPermissions(configuration, "read"),
  write: appPermissions(configuration, "write"),
};

const CLOUD: CiPlan = {
  stack: "contoso/prod",
  branch: "main",
  backend: {
    kind: "cloud",
    organization: "contoso",
    teams: { preview: "readers", deploy: "platform" },
  },
  gitHub: { owner: "Contoso", repositories: ["web", "payments"], permissions },
  policyPack: "node_modules/countersign/dist/policy",
};
const STORAGE: CiPlan = {
  ...CLOUD,
  stack: "prod",
  backend: { kind: "storage", url: "azblob://state?storage_account=contosostate" },
  gitHub: { ...CLOUD.gitHub, permissions: { read: undefined, write: undefined } },
};

const PLANS = { cloud: CLOUD, storage: STORAGE };

test.each(Object.entries(PLANS))("the workflows with the backend %s", async (name, plan) => {
  for (const [path, text] of Object.entries(ciFiles(plan))) {
    const [file] = path.split("/").slice(-1);
    await expect(text).toMatchFileSnapshot(`../golden/ci/${name}/${file}`);
  }
});

test("pull requests never get the token of the deployment", () => {
  const scopes = Object.values(ciFiles(CLOUD)).map((text) => /scope: (.+)/.exec(text)?.[1]);
  expect(scopes).toEqual(["team:readers", "team:platform", "team:readers"]);
});

test("the workflows pass actionlint, shellcheck, and zizmor's auditor", async () => {
  const files = Object.entries(PLANS).flatMap(([name, plan]) =>
    Object.entries(ciFiles(plan)).map(([path, text]) => {
      const file = join(folder, name, path);
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, text);
      return file;
    }),
  );
  const found = await lintWorkflows(files, { tools: await tools(LINT_TOOLS), auditor: files });
  // A token that is not limited has all permissions of its App, and zizmor says so.
  const rules = found.map(({ rule, file }) => `${rule} in ${file.split("/").at(-4)}`);
  expect([...new Set(rules)]).toEqual(["github-app in storage"]);
});

const PIPELINE = { actions: "read", administration: "read", contents: "read" };

test.each([
  ["a pipeline", {}, { ...PIPELINE, pull_requests: "read", secrets: "read" }],
  ["direct commits", { commit: "direct" }, { ...PIPELINE, secrets: "read" }],
  [
    "an environment with teams",
    { environment: { name: "release", reviewers: { teams: ["signers"] } }, level: "environment" },
    { ...PIPELINE, environments: "read", members: "read", pull_requests: "read" },
  ],
  [
    "values of the organization",
    { level: "organization" },
    { ...PIPELINE, organization_secrets: "read", pull_requests: "read" },
  ],
])("the permissions of a preview with %s", (_, web, expected) => {
  const wanted = configurationOf(stored(config({ "countersign:pipelines": { web } })));
  expect(appPermissions(wanted, "read")).toEqual(expected);
});

test.each([
  [
    "a pipeline",
    {},
    {
      ...PIPELINE,
      contents: "write",
      pull_requests: "write",
      secrets: "write",
      workflows: "write",
    },
  ],
  [
    "an environment",
    { environment: "release", commit: "direct" },
    {
      ...PIPELINE,
      administration: "write",
      contents: "write",
      secrets: "write",
      workflows: "write",
    },
  ],
  ["variables", { ids: "variables" }, undefined],
])("the permissions of a deployment with %s", (_, web, expected) => {
  const wanted = configurationOf(stored(config({ "countersign:pipelines": { web } })));
  expect(appPermissions(wanted, "write")).toEqual(expected);
});
