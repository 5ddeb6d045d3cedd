import { expect, test } from "vitest";
import { fnmatch } from "../../../rehearsal/clouds/github/rules/fnmatch";

test.each([
  ["main", "main", true],
  ["Main", "main", false],
  ["release/1", "release/*", true],
  ["release/1/2", "release/*", false],
  ["release/1/2", "release/**", false],
  ["release/1/2", "release/**/*", true],
  ["release/1", "release/**/*", true],
  ["a/b/c", "**/c", true],
  ["c", "**/c", true],
  ["xc", "**/c", false],
  ["v1", "v?", true],
  ["v/", "v?", false],
  ["v12", "v[0-9]", false],
  ["v1", "v[0-9]", true],
  ["v1+", "v[0-9]+", true],
  ["v11", "v[0-9]+", false],
  ["vx", "v[!0-9]", true],
  ["v/", "v[!0-9]", false],
  ["c++17", "c++17", true],
  ["a(b),c", "a(b),c", true],
  ["{a,b}", "{a,b}", true],
  ["a", "{a,b}", false],
  ["*", "\\*", true],
  ["x", "\\*", false],
  ["größe/日本", "größe/*", true],
  ["a.b", "a?b", true],
  ["axb", "a.b", false],
  [".github/workflows/sign.yml", ".github/workflows/**", true],
  [".github/workflows/sign.yml", ".github/**/*", true],
  [".github/workflows/a/b.yml", ".github/workflows/**/*", true],
  ["src/a.yml", ".github/**/*", false],
] as const)("%s, pattern %s: %s", (name, pattern, expected) => {
  expect(fnmatch(name, pattern)).toBe(expected);
});
