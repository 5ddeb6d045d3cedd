import { describe, expect, test } from "vitest";
import { failureOf, github, refusal } from "../support";

type GitHub = ReturnType<typeof github>;
const NOT_FOUND = { code: 404, body: { message: "Not Found" } };
const numbered = (count: number) =>
  Array.from({ length: count }, (_, it) => `N${String(it).padStart(3, "0")}`);

/** A GitHub whose repository, environment and organization have the same secrets and variables. */
function inhabited(secrets: string[], variables: string[]): GitHub {
  const it = github({
    owner: { secrets, variables },
    repositories: [
      { name: "Web", id: 7, secrets, variables, environments: [{ name: "Release 1" }] },
    ],
  });
  const web = it.state.repository("web");
  const release = web.environments.get("release 1");
  for (const kind of ["secrets", "variables"] as const) {
    for (const [name, value] of web[kind]) release?.[kind].set(name, value);
  }
  return it;
}

const STORES = [
  "repos/contoso/web/actions",
  "repos/Contoso/WEB/environments/release%201",
  "orgs/CONTOSO/actions",
];

const AT = "2025-01-01T00:00:00Z";
const TIMES = { created_at: AT, updated_at: AT };

describe.each(STORES)("%s", (store) => {
  const shown = store.startsWith("orgs") ? { visibility: "all" } : {};

  test("lists its secrets by name, without values", () => {
    expect(inhabited(["B", "a"], []).get(`${store}/secrets`)).toEqual({
      code: 200,
      body: {
        total_count: 2,
        secrets: [
          { name: "A", ...TIMES, ...shown },
          { name: "B", ...TIMES, ...shown },
        ],
      },
    });
  });

  test("lists its variables with their values", () => {
    const value = "set by somebody else";
    expect(inhabited([], ["B", "a"]).get(`${store}/variables`)).toEqual({
      code: 200,
      body: {
        total_count: 2,
        variables: [
          { name: "A", value, ...TIMES, ...shown },
          { name: "B", value, ...TIMES, ...shown },
        ],
      },
    });
  });

  test.each(["secrets", "variables"])("has no %s", (kind) => {
    const empty = { code: 200, body: { total_count: 0, [kind]: [] } };
    expect(inhabited([], []).get(`${store}/${kind}`)).toEqual(empty);
  });

  test.each([
    ["secrets", "", 30, "N000"],
    ["secrets", "?per_page=100", 100, "N000"],
    ["secrets", "?per_page=100&page=2", 20, "N100"],
    ["secrets", "?page=5", 0, undefined],
    ["variables", "", 10, "N000"],
    ["variables", "?per_page=30&page=4", 30, "N090"],
    ["variables", "?page=12", 10, "N110"],
  ])("pages: %s%s has %i from %s", (kind, query, length, first) => {
    const { code, body } = inhabited(numbered(120), numbered(120)).get(`${store}/${kind}${query}`);
    expect([code, body.total_count, body[kind].length]).toEqual([200, 120, length]);
    expect(body[kind][0]?.name).toBe(first);
  });

  test.each([
    ["secrets?per_page=101", "per_page=101, at most 100"],
    ["variables?per_page=31", "per_page=31, at most 30"],
    ["variables?per_page=0", "per_page=0, at most 30"],
    ["secrets?page=x", `page=x, at most ${Number.MAX_SAFE_INTEGER}`],
    ["secrets?sort=name", "the parameter sort here"],
  ])("%s is not documented", async (rest, what) => {
    const { message } = await failureOf(() => inhabited([], []).get(`${store}/${rest}`));
    expect(message).toBe(`the embedded github does not serve ${what}`);
  });
});

test.each([
  "repos/contoso/nope/actions/secrets",
  "repos/another/web/actions/variables",
  "repos/contoso/web/environments/nope/secrets",
  "repos/contoso/nope/environments/release/variables",
  "orgs/another/actions/secrets",
])("%s is not found", (endpoint) => {
  expect(inhabited(["A"], ["A"]).get(endpoint)).toEqual(NOT_FOUND);
});

test("a person has no organization", () => {
  const person = github({ owner: { type: "User" } });
  expect(person.get("orgs/Contoso/actions/secrets")).toEqual(NOT_FOUND);
});

test("a value for selected repositories says where they are", async () => {
  const it = github();
  await it.organizationSecret.create({ secretName: "a", visibility: "selected", value: "x" });
  await it.organizationVariable.create({ variableName: "b", visibility: "private", value: "y" });
  const [secrets, variables] = [
    it.get("orgs/contoso/actions/secrets").body.secrets,
    it.get("orgs/contoso/actions/variables").body.variables,
  ];
  const url = "https://api.github.com/orgs/Contoso/actions/secrets/A/repositories";
  expect(secrets).toMatchObject([
    { name: "A", visibility: "selected", selected_repositories_url: url },
  ]);
  expect(variables).toMatchObject([{ name: "B", value: "y", visibility: "private" }]);
  expect(variables[0]).not.toHaveProperty("selected_repositories_url");
});

describe("matching refs", () => {
  const refs = "repos/contoso/web/git/matching-refs";
  const branched = async (host = "github.com") => {
    const it = github({ github: { host }, repositories: [{ name: "Web", id: 7 }] });
    for (const branch of ["countersign/web-2", "countersign-1", "Countersign", "other"]) {
      await it.branch.create({ repository: "web", branch });
    }
    return it;
  };

  test("are the branches that start with a prefix", async () => {
    const it = await branched();
    const { code, body } = it.get(`${refs}/heads/countersign`);
    const sha = expect.stringMatching(/^[0-9a-f]{40}$/);
    const api = "https://api.github.com/repos/Contoso/Web/git";
    expect([code, body]).toEqual([
      200,
      ["refs/heads/countersign-1", "refs/heads/countersign/web-2"].map((ref) => ({
        ref,
        node_id: expect.stringMatching(/.+/),
        url: `${api}/${ref}`,
        object: {
          type: "commit",
          sha,
          url: expect.stringMatching(/git\/commits\/[0-9a-f]{40}$/),
        },
      })),
    ]);
    expect(it.get(`${refs}/heads/countersign%2Fweb`).body).toHaveLength(1);
    expect(it.get(`${refs}/heads/nothing`)).toEqual({ code: 200, body: [] });
    expect(it.get("repos/contoso/nope/git/matching-refs/heads/a")).toEqual(NOT_FOUND);
  });

  test.each([
    ["ghe.contoso.com", "https://ghe.contoso.com/api/v3"],
    ["contoso.ghe.com", "https://api.contoso.ghe.com"],
  ])("of %s have its addresses", async (host, api) => {
    const [found] = (await branched(host)).get(`${refs}/heads/other`).body;
    expect(found.url).toBe(`${api}/repos/Contoso/Web/git/refs/heads/other`);
  });

  test("an empty repository has none to ask for", async () => {
    const empty = github({ repositories: [{ name: "web", id: 7, empty: true }] });
    expect(await refusal(() => empty.get(`${refs}/heads/a`))).toEqual({
      code: "409",
      message:
        "409: GET repos/Contoso/web/git/matching-refs/heads/a: 409 Git Repository is empty. []",
    });
  });

  test.each(["heads", "heads/", "tags/v1", "heads/a?per_page=1"])(
    "%s is not served",
    async (it) => {
      const { message } = await failureOf(() => github().get(`${refs}/${it}`));
      expect(message).toContain("the embedded github does not serve");
    },
  );
});

test("the deployment policies of an environment come in pages", () => {
  const policies = numbered(35).map((name) => ({ name }));
  const repositories = [{ name: "web", id: 7, environments: [{ name: "release", policies }] }];
  const list = "repos/contoso/web/environments/release/deployment-branch-policies";
  const page = (query: string) => github({ repositories }).get(list + query).body;
  expect([page("").total_count, page("").branch_policies.length]).toEqual([35, 30]);
  expect(page("?page=2").branch_policies).toHaveLength(5);
  expect(page("?per_page=100").branch_policies).toHaveLength(35);
});
