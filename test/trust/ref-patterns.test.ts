import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { covers, intersectPatterns } from "../../trust/ref-patterns";

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

describe("intersectPatterns", () => {
  test.each([
    ["nothing and a name", [], ["main"], []],
    ["the same name", ["main"], ["main"], ["main"]],
    ["names that both lists have", ["main", "dev"], ["dev", "next"], ["dev"]],
    ["names that differ by case", ["Main"], ["main"], []],
    ["a name that a pattern covers", ["v1.0", "main"], ["v*"], ["v1.0"]],
    ["a pattern that covers a name", ["v*"], ["v1.0", "main"], ["v1.0"]],
    ["a pattern and a wider one", ["v1.*"], ["v*"], ["v1.*"]],
    ["a pattern and a narrower one", ["v*"], ["v1.*"], ["v1.*"]],
    ["a pattern and two narrower ones", ["v*"], ["v1.*", "v2.*"], ["v1.*", "v2.*"]],
    ["the same pattern", ["v*"], ["v*"], ["v*"]],
    ["the same result twice", ["v*", "*"], ["v1"], ["v1"]],
    ["patterns without a common name", ["v*"], ["w*"], []],
    ["a pattern and a deeper one", ["release/*"], ["*"], []],
    ["patterns that overlap in part", ["v1*"], ["*-rc"], []],
  ])("%s", (_, some, others, expected) => {
    expect(intersectPatterns(some, others)).toEqual(expected);
  });

  /** Short texts of few letters, so that names and patterns often match. */
  const text = (letters: string) =>
    fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 4 }).map((it) => it.join(""));
  const list = fc.array(text("ab/*"), { maxLength: 4 });
  const isCovered = (by: readonly string[], ref: string) => by.some((it) => covers(it, ref));

  test("every result is covered by both lists", () => {
    fc.assert(
      fc.property(list, list, (some, others) => {
        for (const result of intersectPatterns(some, others)) {
          expect(isCovered(some, result) && isCovered(others, result)).toBe(true);
        }
      }),
    );
  });

  test("every name that the result covers is covered by both lists", () => {
    fc.assert(
      fc.property(list, list, text("ab/"), (some, others, name) => {
        fc.pre(isCovered(intersectPatterns(some, others), name));
        expect(isCovered(some, name) && isCovered(others, name)).toBe(true);
      }),
    );
  });

  test("the result has every name of one list that the other list covers", () => {
    const names = fc.array(text("ab/"), { maxLength: 4 });
    fc.assert(
      fc.property(names, list, (some, others) => {
        const expected = [...new Set(some.filter((name) => isCovered(others, name)))];
        expect(intersectPatterns(some, others)).toEqual(expected);
        expect(intersectPatterns(others, some).sort()).toEqual(expected.sort());
      }),
    );
  });

  test("a list in common with itself covers the same names", () => {
    fc.assert(
      fc.property(list, text("ab/"), (some, name) => {
        expect(isCovered(intersectPatterns(some, some), name)).toBe(isCovered(some, name));
      }),
    );
  });
});
