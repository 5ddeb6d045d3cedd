import { describe, expect, test } from "vitest";
import { letsIn } from "../../rehearsal/proof/policies";
import { startsOn } from "../../rehearsal/proof/triggers";

describe("a filter of on.push", () => {
  test.each([
    // Literal names, also with characters that regular expressions read differently.
    ["main", ["main"], ["Main", "main2", "a/main"]],
    ["release(2026),@#%=", ["release(2026),@#%="], ["release2026"]],
    ["feat/機能追加", ["feat/機能追加"], ["feat/機能"]],
    ["a.b-c", ["a.b-c"], ["aXb-c"]],
    // GitHub's cheat sheet.
    ["feature/*", ["feature/my-branch"], ["feature/a/b"]],
    ["feature/**", ["feature/beta-a/my-branch", "feature/x"], ["features/x"]],
    ["'*'", ["'x'"], []],
    ["*", ["main", "releases"], ["all/the/branches"]],
    ["**", ["all/the/branches", "every/tag"], []],
    ["*feature", ["mona-feature", "ver-10-feature"], ["a/feature"]],
    ["v2*", ["v2", "v2.0", "v2.9"], ["v3"]],
    ["v[12].[0-9]+.[0-9]+", ["v1.10.1", "v2.0.0"], ["v3.0.0", "v1..1"]],
    // Quantifiers, and the same characters escaped.
    ["c++17", ["c17", "cc17"], ["c++17", "17"]],
    ["c\\+\\+17", ["c++17"], ["c+17", "cc17", "c17"]],
    ["colou?r", ["color", "colour"], ["colou?r"]],
    ["a+", ["a", "aaa"], ["a+", ""]],
    ["[ab]+", ["abba"], ["abc"]],
    ["*.[ch]?", ["x.c", "x."], ["x.cc"]],
    ["\\!x", ["!x"], ["x", "\\!x"]],
    ["a\\[1\\]", ["a[1]"], ["a1"]],
    ["+x", ["+x"], ["x"]],
    ["[^a]", ["^", "a"], ["b"]],
  ] as const)("%s", (pattern, inside, outside) => {
    const starts = (name: string) => startsOn({ branches: [pattern] }, `refs/heads/${name}`);
    expect(inside.filter((name) => !starts(name))).toEqual([]);
    expect(outside.filter(starts)).toEqual([]);
  });

  test.each([
    ["the last pattern decides", ["releases/**", "!releases/**-alpha"], ["releases/10"]],
    [
      "an inclusion after it",
      ["releases/**", "!releases/**-alpha", "releases/x-alpha"],
      ["releases/10", "releases/x-alpha"],
    ],
    [
      "an exclusion before it has no effect",
      ["!releases/10", "releases/**"],
      ["releases/10", "releases/x-alpha"],
    ],
    ["only exclusions", ["!main"], []],
    ["an empty list", [], []],
  ])("in order: %s", (_, branches, expected) => {
    const names = ["main", "releases/10", "releases/x-alpha"];
    expect(names.filter((it) => startsOn({ branches }, `refs/heads/${it}`))).toEqual(expected);
  });

  test.each([
    ["no filter", null, ["refs/heads/main", "refs/tags/v1"]],
    ["only branches", { branches: ["*"] }, ["refs/heads/main"]],
    ["only tags", { tags: ["*"] }, ["refs/tags/v1"]],
    ["both", { branches: ["x"], tags: ["*"] }, ["refs/tags/v1"]],
    ["a single text", { branches: "main" }, ["refs/heads/main"]],
    ["ignored branches", { "branches-ignore": ["main"] }, []],
    ["other ignored branches", { "branches-ignore": ["x"] }, ["refs/heads/main"]],
    [
      "ignored tags and branches",
      { branches: ["main"], "tags-ignore": ["x"] },
      ["refs/heads/main", "refs/tags/v1"],
    ],
  ])("of one kind of ref: %s", (_, push, expected) => {
    const refs = ["refs/heads/main", "refs/tags/v1", "refs/pull/1/merge"];
    expect(refs.filter((ref) => startsOn(push, ref))).toEqual(expected);
  });
});

test.each([
  ["main", ["main"], ["Main", "a/main"]],
  ["release/*", ["release/1.0", "release/"], ["release/1/0", "x"]],
  ["release/*/*", ["release/1/0"], ["release/1"]],
  ["**/main", ["main", "a/main", "a/b/main"], ["amain"]],
  ["c++17", ["c++17"], ["c17", "cc17"]],
  ["v[0-9]+.*", ["v1+.2"], ["v1.2", "v10.2"]],
  ["v[!0-9]", ["vx"], ["v1", "v/"]],
  ["v[^0-9]", ["vx"], ["v1"]],
  ["v?", ["v1"], ["v", "v/", "v10"]],
  ["\\*", ["*"], ["x"]],
  ["a(b){c}", ["a(b){c}"], ["abc"]],
  ["!x", ["!x"], ["x", "y"]],
] as const)("a deployment policy %s", (policy, inside, outside) => {
  expect(inside.filter((name) => !letsIn(policy, name))).toEqual([]);
  expect(outside.filter((name) => letsIn(policy, name))).toEqual([]);
});
