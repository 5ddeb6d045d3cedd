import { expect, test } from "vitest";
import { parseWorld } from "../../rehearsal/world/world";

const minimal = { azure: { resourceGroups: ["rg"] }, github: { owner: { login: "contoso" } } };

const ACTIONS = {
  actionsEnabled: true,
  allowedActions: "all",
  selectedActions: { githubOwned: true, verified: false, patterns: [] },
  requireShaPins: false,
  actionsPolicyHidden: false,
};

/** Of an owner. */
const OPEN = {
  subjectTemplateHidden: false,
  secrets: [],
  variables: [],
  newRepositories: { defaultBranch: "main", rulesets: [], ...ACTIONS },
};

const withRepository = (changes: object) => ({
  ...minimal,
  github: { ...minimal.github, repositories: [{ name: "web", id: 7, ...changes }] },
});

test("what a world leaves out has a default", () => {
  expect(parseWorld(minimal)).toEqual({
    azure: {
      tenantId: "7e1a0000-0000-4000-8000-00000000c0de",
      subscriptionId: "5ab50000-0000-4000-8000-00000000c0de",
      environment: "public",
      resourceGroups: ["rg"],
      otherSubscriptions: [],
      registries: [],
      signingAccounts: [],
      identities: [],
      applications: [],
      honorsApiVersion: true,
      putResetsMode: true,
      faults: { refusedLogins: 0, throttled: 0 },
    },
    github: {
      host: "github.com",
      owner: { login: "contoso", id: 5544123, type: "Organization", plan: "team", ...OPEN },
      users: [],
      teams: [],
      callableWorkflows: {},
      repositories: [],
      faults: { throttled: 0 },
    },
  });
  expect(parseWorld(withRepository({})).github.repositories).toEqual([
    {
      name: "web",
      id: 7,
      private: true,
      archived: false,
      defaultBranch: "main",
      empty: false,
      immutableSubjects: true,
      protectedBranches: [],
      rulesets: [],
      ...ACTIONS,
      files: {},
      secrets: [],
      variables: [],
      environments: [],
    },
  ]);
});
