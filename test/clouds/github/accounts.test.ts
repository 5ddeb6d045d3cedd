import { describe, expect, test } from "vitest";
import { github } from "../support";

type Changes = NonNullable<Parameters<typeof github>[0]>;

const ask = (endpoint: string, owner: Changes["owner"] = {}) => github({ owner }).get(endpoint);
const NOT_FOUND = { code: 404, body: { message: "Not Found" } };
const person = { type: "User" as const };

test("an organisation has a plan; a person is none", () => {
  const organisation = { login: "Contoso", id: 5, plan: { name: "pro" } };
  expect(ask("orgs/contoso", { plan: "pro" })).toMatchObject({ code: 200, body: organisation });
  expect(ask("orgs/contoso", person)).toEqual(NOT_FOUND);
  expect(ask("orgs/another")).toEqual(NOT_FOUND);
});

test("accounts are found in any case, and say what they are", () => {
  const users = [{ login: "Alice", id: 1 }];
  const get = (login: string) =>
    github({ github: { owner: { login: "Contoso", id: 5 }, users } }).get(`users/${login}`);
  expect(get("alice").body).toMatchObject({ login: "Alice", id: 1, type: "User" });
  const organization = get("CONTOSO").body;
  expect(organization).toMatchObject({ login: "Contoso", id: 5, type: "Organization" });
  expect(organization).not.toHaveProperty("plan");
  expect(ask("users/contoso", { ...person, plan: "pro" }).body.plan.name).toBe("pro");
  expect(get("bob")).toEqual(NOT_FOUND);
  expect(ask("users/contoso", person).body.type).toBe("User");
});

describe("of an organisation", () => {
  const teams = [{ slug: "release-managers", id: 9 }];
  const owner = { login: "Contoso", secrets: ["A"], variables: ["B"] };
  const on = (type: "Organization" | "User", changes: object = {}) =>
    github({ github: { owner: { ...owner, type, ...changes }, teams } });

  test.each([
    ["teams/release-managers", { slug: "release-managers", id: 9 }],
    ["actions/oidc/customization/sub", { include_claim_keys: ["repo", "context"] }],
    ["actions/secrets/a", { name: "A", visibility: "all" }],
    ["actions/variables/B", { name: "B", value: "set by somebody else", visibility: "all" }],
  ])("%s", (rest, body) => {
    expect(on("Organization").get(`orgs/contoso/${rest}`)).toMatchObject({ code: 200, body });
    expect(on("User").get(`orgs/contoso/${rest}`)).toEqual(NOT_FOUND);
  });

  test.each(["teams/nope", "actions/secrets/B", "actions/variables/A"])("no %s", (rest) => {
    expect(on("Organization").get(`orgs/contoso/${rest}`)).toEqual(NOT_FOUND);
  });

  test("the subject template", () => {
    const { get } = on("Organization", { subjectTemplate: ["repository_id"] });
    const { body } = get("orgs/contoso/actions/oidc/customization/sub");
    expect(body).toEqual({ include_claim_keys: ["repository_id"] });
  });

  test("a variable's value", async () => {
    const cloud = on("Organization");
    const variable = { variableName: "C", visibility: "private", value: "x" };
    await cloud.organizationVariable.create(variable);
    const shown = { name: "C", visibility: "private", value: "x" };
    expect(cloud.get("orgs/contoso/actions/variables/C").body).toMatchObject(shown);
  });
});

describe("a workflow that anybody may call", () => {
  const path = ".github/workflows/sign.yml";
  const callableWorkflows = {
    [`Octo-Org/Shared/${path}@refs/heads/main`]: "on: workflow_call\n",
    [`contoso/web/${path}@v1`]: "tagged\n",
  };
  const cloud = github({
    repositories: [{ name: "web", id: 7, files: { [path]: "own\n" } }],
    github: { callableWorkflows },
  });
  const text = (where: string) => {
    const { code, body } = cloud.get(`repos/${where}`);
    return code === 200 ? Buffer.from(body.content, "base64").toString() : code;
  };

  test.each([
    [`octo-org/shared/contents/${path}?ref=refs/heads/main`, "on: workflow_call\n"],
    [`octo-org/shared/contents/${path}?ref=refs%2Fheads%2Fmain`, "on: workflow_call\n"],
    [`octo-org/shared/contents/${path}?ref=main`, 404],
    [`octo-org/shared/contents/${path}`, 404],
    [`octo-org/shared/contents/${path.toUpperCase()}?ref=refs/heads/main`, 404],
    ["octo-org/shared", 404],
    [`Contoso/Web/contents/${path}?ref=v1`, "tagged\n"],
    [`contoso/web/contents/${path}?ref=refs/heads/main`, "own\n"],
  ])("%s", (where, expected) => {
    expect(text(where)).toBe(expected);
  });
});

test("pages are on the host", () => {
  const cloud = github({ github: { host: "github.contoso.com" } });
  const { body } = cloud.get("repos/contoso/web");
  expect([body.html_url, body.visibility]).toEqual([
    "https://github.contoso.com/Contoso/web",
    "private",
  ]);
});
