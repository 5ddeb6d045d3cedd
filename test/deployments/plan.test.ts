import { describe, expect, test } from "vitest";
import { readDeployments } from "../../deployments/configuration";
import { planDeployments } from "../../deployments/plan";
import { deploymentSubject } from "../../trust/pulumi-subjects";
import { config } from "../support/config";
import { stored } from "../support/planning";

const STACK = { organization: "contoso", project: "signing", stack: "prod" };
const VALUES = {
  "deployments:stackFile": "../Pulumi.prod.yaml",
  "deployments:organization": "contoso",
  "deployments:project": "signing",
  "deployments:stack": "prod",
  "deployments:repository": "platform",
  "deployments:resourceGroup": "rg-ci",
};

const read = (changes: Readonly<Record<string, string>> = {}) =>
  readDeployments({ ...VALUES, ...changes }, () => stored(config()));

function plan(changes: Readonly<Record<string, string>> = {}) {
  const { configuration, problems } = read(changes);
  if (!configuration) throw new Error(JSON.stringify(problems));
  return planDeployments(configuration, "sub-1", { project: "settings", stack: "prod" });
}

describe("the subjects of Pulumi's issuer", () => {
  test.each(["preview", "update", "refresh", "destroy"] as const)("of %s", (operation) => {
    expect(deploymentSubject(STACK, operation)).toBe(
      `pulumi:deploy:org:contoso:project:signing:stack:prod:operation:${operation}:scope:write`,
    );
  });

  test.each([
    { organization: "a:project:b" },
    { project: "" },
    { stack: "*" },
    { stack: "prod:operation:update" },
  ])("a name that could contain the next part is refused: %j", (changes) => {
    expect(() => deploymentSubject({ ...STACK, ...changes }, "update")).toThrow("not a name");
  });
});

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
    paths: [],
  });
  expect(planned).not.toHaveProperty("destroyAt");
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
      "deployments:brnch": "x",
    },
    () => ({}),
  );
  expect(problems.map(({ path }) => path).sort()).toEqual([
    "deployments:brnch",
    "deployments:destroyStackAt",
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
