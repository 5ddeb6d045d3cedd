import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseExpression, type Term, termsOf } from "../../../rehearsal/clouds/entra/expression";

const holds = (pattern: string, sub: string) =>
  parseExpression(`claims['sub'] matches '${pattern}'`)({ sub });

describe("matches", () => {
  test.each([
    ["*", "", true],
    ["*", "repo:contoso/web:ref:refs/heads/main", true],
    ["repo:*:main", "repo:a/b:main", true],
    ["repo:*/main", "repo:a/b/c/main", true],
    ["a*b", "ab", true],
    ["a*b", "a\nb", true],
    ["v?", "v1", true],
    ["v?", "v/", true],
    ["v?", "v", false],
    ["v?", "v12", false],
    ["main", "xmain", false],
    ["main", "mainx", false],
    ["Main", "main", false],
    ["a.c", "abc", false],
    ["(a|b)+[c]$^{1}\\d", "(a|b)+[c]$^{1}\\d", true],
  ])("%j %j: %s", (pattern, value, expected) => {
    expect(holds(pattern, value)).toBe(expected);
  });
});

test("eq compares the whole value, to the case; what a token does not say does not hold", () => {
  const test = parseExpression("claims['repository_id'] eq '7' and claims['sub'] eq 'a*'");
  expect(test({ repository_id: "7", sub: "a*" })).toBe(true);
  expect(test({ repository_id: "7", sub: "ab" })).toBe(false);
  expect(test({ repository_id: "7", sub: "A*" })).toBe(false);
  expect(test({ repository_id: "7" })).toBe(false);
  expect(parseExpression("claims['constructor'] matches '*'")({})).toBe(false);
});

describe("not of the language", () => {
  test.each([
    ["", "no term stands at 0 of: "],
    ["sub eq 'x'", "no term stands at 0 of: sub eq 'x'"],
    ['claims["sub"] eq "x"', 'no term stands at 0 of: claims["sub"] eq "x"'],
    ["claims['sub'] EQ 'x'", "no term stands at 0 of: claims['sub'] EQ 'x'"],
    ["claims['sub'] ne 'x'", "no term stands at 0 of: claims['sub'] ne 'x'"],
    ["claims['sub']  eq 'x'", "no term stands at 0 of: claims['sub']  eq 'x'"],
    ["claims['sub'] eq ''", "no term stands at 0 of: claims['sub'] eq ''"],
    ["claims[''] eq 'x'", "no term stands at 0 of: claims[''] eq 'x'"],
    ["claims['sub'] eq 'x''y'", "no `and` stands at 20 of: claims['sub'] eq 'x''y'"],
    ["claims['sub'] eq 'x' ", "no `and` stands at 20 of: claims['sub'] eq 'x' "],
    ["claims['sub'] eq 'x' and ", "no term stands at 25 of: claims['sub'] eq 'x' and "],
    [
      "claims['a'] eq 'x' or claims['b'] eq 'y'",
      "no `and` stands at 18 of: claims['a'] eq 'x' or claims['b'] eq 'y'",
    ],
    ["(claims['sub'] eq 'x')", "no term stands at 0 of: (claims['sub'] eq 'x')"],
  ])("%j", (text, message) => {
    expect(() => parseExpression(text)).toThrow(new Error(message));
  });
});

const NAMES = ["sub", "repository_id", "job_workflow_ref"];
const value = fc.stringMatching(/^[abA/:.*? ]{1,6}$/);
const term: fc.Arbitrary<Term> = fc.record({
  claim: fc.constantFrom(...NAMES),
  operator: fc.constantFrom("eq" as const, "matches" as const),
  value: fc.oneof(value, fc.constantFrom(" and ", "a and b")),
});
const terms = fc.array(term, { minLength: 1, maxLength: 4 });
const claims = fc.dictionary(fc.constantFrom(...NAMES), fc.stringMatching(/^[abA/:. ]{0,6}$/));

const text = (all: readonly Term[]) =>
  all.map((it) => `claims['${it.claim}'] ${it.operator} '${it.value}'`).join(" and ");

/** Whether a pattern covers a value, letter by letter. */
function covers(pattern: string, given: string): boolean {
  const [first, rest] = [pattern[0], pattern.slice(1)];
  if (first === undefined) return given === "";
  if (first === "*") {
    return covers(rest, given) || (given !== "" && covers(pattern, given.slice(1)));
  }
  return given !== "" && (first === "?" || first === given[0]) && covers(rest, given.slice(1));
}

test("any well-formed expression means what its terms mean", () => {
  fc.assert(
    fc.property(terms, claims, (all, token) => {
      const expected = all.every((it) => {
        const given = token[it.claim];
        if (given === undefined) return false;
        return it.operator === "eq" ? given === it.value : covers(it.value, given);
      });
      expect(parseExpression(text(all))(token)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

test("what a token says is matched by its own text, and by any part of it as `*`", () => {
  const given = fc.stringMatching(/^[abA/:.]{1,10}$/);
  fc.assert(
    fc.property(given, fc.nat(10), fc.nat(10), (sub, from, length) => {
      expect(holds(sub, sub)).toBe(true);
      expect(holds(`${sub.slice(0, from)}*${sub.slice(from + length)}`, sub)).toBe(true);
      expect(holds(`${sub}?`, sub)).toBe(false);
    }),
  );
});

test("the terms of a well-formed expression are those it was written from", () => {
  fc.assert(
    fc.property(terms, (all) => {
      expect(termsOf(text(all))).toEqual(all);
    }),
  );
});

test("any well-formed expression with a part too many or too few is refused", () => {
  const broken = fc.constantFrom<[string, string][]>(
    ["(", ""],
    ["", ")"],
    [" ", ""],
    ["", " "],
    ["", " and"],
    ["", " and "],
    ["and ", ""],
    ["not ", ""],
    ["", "'"],
  );
  fc.assert(
    fc.property(terms, broken, (all, [before, after]) => {
      expect(() => parseExpression(`${before}${text(all)}${after}`)).toThrow(Error);
    }),
  );
});
