import { describe, expect, test } from "vitest";
import { githubProvider } from "../../../rehearsal/clouds/github/provider";
import type { Properties } from "../../../rehearsal/clouds/wire";
import { bodyFault } from "../openapi";
import { github } from "../support";

type Cloud = ReturnType<typeof github>;

/** An environment of any name, a branch with a slash, and a file with a space. */
const ENVIRONMENT = "prod/größe (eu) 🚀 a+b,c";
const BRANCH = "side/größe+(1),x";

const there = () =>
  github({
    owner: { plan: "enterprise" },
    repositories: [{ name: "web", id: 7, environments: [{ name: ENVIRONMENT }] }],
    github: { users: [{ login: "alice", id: 1 }], teams: [{ slug: "core", id: 9 }] },
  });

interface Written {
  readonly first: Properties;
  readonly changes: Properties;
  readonly prepare?: (cloud: Cloud) => Promise<unknown>;
}

const selected = { visibility: "selected", value: "one" };
const at = { repository: "web", environment: ENVIRONMENT };
const custom = { protectedBranches: false, customBranchPolicies: true };
const pull = { baseRepository: "web", baseRef: "main", headRef: BRANCH, title: "Sign" };
const changed = async ({ branch, file }: Cloud) => {
  await branch.create({ repository: "web", branch: BRANCH });
  await file.create({ repository: "web", branch: BRANCH, file: "b c.md", content: "x" });
};

/** Inputs of each type, by its token: what is made first, and how it is changed. */
const TYPES: Readonly<Record<string, Written>> = {
  "actionsSecret:ActionsSecret": {
    first: { repository: "web", secretName: "a", value: "one" },
    changes: { value: "two" },
  },
  "actionsVariable:ActionsVariable": {
    first: { repository: "web", variableName: "a", value: "one" },
    changes: { value: "two" },
  },
  "actionsEnvironmentSecret:ActionsEnvironmentSecret": {
    first: { ...at, secretName: "A", value: "one" },
    changes: { value: "two" },
  },
  "actionsEnvironmentVariable:ActionsEnvironmentVariable": {
    first: { ...at, variableName: "A", value: "one" },
    changes: { value: "two" },
  },
  "actionsOrganizationSecret:ActionsOrganizationSecret": {
    first: { secretName: "A", ...selected },
    changes: { selectedRepositoryIds: [7] },
  },
  "actionsOrganizationVariable:ActionsOrganizationVariable": {
    first: { variableName: "A", ...selected },
    changes: { selectedRepositoryIds: [7] },
  },
  "actionsOrganizationSecretRepositories:ActionsOrganizationSecretRepositories": {
    first: { secretName: "A", selectedRepositoryIds: [7] },
    changes: { selectedRepositoryIds: [] },
    prepare: ({ organizationSecret }) =>
      organizationSecret.create({ secretName: "A", ...selected }),
  },
  "repositoryEnvironment:RepositoryEnvironment": {
    first: { ...at, deploymentBranchPolicy: custom },
    changes: {
      waitTimer: 5,
      reviewers: [{ users: [1], teams: [9] }],
      deploymentBranchPolicy: undefined,
    },
  },
  "repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy": {
    first: { ...at, branchPattern: "release/*" },
    changes: { branchPattern: "main" },
    prepare: ({ environment }) => environment.create({ ...at, deploymentBranchPolicy: custom }),
  },
  "repository:Repository": {
    first: { name: "shop", visibility: "private", autoInit: true, topics: ["images"] },
    changes: { name: "store", visibility: "public", topics: [], vulnerabilityAlerts: true },
  },
  "repositoryFile:RepositoryFile": {
    first: { repository: "web", file: ".github/a b.yml", content: "" },
    changes: { content: "größe\n", commitMessage: "Change it" },
  },
  "branch:Branch": { first: { repository: "web", branch: BRANCH }, changes: {} },
  "repositoryPullRequest:RepositoryPullRequest": {
    first: pull,
    changes: { title: "Sign images", body: "why" },
    prepare: changed,
  },
  "actionsRepositoryOidcSubjectClaimCustomizationTemplate:ActionsRepositoryOidcSubjectClaimCustomizationTemplate":
    {
      first: { repository: "web", useDefault: true },
      changes: { useDefault: false, includeClaimKeys: ["repo", "context"] },
    },
};

/**
 * The provider sends this property, which GitHub accepts and does not describe:
 * https://github.com/integrations/terraform-provider-github/pull/2173.
 */
function described(body: object | undefined): object | undefined {
  if (!body || !("can_admins_bypass" in body)) return body;
  const { can_admins_bypass: _, ...rest } = body;
  return rest;
}

describe("GitHub's description fits what is sent for", () => {
  test.each(Object.entries(TYPES))("%s", async (token, { first, changes, prepare }) => {
    const cloud = there();
    await prepare?.(cloud);
    const { sent } = cloud.state.requests;
    const before = sent.length;
    const type = cloud.resource(`github:index/${token}`);
    const { id, outputs } = await type.create(first);
    const news = { ...first, ...changes };
    const after = await type.update(id, news, outputs);
    await type.delete(id, { ...outputs, ...after });
    const own = sent.slice(before);
    // Nothing is sent to update a branch.
    expect(own.length).toBeGreaterThanOrEqual(token.startsWith("branch:") ? 2 : 3);
    for (const { method, path, body } of own) {
      // The provider's address for secrets of an environment is an old one that still works.
      const documented = path.replace(/^repositories\/7\//, "repos/Contoso/web/");
      expect([method, path, bodyFault(method, documented, described(body))]).toEqual([
        method,
        path,
        undefined,
      ]);
    }
  });

  test("each type that is served", () => {
    const { resources } = githubProvider(there().state);
    const served = resources.map((it) => it.token.replace("github:index/", ""));
    expect(served.sort()).toEqual(Object.keys(TYPES).sort());
  });
});

test("what is wrong is found", () => {
  const path = "repos/Contoso/web/git/refs";
  expect(bodyFault("POST", path, { ref: "x" })).toBe("data must have required property 'sha'");
  expect(bodyFault("DELETE", `${path}/heads/main`, {})).toContain("does not describe a body");
});

test("the bodies of organization values are the provider's", async () => {
  const cloud = there();
  await cloud.organizationSecret.create({ secretName: "A", ...selected });
  await cloud.organizationSecret.update("A", {
    secretName: "A",
    ...selected,
    selectedRepositoryIds: [7],
  });
  await cloud.organizationVariable.create({ variableName: "B", visibility: "all", value: "x" });
  const sealed = {
    key_id: expect.stringMatching(/^\d+$/),
    encrypted_value: expect.stringMatching(/^[\w+/=]{44}$/),
    visibility: "selected",
  };
  expect(cloud.state.requests.sent.map(({ method, path, body }) => [method, path, body])).toEqual([
    ["PUT", "orgs/Contoso/actions/secrets/A", sealed],
    ["PUT", "orgs/Contoso/actions/secrets/A", { ...sealed, selected_repository_ids: [7] }],
    [
      "POST",
      "orgs/Contoso/actions/variables",
      { name: "B", value: "x", visibility: "all", selected_repository_ids: [] },
    ],
  ]);
});

test("paths are escaped as the provider does it", async () => {
  const cloud = there();
  await cloud.environment.create(at);
  await cloud.branch.create({ repository: "web", branch: BRANCH });
  await cloud.branch.delete(`web:${BRANCH}`, { repository: "web", branch: BRANCH });
  expect(cloud.state.requests.sent.map(({ path }) => path)).toEqual([
    "repos/Contoso/web/environments/prod%2Fgr%C3%B6%C3%9Fe%20%28eu%29%20%F0%9F%9A%80%20a+b%2Cc",
    "repos/Contoso/web/git/refs",
    "repos/Contoso/web/git/refs/heads/side/gr%C3%B6%C3%9Fe+%281%29%2Cx",
  ]);
});

test("the first requests are throttled, and the provider repeats them", async () => {
  const cloud = github({ github: { faults: { throttled: 2 } } });
  expect(cloud.get("repos/contoso/web").code).toBe(200);
  await cloud.environment.create({ repository: "web", environment: "release" });
  expect(cloud.state.requests.sent.map((it) => [it.method, it.throttled])).toEqual([
    ["GET", true],
    ["GET", true],
    ["GET", false],
    ["PUT", false],
  ]);
});
