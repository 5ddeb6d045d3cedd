import { expect, test } from "vitest";
import { readDeployments } from "../../deployments/configuration";
import { planDeployments } from "../../deployments/plan";
import { config } from "../support/config";
import { stored } from "../support/planning";

const VALUES = {
  "deployments:stackFile": "../Pulumi.prod.yaml",
  "deployments:organization": "contoso",
  "deployments:project": "signing",
  "deployments:stack": "prod",
  "deployments:repository": "platform",
  "deployments:resourceGroup": "rg-ci",
};

type Values = Readonly<Record<string, string>>;

const read = (changes: Values = {}, ofStack: Values = {}) =>
  readDeployments({ ...VALUES, ...changes }, () => ({ ...stored(config()), ...ofStack }));

function plan(changes: Values = {}, ofStack: Values = {}) {
  const { configuration, problems } = read(changes, ofStack);
  if (!configuration) throw new Error(JSON.stringify(problems));
  return planDeployments(configuration, "sub-1", { project: "settings", stack: "prod" });
}

const operations = (planned: ReturnType<typeof plan>) =>
  planned.credentials.map(({ name }) => name.replace("deployments-", ""));

test("by default, only pushes and drift detection can log in, and nothing is left to defaults", () => {
  const planned = plan();
  expect(operations(planned)).toEqual(["update", "refresh"]);
  expect(planned.terms).toEqual({ issuer: "https://api.pulumi.com/oidc", audience: "contoso" });
  expect(planned.git).toEqual({ branch: "refs/heads/main", repoDir: "." });
  expect(planned.vcs).toEqual({
    provider: "github",
    repository: "contoso/platform",
    deployCommits: true,
    previewPullRequests: false,
    pullRequestTemplate: false,
  });
  expect(planned).not.toHaveProperty("destroyAt");
});

test("a push deploys only if it changes one of the paths", () => {
  const { vcs } = plan({ "deployments:paths": '["infra/**","!infra/docs/**"]' });
  expect(vcs.paths).toEqual(["infra/**", "!infra/docs/**"]);
});

test("the deployment has the subscription of the stack, and its rights there", () => {
  const scopes = (planned: ReturnType<typeof plan>) => [
    ...new Set(planned.grants.map(({ scope }) => scope.split("/")[2])),
  ];
  expect(plan().subscriptionId).toBe("sub-1");
  expect(scopes(plan())).toEqual(["sub-1"]);
  const other = "5ab50000-0000-4000-8000-00000000c0de";
  const elsewhere = plan({}, { "azure-native:subscriptionId": other });
  expect(elsewhere.subscriptionId).toBe(other);
  expect(scopes(elsewhere)).toEqual([other]);
});

test("a review stack that expires can also be destroyed", () => {
  const planned = plan({ "deployments:destroyStackAt": "2026-12-31T00:00:00Z" });
  expect(operations(planned)).toEqual(["update", "refresh", "destroy"]);
  expect(planned.destroyAt).toBe("2026-12-31T00:00:00Z");
});

test("previews of pull requests run as the deployer, so they are refused unless that is accepted", () => {
  const { problems } = read({ "deployments:previewPullRequests": "true" });
  expect(problems).toEqual([
    {
      path: "deployments:previewPullRequests",
      given: true,
      expected:
        "false, because Pulumi Deployments has one client ID for all operations: the code of a pull request would run with the rights of a deployment",
      fix: "Preview in GitHub Actions (`npm run ci`), or use two ESC environments. To accept the risk, set `allowPullRequestsAsDeployer: true`.",
    },
  ]);
  const accepted = plan({
    "deployments:previewPullRequests": "true",
    "deployments:allowPullRequestsAsDeployer": "true",
  });
  expect(operations(accepted)).toEqual(["update", "refresh", "preview"]);
  expect(accepted.vcs.previewPullRequests).toBe(true);
});

test("all problems are reported at once, under their keys", () => {
  const { problems } = readDeployments(
    {
      "deployments:organization": "con:toso",
      "deployments:destroyStackAt": "tomorrow",
      "deployments:drift": "daily",
      "deployments:brnch": "x",
    },
    () => ({}),
  );
  expect(problems.map(({ path }) => path).sort()).toEqual([
    "deployments:brnch",
    "deployments:destroyStackAt",
    "deployments:drift",
    "deployments:organization",
    "deployments:project",
    "deployments:repository",
    "deployments:resourceGroup",
    "deployments:stack",
    "deployments:stackFile",
  ]);
  const { problems: ofStack } = readDeployments(VALUES, () => ({ "github:owner": "contoso" }));
  expect(ofStack.map(({ path }) => path)).toContain("countersign:registry");
});
