import { describe, expect, test } from "vitest";
import { github, refusal } from "../support";

const BEFORE = "2025-01-01T00:00:00Z";
const TOKEN = "github:index/getRestApi:getRestApi";
type Changes = NonNullable<Parameters<typeof github>[0]>;
type Repository = NonNullable<Changes["repositories"]>[number];

/** What `GET repos/contoso/web…` answers, parsed. */
function get(rest: string, web: Partial<Repository> = {}, owner: Changes["owner"] = {}) {
  const { invoke } = github({ owner, repositories: [{ name: "Web", id: 7, ...web }] });
  const { code, body } = invoke(TOKEN, { endpoint: `repos/contoso/web${rest}` });
  return { code, body: JSON.parse(body as string) };
}
const NOT_FOUND = { code: 404, body: { message: "Not Found" } };

test("an answer has all that the provider gives of one", () => {
  const endpoint = "repos/Contoso/web/actions/secrets/A";
  const on = (secrets: string[]) => github({ repositories: [{ name: "web", id: 7, secrets }] });
  expect(on(["A"]).invoke(TOKEN, { endpoint })).toEqual({
    id: "0000:0000",
    endpoint,
    code: 200,
    status: "200 OK",
    headers: "{}",
    body: `{"name":"A","created_at":"${BEFORE}","updated_at":"${BEFORE}"}`,
  });
  expect(on([]).invoke(TOKEN, { endpoint })).toEqual({
    id: "0000:0000",
    endpoint,
    code: 404,
    status: "404 Not Found",
    headers: "{}",
    body: '{"message":"Not Found"}',
  });
});

test("a repository answers in its own case", () => {
  const owner = { login: "Contoso", id: 5, type: "User" as const };
  const web = { private: false, archived: true, defaultBranch: "trunk" };
  expect(get("", web, owner)).toMatchObject({
    code: 200,
    body: {
      id: 7,
      name: "Web",
      full_name: "Contoso/Web",
      private: false,
      visibility: "public",
      archived: true,
      default_branch: "trunk",
      html_url: "https://github.com/Contoso/Web",
      owner,
    },
  });
});

test.each(["repos/contoso/nope", "repos/another/web", "repos/another/web/branches/main"])(
  "%s is an answer and no error",
  (endpoint) => {
    expect(github().invoke(TOKEN, { endpoint }).code).toBe(404);
  },
);

describe("the subject of tokens", () => {
  const sub = "/actions/oidc/customization/sub";
  test.each([
    [{}, { use_default: true, sub_claim_prefix: "repo:Contoso@5/Web@7" }],
    [{ immutableSubjects: false }, { use_default: true, sub_claim_prefix: "repo:Contoso/Web" }],
    [
      { subjectTemplate: ["repo", "context"] },
      {
        use_default: false,
        include_claim_keys: ["repo", "context"],
        sub_claim_prefix: "repo:Contoso@5/Web@7",
      },
    ],
  ])("of a repository with %j", (web, expected) => {
    expect(get(sub, web)).toEqual({
      code: 200,
      body: { use_immutable_subject: false, ...expected },
    });
  });
});

test("a secret is found in any case of its name", () => {
  expect(get("/actions/secrets/azure_client_id", { secrets: ["AZURE_CLIENT_ID"] }).code).toBe(200);
  expect(get("/actions/secrets/AZURE", { secrets: ["AZURE_CLIENT_ID"] })).toEqual(NOT_FOUND);
});

describe("a file", () => {
  const text = "a line of forty-two characters, with umläut\n".repeat(3);
  const web = { files: { ".github/a b.yml": text } };

  test("comes in base64, in lines of 60 characters", () => {
    const { code, body } = get("/contents/.github/a%20b.yml?ref=main", web);
    expect([code, body.path, body.encoding]).toEqual([200, ".github/a b.yml", "base64"]);
    expect(body.content.split("\n").map((line: string) => line.length)).toEqual([60, 60, 60, 0]);
    expect(Buffer.from(body.content, "base64").toString("utf8")).toBe(text);
  });

  test.each([
    ["/contents/.github/a%20b.yml", 200],
    ["/contents/.github/a%20b.yml?ref=next", 404],
    ["/contents/.github/A%20b.yml", 404],
    ["/contents/.github", 200],
    ["/contents/.git", 404],
  ])("%s: %s", (rest, code) => {
    expect(get(rest, web).code).toBe(code);
  });

  test("a directory lists its files and directories", () => {
    const files = { ".github/workflows/a.yml": "one", ".github/b.md": "two", "c.md": "" };
    const { body } = get("/contents/.github/", { files });
    expect(body).toMatchObject([
      { type: "dir", name: "workflows", path: ".github/workflows" },
      { type: "file", name: "b.md", path: ".github/b.md", size: 3 },
    ]);
  });

  test("is empty or not there", () => {
    const files = { "empty.md": "" };
    expect(get("/contents/empty.md", { files })).toMatchObject({
      code: 200,
      body: { path: "empty.md", encoding: "base64", content: "" },
    });
    expect(get("/contents/empty.md", { files, empty: true })).toEqual(NOT_FOUND);
  });
});

describe("an environment", () => {
  const environments = [
    { name: "Release 1", policies: [{ name: "main" }, { name: "v*", type: "tag" as const }] },
    { name: "open" },
  ];

  test("says whether it has branch policies", () => {
    const custom = { protected_branches: false, custom_branch_policies: true };
    expect(get("/environments/release%201", { environments })).toMatchObject({
      code: 200,
      body: {
        name: "Release 1",
        can_admins_bypass: true,
        protection_rules: [{ id: 1, type: "branch_policy" }],
        deployment_branch_policy: custom,
      },
    });
    expect(get("/environments/open", { environments })).toMatchObject({
      code: 200,
      body: {
        name: "open",
        can_admins_bypass: true,
        protection_rules: [],
        deployment_branch_policy: null,
      },
    });
    expect(get("/environments/nope", { environments })).toEqual(NOT_FOUND);
  });

  test("lists them", () => {
    const list = "deployment-branch-policies";
    expect(get(`/environments/RELEASE%201/${list}`, { environments })).toMatchObject({
      code: 200,
      body: {
        total_count: 2,
        branch_policies: [
          { id: 1, name: "main", type: "branch" },
          { id: 2, name: "v*", type: "tag" },
        ],
      },
    });
    expect(get(`/environments/open/${list}`, { environments })).toEqual(NOT_FOUND);
    expect(get(`/environments/nope/${list}`, { environments })).toEqual(NOT_FOUND);
  });
});

test.each([
  "repos/contoso/web/actions/permissions/workflow",
  "repos/contoso/nope/pulls/1/files",
  "repos/contoso",
  "/repos/contoso/web",
  "orgs/contoso/repos",
  "users",
  "",
])("%j is not served, and says so", async (endpoint) => {
  expect(await refusal(() => github().invoke(TOKEN, { endpoint }))).toEqual({
    code: "404",
    message: `404: the embedded github does not serve GET ${endpoint}: 404 Not Found []`,
  });
});
