import type { Config } from "./stack";

export const GUID = "0e8e2d5c-0000-4000-8000-00000000abcd";

/** An identity called `signer`, in group `rg-ids`. */
export const ID = `/subscriptions/${GUID}/resourceGroups/rg-ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/signer`;

const application = { identity: { application: {} } };
const team = { identity: { share: "team" } };
const names = (count: number) => Array.from({ length: count }, (_, index) => `b${index}`);
const workflow = "contoso/workflows/.github/workflows/sign.yml";

const REVIEWERS = { users: ["arthur_contoso", "CONTOSO_admin", "octo-cat"] };

/** Pipelines that are taken, by program and JSON Schema alike; many at the edge of what is. */
export const goodPipelines: ReadonlyArray<readonly [string, Config]> = [
  ["an environment by name", { web: { environment: "production", tags: ["v*"] } }],
  [
    "an environment with everything",
    {
      web: {
        environment: {
          name: "production eu",
          reviewers: { users: ["alice", "bob"], teams: ["release", "sec_ops"] },
          preventSelfReview: true,
          waitMinutes: 1,
          adminsCanBypass: false,
          create: true,
        },
      },
    },
  ],
  [
    "six reviewers",
    {
      web: {
        environment: {
          name: "production",
          reviewers: { users: ["a", "b", "c"], teams: ["d", "e", "f"] },
        },
      },
    },
  ],
  ["an existing identity by its id", { web: { identity: { existing: ID } } }],
  [
    "an existing identity by its id in lower case, as some commands print it",
    { web: { identity: { existing: ID.toLowerCase() } } },
  ],
  [
    "an existing identity by its name and group",
    { web: { identity: { existing: { name: "signer", resourceGroup: "rg-ids" } } } },
  ],
  [
    "keys that begin with another key, but not with the name of a resource",
    { web: {}, "web-app": {}, "web-environments": {}, "web-id": {}, web2: {}, "my-web-files": {} },
  ],
  ["a key that no name of a resource can equal", { "web-files": {}, web: {} }],
  [
    "an existing application by its id in upper case",
    { web: { identity: { existingApplication: GUID.toUpperCase() } } },
  ],
  [
    "an application as large as can be",
    { web: { ...application, branches: names(10), tags: names(10) } },
  ],
  [
    "an application as large as can be while its repository migrates",
    { web: { ...application, branches: names(5), tags: names(5), subjects: "both" } },
  ],
  ["an application whose tags are patterns", { web: { ...application, tags: ["v*"] } }],
  ["pipelines that share", { web: team, api: team, job: {} }],
  [
    "a share as large as can be",
    { web: { ...team, branches: names(10) }, api: { ...team, branches: names(10) } },
  ],
  [
    "a share of many branches, let in by an environment",
    {
      web: { ...team, branches: names(30), environment: "production" },
      api: { ...team, branches: names(18), subjects: "auto" },
    },
  ],
  [
    "a reusable workflow by a branch",
    { web: { trust: { workflow: `${workflow}@refs/heads/release/1` }, ids: "variables" } },
  ],
  [
    "a reusable workflow by a tag, with its template",
    {
      web: {
        trust: { workflow: `${workflow}@refs/tags/v1.2.0`, manageSubjectTemplate: true },
        ids: "variables",
        level: "organization",
      },
    },
  ],
  [
    "a reusable workflow by a commit, in an environment",
    {
      web: {
        trust: { workflow: `${workflow}@${"0123456789".repeat(4)}` },
        ids: "variables",
        environment: "production",
      },
    },
  ],
  [
    "ids of an organization beside those of a repository",
    { "a-b": { level: "organization" }, a_b: { level: "repository" } },
  ],
  ["ids of an environment", { web: { level: "environment", environment: { name: "production" } } }],
  ["a pull request", { web: { commit: "pull-request" }, api: { commit: "direct" } }],
  [
    "branches with every character that Git takes",
    {
      web: { branches: ["main", "feat/add-機能追加", "AB#123", "TICKET@x", "release(2026)"] },
      api: { branches: ["user's", "a,b", "50%", "w!x", "v=1", "!x", "c++17", "a]", "-x".slice(1)] },
    },
  ],
  ["environments with every character that GitHub takes", environments()],
  ["logins of managed users", { web: { environment: { name: "a", reviewers: REVIEWERS } } }],
  ["a label of a runner", { web: { runner: "build-01", timeout: 7200 } }],
  ["labels of a runner", { web: { runner: ["self-hosted", "linux", "x64"], timeout: 1 } }],
  [
    "two pipelines of one repository",
    {
      web: { level: "environment", environment: "first" },
      api: {
        repository: "web",
        workflow: ".github/workflows/second.yml",
        level: "environment",
        environment: "second",
        images: [{ name: "web/api" }],
      },
    },
  ],
];

function environments(): Config {
  const all = ["customer/production", "🚀 production", "Production (West Europe)", "a:b", "名前"];
  return Object.fromEntries(all.map((environment, index) => [`p${index}`, { environment }]));
}
