import { beforeAll, describe, expect, test } from "vitest";
import { routesOf } from "../../../rehearsal/clouds/github/rest/api";
import { answerFault, enumeration } from "../openapi";
import { github } from "../support";

type Changes = NonNullable<Parameters<typeof github>[0]>;

const ruleset = { name: "all", rules: ["deletion"] };

/** Each world has something else that changes the form of answers. */
const WORLDS: Readonly<Record<string, Changes>> = {
  "an organization": {
    owner: {
      plan: "enterprise",
      secrets: ["A"],
      variables: ["B"],
      subjectTemplate: ["repo", "ref"],
    },
    repositories: [
      {
        name: "Web",
        id: 7,
        files: { "README.md": "one\n", "src/Dockerfile": "FROM scratch\n" },
        secrets: ["A"],
        variables: ["B"],
        protectedBranches: ["main"],
        allowedActions: "selected",
        selectedActions: { patterns: ["azure/login@*"] },
        requireShaPins: true,
        rulesets: [
          { ...ruleset, source: "Organization" },
          { ...ruleset, target: "push", rules: ["file_path_restriction"], bypass: "exempt" },
          { ...ruleset, enforcement: "disabled", except: ["next"] },
        ],
        environments: [
          { name: "Release 1/ü", policies: [{ name: "main" }, { name: "v*", type: "tag" }] },
          { name: "open", reviewers: ["alice", "core"], preventSelfReview: true },
        ],
      },
    ],
    github: {
      users: [
        { login: "Alice", id: 1001 },
        { login: "alice", id: 1002 },
      ],
      teams: [{ slug: "core", id: 2001 }],
    },
  },
  "a person": {
    owner: { type: "User", plan: "free" },
    repositories: [{ name: "web", id: 7, private: false, subjectTemplate: ["repo", "context"] }],
  },
  "a server": {
    github: { host: "github.contoso.com" },
    repositories: [
      { name: "web", id: 7, archived: true, actionsEnabled: false, subjectTemplate: [] },
    ],
  },
};

const BRANCH = "side/ü+1";

/** A cloud with values of all levels, a branch, and pull requests. */
async function inhabited(changes: Changes) {
  const it = github(changes);
  const { owner } = it.state;
  const web = it.state.repository("web");
  for (const branch of [BRANCH, "done"]) {
    await it.branch.create({ repository: "web", branch });
    await it.file.create({ repository: "web", branch, file: `${branch}.md`, content: "two\n" });
    const ends = { baseRepository: "web", baseRef: "main", headRef: branch };
    await it.pull.create({ ...ends, title: "Add it" });
  }
  it.state.merge("web", 2, { deleteBranch: true, method: "squash" });
  const open = web.environments.get("open");
  for (const kind of ["secrets", "variables"] as const) {
    for (const [name, value] of web[kind]) open?.[kind].set(name, value);
  }
  if (owner.type === "Organization") {
    const chosen = { visibility: "selected", value: "x", selectedRepositoryIds: [7] };
    await it.organizationSecret.create({ secretName: "CHOSEN", ...chosen });
    await it.organizationVariable.create({ variableName: "CHOSEN", ...chosen });
  }
  return it;
}

const side = encodeURIComponent(BRANCH);
const release = `environments/${encodeURIComponent("release 1/ü")}`;

/** Below `repos/OWNER/web`. */
const OF_REPOSITORY = [
  "",
  ...["main", side, "nope"].flatMap((it) => [`/branches/${it}`, `/branches/${it}/protection`]),
  ...["main", side, "nope"].map((it) => `/rules/branches/${it}?per_page=100`),
  "/rulesets?includes_parents=true&targets=push",
  "/rulesets?per_page=2&page=2",
  ...["1", "2", "3", "9"].map((it) => `/rulesets/${it}`),
  "/actions/permissions",
  "/actions/oidc/customization/sub",
  ...["README.md?ref=main", "src", "nope"].map((it) => `/contents/${it}`),
  ...[release, "environments/open", "environments/nope"].flatMap((it) => [
    `/${it}`,
    `/${it}/deployment-branch-policies`,
    `/${it}/secrets`,
    `/${it}/variables`,
    `/${it}/secrets/A`,
    `/${it}/variables/b`,
  ]),
  ...["secrets", "variables", "secrets/a", "variables/B"].map((it) => `/actions/${it}`),
  "/git/matching-refs/heads/side",
  "/pulls?state=all",
  ...[1, 2, 9].map((it) => `/pulls/${it}`),
];

const OTHERS = [
  "orgs/contoso",
  "orgs/contoso/teams/core",
  "orgs/contoso/teams/nope",
  "orgs/contoso/actions/oidc/customization/sub",
  ...["secrets", "variables"].flatMap((it) => [
    `orgs/contoso/actions/${it}`,
    `orgs/contoso/actions/${it}/chosen`,
    `orgs/contoso/actions/${it}/nope`,
  ]),
  "users/contoso",
  "users/alice",
  "users/nope",
];

const ENDPOINTS = [...OF_REPOSITORY.map((it) => `repos/contoso/web${it}`), ...OTHERS];

describe.each(Object.entries(WORLDS))(
  "GitHub's description fits the answers of %s",
  (_, changes) => {
    let cloud: Awaited<ReturnType<typeof inhabited>>;
    beforeAll(async () => {
      cloud = await inhabited(changes);
    });

    test.each(ENDPOINTS)("GET %s", (endpoint) => {
      const { code, body } = cloud.get(endpoint);
      expect(answerFault(endpoint, Number(code), body)).toBeUndefined();
    });
  },
);

test("each route has such an answer", async () => {
  const cloud = await inhabited(WORLDS["an organization"] as Changes);
  const endpoints = [...ENDPOINTS, "repos/contoso/web/actions/permissions/selected-actions"];
  const found = endpoints.filter((it) => cloud.get(it).code === 200);
  const unasked = routesOf(cloud.state).filter(
    ({ pattern }) => !found.some((it) => pattern.test(it.split("?")[0] ?? "")),
  );
  expect(unasked.map(({ pattern }) => pattern.source)).toEqual([]);
  const last = endpoints.at(-1) as string;
  expect(answerFault(last, 200, cloud.get(last).body)).toBeUndefined();
});

test.each(enumeration("repository-rule", "type"))("a rule %s", (type) => {
  const { get } = github({
    owner: { plan: "enterprise" },
    repositories: [{ name: "web", id: 7, rulesets: [{ name: "all", rules: [type] }] }],
  });
  for (const endpoint of ["rules/branches/main", "rulesets/1"]) {
    const { code, body } = get(`repos/contoso/web/${endpoint}`);
    expect(JSON.stringify(body)).toContain(`"type":"${type}"`);
    expect(answerFault(`repos/contoso/web/${endpoint}`, Number(code), body)).toBeUndefined();
  }
});

test("what is wrong is found", () => {
  expect(answerFault("repos/contoso/web", 200, { id: 7 })).toContain("must have required property");
  expect(answerFault("repos/contoso/web", 418, {})).toBeUndefined();
  expect(() => answerFault("repos/contoso/web/nothing", 200, {})).toThrow("does not describe");
});
