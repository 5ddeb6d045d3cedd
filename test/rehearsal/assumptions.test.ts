import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { assumptions } from "../../rehearsal/derived/assumptions";
import { worldText } from "../../rehearsal/derived/text";
import { derivedWorld } from "../../rehearsal/derived-world";
import { takesBothModes } from "../../rehearsal/other-mode";
import { parseWorld } from "../../rehearsal/world/world";
import { config } from "../support/config";
import { configurationOf } from "../support/planning";

const SUBJECT = "CN=Contoso Ltd, O=Contoso Ltd, L=Redmond, S=Washington, C=US";

function stack(pipelines: object = { web: {}, api: {} }, more: object = {}) {
  const configuration = configurationOf(config({ "countersign:pipelines": pipelines, ...more }));
  return { configuration, world: derivedWorld(configuration) };
}

describe("what a rehearsal assumed", () => {
  test("is all that neither the stack nor a file states", () => {
    const { configuration, world } = stack();
    expect(assumptions(configuration, world, {})).toEqual([
      "Registry contosoimages: its mode is ABAC",
      "Owner contoso: the plan is team",
      "Repositories web, api: the default branch is main",
      "Repositories web, api: no branch is protected, and there is no ruleset",
      "Repositories web, api: GitHub Actions is on, and every action is allowed",
      `Certificate profile container-images: its subject is ${SUBJECT}`,
    ]);
  });

  test("includes what the things need that the stack creates", () => {
    const validation = "11110000-0000-4000-8000-00000000c0de";
    const profile = { create: { name: "images", identityValidationId: validation } };
    const signing = { resourceGroup: "rg-signing", account: "contoso-signing", profile };
    const { configuration, world } = stack(
      { web: { repository: { create: {} } } },
      {
        "countersign:registry": { resourceGroup: "rg-images", create: { name: "newimages" } },
        "countersign:signing": signing,
      },
    );
    expect(assumptions(configuration, world, {}).slice(-5)).toEqual([
      "Resource group rg-images: it exists",
      "Registry newimages: its name is free",
      "Account contoso-signing: it exists",
      `Identity validation ${validation}: it is Completed`,
      "Repository web: its first branch is main",
    ]);
    const azure = { resourceGroups: ["rg-images"], signingAccounts: [{ name: "contoso-signing" }] };
    expect(assumptions(configuration, world, { azure })).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/it exists$/)]),
    );
    const create = { create: { name: "contoso-signing" } };
    const all = stack({ web: {} }, { "countersign:signing": { ...signing, account: create } });
    expect(assumptions(all.configuration, all.world, {}).slice(-2)).toEqual([
      "Resource group rg-signing: it exists",
      `Identity validation ${validation}: it is Completed`,
    ]);
  });

  test("is said of each repository that is different", () => {
    const pipelines = {
      ...Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, {}])),
      web: { branches: ["trunk"], commit: "pull-request" },
    };
    const { configuration, world } = stack(pipelines);
    expect(assumptions(configuration, world, {}).slice(2, 6)).toEqual([
      "Repositories a, b, c and 2 more: the default branch is main",
      "Repository web: the default branch is trunk",
      "Repositories a, b, c and 2 more: no branch is protected, and there is no ruleset",
      "Repository web: trunk is protected",
    ]);
  });

  test.each([
    ["azure.registries", { azure: { registries: [{ name: "ContosoImages", mode: "abac" }] } }, 0],
    ["github.owner", { github: { owner: { login: "contoso", plan: "team" } } }, 1],
    ["a default branch", { github: { repositories: [{ name: "WEB", defaultBranch: "main" }] } }, 2],
    ["rulesets", { github: { repositories: [{ name: "web", rulesets: [] }] } }, 3],
    [
      "an Actions policy",
      { github: { repositories: [{ name: "web", allowedActions: "all" }] } },
      4,
    ],
    [
      "a subject",
      {
        azure: {
          signingAccounts: [
            { name: "contoso-signing", profiles: [{ name: "container-images", subject: "CN=x" }] },
          ],
        },
      },
      5,
    ],
  ])("is not what the world's file states: %s", (_, stated, index) => {
    const { configuration, world } = stack({ web: {} });
    const all = assumptions(configuration, world, {});
    expect(assumptions(configuration, world, stated)).toEqual(all.filter((__, at) => at !== index));
  });

  test("is not a mode that the stack states", () => {
    const registry = { resourceGroup: "rg-images", name: "contosoimages", permissions: "rbac" };
    const { configuration, world } = stack({ web: {} }, { "countersign:registry": registry });
    expect(assumptions(configuration, world, {})[0]).toBe("Owner contoso: the plan is team");
    expect(takesBothModes(configuration, world, {})).toBe(false);
  });

  test("takes a second rehearsal in RBAC mode only while nothing states the mode", () => {
    const { configuration, world } = stack();
    const registry = { name: "contosoimages", resourceGroup: "rg", loginServer: "x" };
    const both = (...registries: object[]) =>
      takesBothModes(configuration, world, { azure: { registries } });
    expect(takesBothModes(configuration, world, {})).toBe(true);
    expect([both(registry), both({ ...registry, mode: "abac" })]).toEqual([true, false]);
    const [it] = world.azure.registries;
    const rbac = {
      ...world,
      azure: { ...world.azure, registries: [{ ...it!, mode: "rbac" as const }] },
    };
    expect(takesBothModes(configuration, rbac, { azure: { registries: [registry] } })).toBe(false);
  });
});

describe("the file of a derived world", () => {
  const release = { name: "release", reviewers: { users: ["bob"], teams: ["core"] } };
  const workflow = "contoso/central/.github/workflows/sign.yml@refs/heads/main";
  const subscription = "11111111-1111-4111-8111-111111111111";
  const existing = `/subscriptions/${subscription}/resourceGroups/rg-ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/theirs`;
  test.each([
    ["defaults", { web: {} }],
    ["an environment", { web: { environment: release }, api: { adopt: true, environment: "x" } }],
    ["a reusable workflow", { web: { ids: "variables", trust: { workflow } } }],
    ["identities", { web: { identity: { existing } }, api: { commit: "pull-request" } }],
  ])("says the same when it is read again: %s", (_, pipelines) => {
    const { configuration, world } = stack(pipelines);
    const stated = parse(worldText(world));
    expect(parseWorld(stated)).toEqual(world);
    expect(assumptions(configuration, world, stated)).toEqual([]);
  });

  test("has only what somebody would change", () => {
    const { world } = stack({ web: {} });
    const lines = worldText(world).split("\n");
    expect(lines.filter((line) => line.startsWith("#")).length).toBe(3);
    expect(parse(worldText(world))).toEqual({
      azure: {
        resourceGroups: ["rg-images", "rg-signing"],
        registries: [
          {
            resourceGroup: "rg-images",
            name: "contosoimages",
            mode: "abac",
            loginServer: "contosoimages.azurecr.io",
          },
        ],
        signingAccounts: [
          {
            resourceGroup: "rg-signing",
            name: "contoso-signing",
            profiles: [
              { name: "container-images", subject: SUBJECT },
              { name: "another-profile", subject: SUBJECT },
            ],
          },
        ],
      },
      github: {
        owner: { login: "contoso", plan: "team" },
        users: [{ login: "alice", id: 1001 }],
        repositories: [
          {
            name: "web",
            id: 821093847,
            defaultBranch: "main",
            protectedBranches: [],
            rulesets: [],
            actionsEnabled: true,
            allowedActions: "all",
            requireShaPins: false,
            files: { Dockerfile: "FROM scratch\n" },
          },
        ],
      },
    });
  });
});
