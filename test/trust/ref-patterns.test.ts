import { expect, test } from "vitest";
import { covers, narrower } from "../../trust/ref-patterns";

test.each([
  ["main", "main", true],
  ["main", "mainline", false],
  ["v*", "v1.0", true],
  ["v*", "v1/0", false],
  ["v1.*", "v1x0", false],
  ["release/*", "release/1", true],
  ["*/*", "countersign/web-0123456789", true],
  ["v*", "v1.*", true],
  ["v1.*", "v*", false],
])("%s covers %s: %s", (pattern, ref, expected) => {
  expect(covers(pattern, ref)).toBe(expected);
});

test("of two patterns either may be the narrower one", () => {
  expect([narrower("v1.*", "v*"), narrower("v*", "v1.*"), narrower("v*", "w*")]).toEqual([
    "v1.*",
    "v1.*",
    undefined,
  ]);
});
