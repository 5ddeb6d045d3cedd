import { describe, expect, test } from "vitest";
import { RefusedError } from "../../rehearsal/configuration";
import { parseWorld } from "../../rehearsal/world";

const minimal = { azure: { resourceGroups: ["rg"] }, github: { owner: { login: "contoso" } } };
const registry = { resourceGroup: "rg", name: "images", loginServer: "images.azurecr.io" };

/** Of an owner. */
const OPEN = { subjectTemplateHidden: false, secrets: [], variables: [] };

/** What is wrong with a world: the path of each problem, what is expected, and the fix. */
function problems(world: unknown): string[][] {
  try {
    parseWorld(world);
  } catch (failure) {
    if (!(failure instanceof RefusedError)) throw failure;
    expect(failure.subject).toBe("The world cannot be used");
    return failure.problems.map(({ path, expected, fix }) => [path, expected, fix]);
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
  const required = "Add this key. It is required.";
  test.each([
    [undefined, [["world", "an object with keys azure, github", required]]],
    [
      {},
      [
        [
          "world.azure",
          "an object with keys tenantId, subscriptionId, environment, resourceGroups, registries, signingAccounts, identities, applications",
          required,
        ],
        [
          "world.github",
          "an object with keys host, owner, users, teams, callableWorkflows, repositories",
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
      "one of these keys: azure, github",
      "Did you mean `azure`? Otherwise, remove this key.",
    ],
    [
      withRegistry({ loginserver: "x" }),
      "world.azure.registries.0.loginserver",
      "one of these keys: resourceGroup, name, mode, loginServer",
      "Did you mean `loginServer`? Otherwise, remove this key.",
    ],
    [
      withRepository({ environments: [{ name: "release", reviewer: "alice" }] }),
      "world.github.repositories.0.environments.0.reviewer",
      "one of these keys: name, reviewers, preventSelfReview, adminsCanBypass, policies",
      "Did you mean `reviewers`? Otherwise, remove this key.",
    ],
  ])("in %j", (world, ...expected) => {
    expect(problems(world)).toEqual([expected]);
  });
});

describe("a value that does not fit", () => {
  const choose = "Use one of these values.";
  test.each([
    [withRegistry({ mode: "ABAC" }), "world.azure.registries.0.mode", "one of: abac, rbac", choose],
    [
      withRegistry({ name: 1 }),
      "world.azure.registries.0.name",
      "a string",
      "Use a value of this type.",
    ],
    [
      { ...minimal, azure: { resourceGroups: [] } },
      "world.azure.resourceGroups",
      "at least 1",
      "Add an item, or remove this key.",
    ],
    [
      { ...minimal, azure: { ...minimal.azure, tenantId: "contoso" } },
      "world.azure.tenantId",
      "Invalid GUID",
      "Change this value.",
    ],
    [
      { ...minimal, github: { owner: { login: "contoso", plan: "gold" } } },
      "world.github.owner.plan",
      "one of: free, pro, team, enterprise",
      choose,
    ],
    [
      withRepository({
        environments: [{ name: "release", policies: [{ name: "v", type: "ref" }] }],
      }),
      "world.github.repositories.0.environments.0.policies.0.type",
      "one of: branch, tag",
      choose,
    ],
    [
      withRepository({ files: { "a.md": 1 } }),
      "world.github.repositories.0.files.a.md",
      "a string",
      "Use a value of this type.",
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
      '    given     "both"',
      "    expected  one of: abac, rbac",
      "    fix       Use one of these values.",
      "  world.gitlab",
      "    given     {}",
      "    expected  one of these keys: azure, github",
      "    fix       Did you mean `github`? Otherwise, remove this key.",
    ].join("\n"),
  );
});
