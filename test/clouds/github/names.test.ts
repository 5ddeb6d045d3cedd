import { describe, expect, test } from "vitest";
import { github, refusal } from "../support";

describe("the name of an environment", () => {
  const make = (environment: string) =>
    github().environment.create({ repository: "web", environment });

  test.each(["a/b", "büro 🚀", "prod (eu), west + 1", "x".repeat(255)])(
    "can be %s",
    async (name) => {
      const cloud = github();
      const inputs = { repository: "web", environment: name };
      const { id, outputs } = await cloud.environment.create(inputs);
      expect(id).toBe(`web:${name}`);
      const at = `repos/contoso/web/environments/${encodeURIComponent(name.toUpperCase())}`;
      expect(cloud.get(at).body.name).toBe(name);
      const secret = { ...inputs, secretName: "A", value: "x" };
      const type = "github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret";
      expect((await cloud.resource(type).create(secret)).id).toBe(`web:${name}:A`);
      expect(cloud.get(`${at}/secrets`).body.total_count).toBe(1);
      await cloud.environment.delete(id, outputs);
      expect(cloud.get(at).code).toBe(404);
    },
  );

  test.each([
    ["", "the name is empty"],
    [" ", "the name is empty"],
    ["x".repeat(256), "the name has more than 255 characters"],
  ])("cannot be %j", async (name, why) => {
    const { message } = await refusal(() => make(name));
    expect(message).toBe(`422: PUT environments/${name}: 422 ${why} []`);
  });

  test("has its colon escaped in ids", async () => {
    expect((await make("a:b")).id).toBe("web:a??b");
  });

  test("with a slash that is not escaped leads nowhere", async () => {
    const { get } = github({
      repositories: [{ name: "web", id: 7, environments: [{ name: "a/b" }] }],
    });
    expect((await refusal(() => get("repos/contoso/web/environments/a/b"))).code).toBe("404");
  });
});

test("the login of a managed user has an underscore", () => {
  const { get, state } = github({
    owner: { login: "ada_contoso", type: "User" },
    github: { owner: { login: "ada_contoso", id: 5, type: "User" } },
  });
  expect(get("users/ADA_CONTOSO").body).toMatchObject({ login: "ada_contoso", id: 5 });
  expect(get("repos/ada_contoso/web").body.full_name).toBe("ada_contoso/web");
  expect(state.subjectPrefix(state.repository("web"))).toBe("repo:ada_contoso@5/web@7");
});

test.each(["größe/日本", "c++17", "a,b(c)", "#1@2"])("a branch can be %s", async (branch) => {
  const cloud = github();
  await cloud.branch.create({ repository: "web", branch });
  const escaped = encodeURIComponent(branch);
  expect(cloud.get(`repos/contoso/web/branches/${escaped}`).body.name).toBe(branch);
  const [found] = cloud.get(`repos/contoso/web/git/matching-refs/heads/${escaped}`).body;
  expect(found.ref).toBe(`refs/heads/${branch}`);
});

describe("the issuer of tokens", () => {
  test.each([
    [{}, "https://token.actions.githubusercontent.com"],
    [{ host: "contoso.ghe.com" }, "https://token.actions.contoso.ghe.com"],
    [{ host: "github.contoso.com" }, "https://github.contoso.com/_services/token"],
    [
      { issuer: "https://token.actions.githubusercontent.com/contoso" },
      "https://token.actions.githubusercontent.com/contoso",
    ],
  ])("of %j", (changes, issuer) => {
    expect(github({ github: changes }).state.issuer).toBe(issuer);
  });
});
