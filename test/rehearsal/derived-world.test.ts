import { describe, expect, test } from "vitest";
import { configurationOf as rehearsedConfiguration } from "../../rehearsal/configuration";
import { derivedWorld } from "../../rehearsal/derived-world";
import { config } from "../support/engine";
import { configurationOf, stored } from "../support/planning";

function derived(pipelines: object, more: Record<string, unknown> = {}) {
  return derivedWorld(configurationOf(config({ "countersign:pipelines": pipelines, ...more })));
}

describe("a derived world", () => {
  test("has only what nothing but defaults takes for granted", () => {
    const { azure, github } = derived({ web: {} });
    expect(azure).toMatchObject({
      resourceGroups: ["rg-images", "rg-signing"],
      identities: [],
      applications: [],
    });
    expect(github).toMatchObject({ host: "github.com", owner: { plan: "team" }, teams: [] });
    expect(github.repositories).toMatchObject([
      { name: "web", immutableSubjects: true, protectedBranches: [], environments: [] },
    ]);
    expect(github.repositories[0]?.subjectTemplate).toBeUndefined();
  });

  test("has identities and applications that exist", () => {
    const subscription = "11111111-1111-4111-8111-111111111111";
    const clientId = "22222222-2222-4222-8222-222222222222";
    const group = `/subscriptions/${subscription}/resourceGroups/rg-ids`;
    const existing = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/theirs`;
    const { azure } = derived({
      web: { identity: { existing } },
      api: { identity: { existingApplication: clientId } },
    });
    expect(azure).toMatchObject({
      subscriptionId: subscription,
      resourceGroups: ["rg-images", "rg-signing", "rg-ids"],
      identities: [{ resourceGroup: "rg-ids", name: "theirs" }],
      applications: [{ displayName: "api", clientId }],
    });
  });

  test("has reviewers, and the plan that reviews take", () => {
    const { github } = derived({
      web: { environment: { name: "release", reviewers: { users: ["bob"], teams: ["core"] } } },
      api: { environment: { name: "release", reviewers: { users: ["bob", "carol"] } } },
    });
    expect(github).toMatchObject({
      owner: { plan: "enterprise" },
      users: [
        { login: "bob", id: 1001 },
        { login: "carol", id: 1002 },
        { login: "alice", id: 1003 },
      ],
      teams: [{ slug: "core", id: 2001 }],
    });
  });

  test.each([
    [{ waitMinutes: 5 }, "enterprise"],
    [{ adminsCanBypass: false }, "enterprise"],
    [{ adminsCanBypass: true }, "team"],
  ])("an environment with %j takes the plan %s", (settings, plan) => {
    const { github } = derived({ web: { environment: { name: "release", ...settings } } });
    expect(github.owner.plan).toBe(plan);
  });

  test.each([
    ["create: false", { environment: { name: "release", create: false } }],
    ["adopt", { environment: "release", adopt: true }],
  ])("has the environment that is used as it is: %s", (_, pipeline) => {
    const { github } = derived({ web: { ...pipeline, branches: ["main"], tags: ["v*"] } });
    expect(github.repositories[0]?.environments).toEqual([
      {
        name: "release",
        reviewers: ["alice"],
        // GitHub's own.
        preventSelfReview: false,
        adminsCanBypass: true,
        policies: [
          { name: "main", type: "branch" },
          { name: "v*", type: "tag" },
        ],
      },
    ]);
  });

  test("protects the branch that is proposed to", () => {
    const { github } = derived({ web: { branches: ["trunk"], commit: "pull-request" } });
    expect(github.repositories[0]).toMatchObject({
      defaultBranch: "trunk",
      protectedBranches: ["trunk"],
    });
  });

  test("has names only on another host", () => {
    const { github } = derived({ web: {} }, { "github:baseUrl": "https://git.contoso.example/" });
    expect(github).toMatchObject({
      host: "git.contoso.example",
      repositories: [{ immutableSubjects: false }],
    });
  });

  test("has names where these are to be trusted", () => {
    const { github } = derived({ web: { subjects: "names" }, api: { subjects: "both" } });
    expect(github.repositories.map(({ immutableSubjects }) => immutableSubjects)).toEqual([
      false,
      true,
    ]);
  });

  test("has the secrets that are taken over, where they are", () => {
    const { github } = derived({
      web: { adopt: true, level: "organization" },
      api: { adopt: true },
      jobs: { adopt: true, ids: "variables" },
    });
    expect([github.owner.secrets, ...github.repositories.map(({ secrets }) => secrets)]).toEqual([
      ["AZURE_CLIENT_ID_WEB"],
      [],
      ["AZURE_CLIENT_ID"],
      [],
    ]);
  });

  test("has the template of one workflow, unless that is declared here", () => {
    const workflow = "contoso/central/.github/workflows/sign.yml@refs/heads/main";
    const template = (trust: object) =>
      derived({ web: { ids: "variables", trust } }).github.repositories[0]?.subjectTemplate;
    expect(template({ workflow })).toEqual(["repo", "context", "job_workflow_ref"]);
    expect(template({ workflow, manageSubjectTemplate: true })).toBeUndefined();
  });

  test("has each subscription that is named, with the groups in it", () => {
    const [one, two] = ["1", "2"].map((it) => `${it.repeat(8)}-1111-4111-8111-111111111111`);
    const { azure } = derived(
      { web: {} },
      {
        "countersign:registry": {
          resourceGroup: "rg-images",
          name: "contosoimages",
          subscription: one,
        },
        "countersign:signing": {
          resourceGroup: "rg-signing",
          account: "contoso-signing",
          profile: "container-images",
          subscription: two,
        },
        "countersign:identity": { resourceGroup: "rg-ids" },
      },
    );
    expect(azure).toMatchObject({
      resourceGroups: ["rg-ids"],
      otherSubscriptions: [
        { subscriptionId: one, resourceGroups: ["rg-images"] },
        { subscriptionId: two, resourceGroups: ["rg-signing"] },
      ],
      registries: [{ subscription: one }],
      signingAccounts: [{ subscription: two }],
    });
  });

  test("is in the subscription of the provider", () => {
    const subscription = "11110000-0000-4000-8000-00000000c0de";
    const stack = config({ "azure-native:subscriptionId": subscription });
    const { azure } = derivedWorld(rehearsedConfiguration(stored(stack)));
    expect(azure).toMatchObject({
      subscriptionId: subscription,
      resourceGroups: ["rg-images", "rg-signing"],
      otherSubscriptions: [],
    });
  });

  test("issues tokens from the issuer that is trusted", () => {
    const issuer = "https://token.actions.githubusercontent.com";
    const of = (more: Record<string, unknown>) => derived({ web: {} }, more).github.issuer;
    expect(of({})).toBeUndefined();
    expect(of({ "countersign:issuer": issuer })).toBeUndefined();
    expect(of({ "countersign:issuer": `${issuer}/contoso` })).toBe(`${issuer}/contoso`);
  });
});
