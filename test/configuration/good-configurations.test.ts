import { describe, expect, test } from "vitest";
import { GITHUB_COM } from "../../trust/hosts";
import { checked, web } from "./checked";
import { GUID, goodPipelines, ID } from "./good-pipelines";
import type { Config } from "./stack";

test("what is left out takes its default", () => {
  const { pipelines, registry, identity, host, owner } = checked();
  expect(pipelines.web).toEqual({
    repository: "web",
    images: [{ name: "web", context: ".", dockerfile: "Dockerfile", platforms: [] }],
    tags: [],
    identity: { kind: "created" },
    subjects: "auto",
    ids: "secrets",
    level: "repository",
    commit: "auto",
    build: true,
    push: true,
    submodules: false,
    lfs: false,
    imageTags: ["type=sha,format=long,prefix=", String.raw`type=match,pattern=\w.*`],
    sign: { metadata: true, platforms: false, referrers: false, verify: true },
    signWith: "cli",
    workflow: ".github/workflows/sign-image.yml",
    runner: "ubuntu-24.04",
    timeout: 60,
    adopt: false,
  });
  expect(registry.permissions).toBe("auto");
  expect(identity).toEqual({ resourceGroup: "rg-images", location: "westeurope" });
  expect([host, owner]).toEqual([GITHUB_COM, "contoso"]);
});

describe("what follows from other keys", () => {
  const SUB = "11110000-0000-4000-8000-00000000c0de";
  const registry = { resourceGroup: "rg-images", name: "contosoimages", subscription: SUB };

  test.each([
    ["the registry's subscription", {}, { resourceGroup: "rg-images", subscription: SUB }],
    [
      "the provider's, with a group of its own",
      { resourceGroup: "rg-x" },
      { resourceGroup: "rg-x" },
    ],
    ["its own", { subscription: `2${SUB.slice(1)}` }, { subscription: `2${SUB.slice(1)}` }],
  ])("identities are created in %s", (_, identity, expected) => {
    const given = { "countersign:registry": registry, "countersign:identity": identity };
    expect(checked(given).identity).toMatchObject(expected);
  });

  test.each(["West Europe", "westeurope", "WestEurope"])("region %s is westeurope", (location) => {
    expect(checked({ "azure-native:location": location }).identity.location).toBe("westeurope");
    const own = { "countersign:identity": { location } };
    expect(checked(own).identity.location).toBe("westeurope");
  });

  test("tokens come from the host's issuer, or from the enterprise's", () => {
    const issuer = "https://token.actions.githubusercontent.com/contoso-group";
    expect(checked().issuer).toBe("https://token.actions.githubusercontent.com");
    expect(checked({ "countersign:issuer": "" }).issuer).toBe(checked().issuer);
    expect(checked({ "countersign:issuer": issuer }).issuer).toBe(issuer);
  });
});

test("a pipeline with nothing after it has nothing but defaults", () => {
  expect(checked({ "countersign:pipelines": { web: null } })).toEqual(checked());
});

test("a default image has the name of the repository in lowercase", () => {
  expect(web({ repository: "Web-Site" })).toMatchObject({
    repository: "Web-Site",
    images: [{ name: "web-site", context: ".", dockerfile: "Dockerfile", platforms: [] }],
  });
});

test("an application with nothing after it has nothing but defaults", () => {
  expect(web({ identity: { application: null } })).toEqual(web({ identity: { application: {} } }));
});

test.each(goodPipelines)("%s", (_, pipelines) => {
  expect(Object.keys(checked({ "countersign:pipelines": pipelines }).pipelines)).toEqual(
    Object.keys(pipelines),
  );
});

describe("an environment", () => {
  const nobody = { users: [], teams: [] };
  const alice = { users: ["alice"], teams: [] };

  test.each<readonly [string, unknown, Config]>([
    ["by name", "production", { reviewers: nobody, preventSelfReview: false }],
    ["of a name alone", {}, { reviewers: nobody, preventSelfReview: false }],
    [
      "with a user, which closes both ways round",
      { reviewers: { users: ["alice"] } },
      { reviewers: alice, preventSelfReview: true, adminsCanBypass: false },
    ],
    [
      "with a team",
      { reviewers: { teams: ["release"] } },
      {
        reviewers: { users: [], teams: ["release"] },
        preventSelfReview: true,
        adminsCanBypass: false,
      },
    ],
    [
      "with a wait, which nobody reviews",
      { waitMinutes: 43_200 },
      { waitMinutes: 43_200, reviewers: nobody, preventSelfReview: false, adminsCanBypass: false },
    ],
    [
      "that leaves both ways round open, as it says",
      { reviewers: { users: ["alice"] }, preventSelfReview: false, adminsCanBypass: true },
      { reviewers: alice, preventSelfReview: false, adminsCanBypass: true },
    ],
    [
      "that administrators cannot bypass, without reviewers",
      { adminsCanBypass: false },
      { reviewers: nobody, preventSelfReview: false, adminsCanBypass: false },
    ],
    [
      "that exists",
      { create: false },
      { create: false, reviewers: nobody, preventSelfReview: false },
    ],
  ])("%s", (_, given, expected) => {
    const environment =
      typeof given === "string" ? given : { name: "production", ...(given as Config) };
    expect(web({ environment }).environment).toEqual({ name: "production", ...expected });
  });
});

describe("an identity", () => {
  test.each<readonly [string, Config, Config]>([
    ["of no key", {}, { kind: "created" }],
    [
      "that exists, by its id",
      { existing: ID },
      { kind: "existing", name: "signer", resourceGroup: "rg-ids", subscription: GUID },
    ],
    [
      "that exists, by its name and group",
      { existing: { name: "signer", resourceGroup: "rg-ids" } },
      { kind: "existing", name: "signer", resourceGroup: "rg-ids" },
    ],
    ["that is an application", { application: {} }, { kind: "application", owners: [] }],
    [
      "that is an application with all its keys",
      { application: { displayName: "Image signer", owners: [GUID] } },
      { kind: "application", displayName: "Image signer", owners: [GUID] },
    ],
    [
      "that is an existing application, in any case",
      { existingApplication: GUID.toUpperCase() },
      { kind: "existingApplication", clientId: GUID },
    ],
    ["that is shared", { share: "team" }, { kind: "shared", name: "team" }],
  ])("%s", (_, identity, expected) => {
    expect(web({ identity }).identity).toEqual(expected);
  });
});
