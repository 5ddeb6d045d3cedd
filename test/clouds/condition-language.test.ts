import { describe, expect, test } from "vitest";
import {
  type AccessRequest,
  parseCondition,
} from "../../rehearsal/clouds/azure/condition-language";

const NAME = "Microsoft.ContainerRegistry/registries/repositories:name";
const READ = "Microsoft.ContainerRegistry/registries/repositories/content/read";

const request = (name?: string, dataAction = READ): AccessRequest => ({
  dataAction,
  attributes: name === undefined ? {} : { [NAME]: name },
});
const judge = (text: string, ...given: Parameters<typeof request>) =>
  parseCondition(text)(request(...given));
const is = (name: string) => `@Request[${NAME}] StringEquals '${name}'`;
const TRUE = is("web");
const FALSE = is("other");

describe("comparisons", () => {
  test.each([
    ["StringEquals 'web'", "web", true],
    ["StringEquals 'Web'", "web", false],
    ["StringEquals 'we'", "web", false],
    ["StringEqualsIgnoreCase 'WEB'", "web", true],
    ["StringEqualsIgnoreCase 'we'", "web", false],
    ["StringStartsWith 'team/'", "team/web", true],
    ["StringStartsWith 'Team/'", "team/web", false],
    ["StringStartsWith 'team/'", "team", false],
    ["StringStartsWithIgnoreCase 'TEAM/'", "team/web", true],
    ["StringStartsWithIgnoreCase 'team/'", "my/team/web", false],
    ["StringEquals ''", "", true],
    ["StringEquals ' AND )'", " AND )", true],
    ["ForAnyOfAnyValues:StringEquals {'api','web'}", "web", true],
    ["ForAnyOfAnyValues:StringEquals {'api','Web'}", "web", false],
    ["ForAnyOfAnyValues:StringEqualsIgnoreCase {'api', 'WEB'}", "web", true],
    ["ForAnyOfAnyValues:StringEqualsIgnoreCase { 'web' }", "web", true],
    ["ForAnyOfAnyValues:StringStartsWith {'a/','b/'}", "b/web", true],
    ["ForAnyOfAnyValues:StringStartsWith {'a/','b/'}", "c/web", false],
  ])("%s on %j is %s", (comparison, name, expected) => {
    expect(judge(`@Request[${NAME}] ${comparison}`, name)).toBe(expected);
  });

  test.each([
    ["StringEquals ''", false],
    ["StringStartsWith ''", false],
    ["ForAnyOfAnyValues:StringEquals {'web'}", false],
  ])("%s on a missing attribute is %s", (comparison, expected) => {
    expect(judge(`@Request[${NAME}] ${comparison}`)).toBe(expected);
  });

  test("the negation of a comparison on a missing attribute holds", () => {
    expect(judge(`!(@Request[${NAME}] StringEquals 'web')`)).toBe(true);
  });

  test("an attribute is found by its whole name", () => {
    expect(judge("@Request[name] StringEquals 'web'", "web")).toBe(false);
  });
});

describe("ActionMatches", () => {
  test.each([
    [READ, true],
    [READ.toUpperCase(), true],
    ["Microsoft.ContainerRegistry/registries/repositories/content/*", true],
    ["Microsoft.ContainerRegistry/*/read", true],
    ["*", true],
    ["Microsoft.ContainerRegistry/registries/repositories/content", false],
    ["content/read", false],
    ["Microsoft.ContainerRegistry/*/write", false],
    ["Microsoft?ContainerRegistry/registries/repositories/content/read", false],
    ["Microsoft.ContainerRegistry/registries/repositories/content/rea.", false],
  ])("{'%s'} is %s", (pattern, expected) => {
    expect(judge(`ActionMatches{'${pattern}'}`)).toBe(expected);
  });
});

describe("AND, OR, NOT and parentheses", () => {
  test.each([
    [`${TRUE} AND ${TRUE}`, true],
    [`${TRUE} AND ${FALSE}`, false],
    [`${FALSE} AND ${TRUE}`, false],
    [`${TRUE} AND ${TRUE} AND ${FALSE}`, false],
    [`${FALSE} OR ${TRUE}`, true],
    [`${FALSE} OR ${FALSE}`, false],
    [`${FALSE} OR ${FALSE} OR ${TRUE}`, true],
    [`NOT ${FALSE}`, true],
    [`NOT ${TRUE}`, false],
    [`NOT(${TRUE})`, false],
    [`!(${FALSE})`, true],
    [`! ${TRUE}`, false],
    [`!!(${TRUE})`, true],
    [`NOT !NOT ${TRUE}`, false],
    // NOT reaches only as far as the next expression.
    [`NOT ${FALSE} AND ${FALSE}`, false],
    [`NOT ${TRUE} OR ${TRUE}`, true],
    [`NOT (${FALSE} AND ${FALSE})`, true],
    [`!(${TRUE} OR ${TRUE})`, false],
    [`${TRUE} OR (${TRUE} AND ${FALSE})`, true],
    [`(${TRUE} OR ${TRUE}) AND ${FALSE}`, false],
    [`((((${TRUE}))))`, true],
    [`((${FALSE}) OR ((${TRUE}) AND (!(${FALSE} OR (${FALSE})))))`, true],
    [`(\n\t${TRUE}\n) \n AND\n( ${TRUE} )\n`, true],
  ])("%s is %s", (text, expected) => {
    expect(judge(text, "web")).toBe(expected);
  });

  test("Microsoft's form guards one action and leaves the others alone", () => {
    const text = `((!(ActionMatches{'${READ}'})) OR (${is("web")} OR ${is("api")}))`;
    expect(judge(text, "web")).toBe(true);
    expect(judge(text, "api")).toBe(true);
    expect(judge(text, "other")).toBe(false);
    expect(judge(text)).toBe(false);
    expect(judge(text, "other", "Microsoft.ContainerRegistry/registries/catalog/read")).toBe(true);
  });
});

describe("what is not of the language", () => {
  const A = "@Request[a]";
  test.each([
    ["", "expected more but found the end in: "],
    ["  ", "expected more but found the end in:   "],
    ["true", "nothing known stands at 0 of: true"],
    [`${A} = 'x'`, `nothing known stands at 11 of: ${A} = 'x'`],
    [`${A} StringEquals "x"`, `nothing known stands at 24 of: ${A} StringEquals "x"`],
    [`${A} StringEquals 'x`, `nothing known stands at 24 of: ${A} StringEquals 'x`],
    [`${A} StringEquals x`, `nothing known stands at 24 of: ${A} StringEquals x`],
    [
      "@Resource[a] StringEquals 'x'",
      "nothing known stands at 0 of: @Resource[a] StringEquals 'x'",
    ],
    ["@Request[] StringEquals 'x'", "nothing known stands at 0 of: @Request[] StringEquals 'x'"],
    [
      `${A} StringEquals 'x' ANDY ${A} StringEquals 'x'`,
      `nothing known stands at 28 of: ${A} StringEquals 'x' ANDY ${A} StringEquals 'x'`,
    ],
    [
      `${A} StringEquals 'x' and ${A} StringEquals 'x'`,
      `nothing known stands at 28 of: ${A} StringEquals 'x' and ${A} StringEquals 'x'`,
    ],
    [`${A} StringLike 'x'`, `not a comparison of a known kind in: ${A} StringLike 'x'`],
    [`${A} 'x' 'y'`, `not a comparison of a known kind in: ${A} 'x' 'y'`],
    ["'a' StringEquals 'x'", "not a comparison of a known kind in: 'a' StringEquals 'x'"],
    [
      `${A} ForAllOfAnyValues:StringEquals {'x'}`,
      `nothing known stands at 11 of: ${A} ForAllOfAnyValues:StringEquals {'x'}`,
    ],
    [`${A} StringEquals {'x'}`, `expected a quoted text in: ${A} StringEquals {'x'}`],
    [`${A} StringEquals`, `expected more but found the end in: ${A} StringEquals`],
    [
      `${A} ForAnyOfAnyValues:StringEquals 'x'`,
      `expected { but found 'x' in: ${A} ForAnyOfAnyValues:StringEquals 'x'`,
    ],
    [
      `${A} ForAnyOfAnyValues:StringEquals {}`,
      `expected a quoted text in: ${A} ForAnyOfAnyValues:StringEquals {}`,
    ],
    [
      `${A} ForAnyOfAnyValues:StringEquals {'x','y'`,
      `expected } but found the end in: ${A} ForAnyOfAnyValues:StringEquals {'x','y'`,
    ],
    ["ActionMatches 'x'", "expected { but found 'x' in: ActionMatches 'x'"],
    ["ActionMatches{x}", "nothing known stands at 14 of: ActionMatches{x}"],
    ["ActionMatches{'x'", "expected } but found the end in: ActionMatches{'x'"],
    ["(ActionMatches{'x'}", "expected ) but found the end in: (ActionMatches{'x'}"],
    ["ActionMatches{'x'})", ") is left over in: ActionMatches{'x'})"],
    [
      "ActionMatches{'x'} ActionMatches{'x'}",
      "ActionMatches is left over in: ActionMatches{'x'} ActionMatches{'x'}",
    ],
    ["ActionMatches{'x'} AND", "expected more but found the end in: ActionMatches{'x'} AND"],
    ["NOT", "expected more but found the end in: NOT"],
    ["()", "expected more but found the end in: ()"],
  ])("%j is refused", (text, message) => {
    expect(() => parseCondition(text)).toThrow(new Error(message));
  });
});

test.each([
  ["AND", "OR"],
  ["OR", "AND"],
])("%s and %s without parentheses are refused: the language knows no precedence", (one, other) => {
  const mixed = `ActionMatches{'a'} ${one} ActionMatches{'b'} ${other} ActionMatches{'c'}`;
  expect(() => parseCondition(mixed)).toThrow(`AND and OR need parentheses in: ${mixed}`);
});
