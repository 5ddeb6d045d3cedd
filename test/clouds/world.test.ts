import { describe, expect, test } from "vitest";
import { RefusedError } from "../../rehearsal/configuration";
import { parseWorld } from "../../rehearsal/world/world";

const minimal = { azure: { resourceGroups: ["rg"] }, github: { owner: { login: "contoso" } } };
const registry = { resourceGroup: "rg", name: "images", loginServer: "images.azurecr.io" };

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

describe("what is missing", () => {
  const required = "Add this key. It is required.";
  test.each([
    [undefined, [["world", "an object with keys azure, github", required]]],
    [
      {},
      [
        [
          "world.azure",
          "an object with keys tenantId, subscriptionId, environment, resourceGroups, otherSubscriptions, registries, signingAccounts, identities, applications, registryApiVersions, honorsApiVersion, putResetsMode, takenLoginServers, faults",
          required,
        ],
        [
          "world.github",
          "an object with keys host, issuer, owner, users, teams, callableWorkflows, repositories, faults",
          required,
        ],
      ],
    ],
    [
      { azure: { registries: [{}] }, github: { owner: {} } },
      [
        ["world.azure.registries.0.resourceGroup", "a string", required],
        ["world.azure.registries.0.name", "a string", required],
        ["world.azure.registries.0.loginServer", "a string", required],
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
      "one of these keys: resourceGroup, subscription, name, mode, loginServer, publicNetworkAccess, networkDefaultAction, readable",
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
    [
      withRegistry({ mode: "ABAC" }),
      "world.azure.registries.0.mode",
      "one of: abac, rbac, unreported",
      choose,
    ],
    [
      withRegistry({ subscription: "platform" }),
      "world.azure.registries.0.subscription",
      "Invalid GUID",
      "Change this value.",
    ],
    [
      withRegistry({ name: 1 }),
      "world.azure.registries.0.name",
      "a string",
      "Use a value of this type.",
    ],
    [
      withRepository({ rulesets: [{ name: "all", rules: [] }] }),
      "world.github.repositories.0.rulesets.0.rules",
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
      "    expected  one of: abac, rbac, unreported",
      "    fix       Use one of these values.",
      "  world.gitlab",
      "    given     {}",
      "    expected  one of these keys: azure, github",
      "    fix       Did you mean `github`? Otherwise, remove this key.",
    ].join("\n"),
  );
});
