import { describe, expect, test } from "vitest";
import { github } from "../support";
import type { Repository } from "./web";

const NOT_FOUND = { code: 404, body: { message: "Not Found" } };

const get = (rest: string, web: Partial<Repository>) =>
  github({ repositories: [{ name: "Web", id: 7, ...web }] }).get(`repos/contoso/web${rest}`);

describe("a branch", () => {
  test.each([
    ["main", {}, [false, false]],
    ["main", { protectedBranches: ["main"] }, [true, true]],
    ["a/b", { defaultBranch: "a/b" }, [false, false]],
    ["main", { rulesets: [{ name: "x", rules: ["deletion"] }] }, [true, false]],
    [
      "main",
      { rulesets: [{ name: "x", rules: ["deletion"], branches: ["next"] }] },
      [false, false],
    ],
    [
      "main",
      { rulesets: [{ name: "x", rules: ["deletion"], enforcement: "disabled" }] },
      [false, false],
    ],
  ] as const)("%s of a repository with %j", (branch, web, [isProtected, classic]) => {
    const { code, body } = get(`/branches/${branch}`, web as Partial<Repository>);
    expect([code, body.name, body.protected]).toEqual([200, branch, isProtected]);
    expect(body.protection.enabled).toBe(classic);
    const url = `https://api.github.com/repos/Contoso/Web/branches/${encodeURIComponent(branch)}`;
    expect([body._links.self, body.protection_url]).toEqual([url, `${url}/protection`]);
  });

  test.each([
    ["Main", {}],
    ["main", { empty: true }],
  ])("%s is not found in a repository with %j", (branch, web) => {
    expect(get(`/branches/${branch}`, web)).toEqual(NOT_FOUND);
  });
});
