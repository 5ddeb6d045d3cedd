import { describe, expect, test } from "vitest";
import { checkConfiguration, type StackConfiguration } from "../../config";
import { knownKeys } from "../../configuration/known-keys";
import { GITHUB_COM } from "../../trust/hosts";
import { type Config, config } from "../support/engine";
import { GUID, goodPipelines, ID } from "./good-pipelines";

function checked(changes: Config = {}, environment: Record<string, string> = {}) {
  const stored = Object.entries(config(changes)).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return checkConfiguration(Object.fromEntries(stored), environment);
}

type Pipeline = StackConfiguration["pipelines"][string];

function web(pipeline: Config): Pipeline {
  return checked({ "countersign:pipelines": { web: pipeline } }).pipelines.web as Pipeline;
}

test("what is left out takes its default", () => {
  const { pipelines, registry, identity, host, owner } = checked();
  expect(pipelines.web).toEqual({
    tags: [],
    identity: { kind: "created" },
    subjects: "auto",
    ids: "secrets",
    level: "repository",
    commit: "auto",
    signWith: "action",
    workflow: ".github/workflows/sign-image.yml",
    adopt: false,
  });
  expect(registry.permissions).toBe("auto");
  expect(identity).toEqual({ resourceGroup: "rg-images", location: "westeurope" });
  expect([host, owner]).toEqual([GITHUB_COM, "contoso"]);
});

test("a pipeline with nothing after it has nothing but defaults", () => {
  expect(checked({ "countersign:pipelines": { web: null } })).toEqual(checked());
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

describe("the host", () => {
  const server = { kind: "server", name: "github.contoso.example" };
  const tenant = { kind: "tenant", name: "contoso.ghe.com" };

  test("is of `github:baseUrl`, else of GITHUB_BASE_URL", () => {
    const own = { "github:baseUrl": "https://github.contoso.example/api/v3" };
    const theirs = { GITHUB_BASE_URL: "https://api.contoso.ghe.com" };
    expect(checked(own).host).toMatchObject(server);
    expect(checked({}, theirs).host).toMatchObject(tenant);
    expect(checked(own, theirs).host).toMatchObject(server);
  });

  test("may be a server whose tags are exact, or let in by an environment", () => {
    const application = { identity: { application: {} } };
    const pipelines = {
      web: { ...application, tags: ["v1"], subjects: "names" },
      api: { ...application, tags: ["v*"], environment: "production" },
    };
    const changes = {
      "github:baseUrl": "https://github.contoso.example/",
      "countersign:pipelines": pipelines,
    };
    expect(checked(changes).host).toMatchObject(server);
  });

  test("may be Azure's public cloud by name", () => {
    const named = { "azure-native:environment": "public" };
    expect(checked(named, { ARM_ENVIRONMENT: "public" })).toEqual(checked());
  });
});

describe("the keys known", () => {
  const E = ["name", "reviewers", "preventSelfReview", "waitMinutes", "adminsCanBypass", "create"];

  test.each<readonly [string, readonly string[]]>([
    ["", ["registry", "signing", "identity", "pipelines", "downloads"]],
    ["pipelines.web.environment", E],
    ["pipelines.web.environment.reviewers", ["users", "teams"]],
    ["pipelines.web.environment.reviewers.users", []],
    ["pipelines.web.environment.name", []],
    ["pipelines.web.identity", ["existing", "application", "existingApplication", "share"]],
    ["pipelines.web.identity.existing", ["name", "resourceGroup"]],
    ["pipelines.web.identity.application", ["displayName", "owners"]],
    ["pipelines.web.identity.share", []],
    ["pipelines.web.trust", ["workflow", "manageSubjectTemplate"]],
    ["pipelines.web.images.0", ["name", "context", "dockerfile", "platforms"]],
    ["downloads.notation", ["url", "sha256"]],
  ])("at `%s`", (path, expected) => {
    expect(knownKeys(path.split(".").filter(Boolean))).toEqual(expected);
  });
});
