import { describe, expect, test } from "vitest";
import { ProblemsError } from "../../configuration/problems";
import { parseWorld } from "../../rehearsal/world";

const minimal = { azure: { resourceGroups: ["rg"] }, github: { owner: { login: "contoso" } } };
const registry = { resourceGroup: "rg", name: "images", loginServer: "images.azurecr.io" };

/** Of an owner. */
const OPEN = { subjectTemplateHidden: false, secrets: [], variables: [] };

/** What is wrong with a world: each problem's path, what is allowed, and the remedy. */
function problems(world: unknown): string[][] {
  try {
    parseWorld(world);
  } catch (failure) {
    if (!(failure instanceof ProblemsError)) throw failure;
    expect(failure.subject).toBe("The world cannot be used");
    return failure.problems.map(({ path, allowed, remedy }) => [path, allowed, remedy]);
  }
  return [];
}
const withRegistry = (changes: object) => ({
  ...minimal,
  azure: { ...minimal.azure, registries: [{ ...registry, ...changes }] },
});
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
      registries: [],
      signingAccounts: [],
      identities: [],
      applications: [],
    },
    github: {
      host: "github.com",
      owner: { login: "contoso", id: 5544123, type: "Organization", plan: "team", ...OPEN },
      users: [],
      teams: [],
      callableWorkflows: {},
      repositories: [],
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
      files: {},
      secrets: [],
      variables: [],
      environments: [],
    },
  ]);
});

describe("what is missing", () => {
  const required = "it is required: add it";
  test.each([
    [undefined, [["world", "an object of azure, github", required]]],
    [
      {},
      [
        [
          "world.azure",
          "an object of tenantId, subscriptionId, environment, resourceGroups, registries, signingAccounts, identities, applications",
          required,
        ],
        [
          "world.github",
          "an object of host, owner, users, teams, callableWorkflows, repositories",
          required,
        ],
      ],
    ],
    [
      { azure: {}, github: { owner: {} } },
      [
        ["world.azure.resourceGroups", "a list", required],
        ["world.github.owner.login", "a string", required],
      ],
    ],
    [
      withRegistry({ loginServer: undefined }),
      [["world.azure.registries.0.loginServer", "a string", required]],
    ],
    [withRepository({ id: undefined }), [["world.github.repositories.0.id", "a number", required]]],
  ])("in %j", (world, expected) => {
    expect(problems(world)).toEqual(expected);
  });
});

describe("a key that is not known", () => {
  test.each([
    [
      { ...minimal, azuer: {} },
      "world.azuer",
      "azure, github",
      "`azuer` is not known; did you mean `azure`?",
    ],
    [
      withRegistry({ loginserver: "x" }),
      "world.azure.registries.0.loginserver",
      "resourceGroup, name, mode, loginServer",
      "`loginserver` is not known; did you mean `loginServer`?",
    ],
    [
      withRepository({ environments: [{ name: "release", reviewer: "alice" }] }),
      "world.github.repositories.0.environments.0.reviewer",
      "name, reviewers, preventSelfReview, adminsCanBypass, policies",
      "`reviewer` is not known; did you mean `reviewers`?",
    ],
  ])("in %j", (world, ...expected) => {
    expect(problems(world)).toEqual([expected]);
  });
});

describe("a value that does not fit", () => {
  const choose = "choose one of them";
  test.each([
    [withRegistry({ mode: "ABAC" }), "world.azure.registries.0.mode", "abac, rbac", choose],
    [
      withRegistry({ name: 1 }),
      "world.azure.registries.0.name",
      "a string",
      "give a value of that kind",
    ],
    [
      { ...minimal, azure: { resourceGroups: [] } },
      "world.azure.resourceGroups",
      "at least 1",
      "add one, or leave the key out",
    ],
    [
      { ...minimal, azure: { ...minimal.azure, tenantId: "contoso" } },
      "world.azure.tenantId",
      "Invalid GUID",
      "change it",
    ],
    [
      { ...minimal, github: { owner: { login: "contoso", plan: "gold" } } },
      "world.github.owner.plan",
      "free, pro, team, enterprise",
      choose,
    ],
    [
      withRepository({
        environments: [{ name: "release", policies: [{ name: "v", type: "ref" }] }],
      }),
      "world.github.repositories.0.environments.0.policies.0.type",
      "branch, tag",
      choose,
    ],
    [
      withRepository({ files: { "a.md": 1 } }),
      "world.github.repositories.0.files.a.md",
      "a string",
      "give a value of that kind",
    ],
  ])("in %j", (world, ...expected) => {
    expect(problems(world)).toEqual([expected]);
  });

  test.each([0, -1, 1.5])("the id %s of a repository", (id) => {
    expect(problems(withRepository({ id })).map(([path]) => path)).toEqual([
      "world.github.repositories.0.id",
    ]);
  });
});

test("all problems come in one error, made to be read", () => {
  const world = { ...withRegistry({ mode: "both" }), gitlab: {} };
  expect(() => parseWorld(world)).toThrow(
    [
      "The world cannot be used: 2 problems",
      "  world.azure.registries.0.mode",
      '    given    "both"',
      "    allowed  abac, rbac",
      "    remedy   choose one of them",
      "  world.gitlab",
      "    given    {}",
      "    allowed  azure, github",
      "    remedy   `gitlab` is not known; did you mean `github`?",
    ].join("\n"),
  );
});
