import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCondition } from "../../rehearsal/clouds/azure/condition-language";

const ATTRIBUTES = ["a:name", "b:name"];
const ACTIONS = ["one/read", "one/write", "two/read"];

type Operator =
  | "StringEquals"
  | "StringEqualsIgnoreCase"
  | "StringStartsWith"
  | "StringStartsWithIgnoreCase";

type Expression =
  | { kind: "action"; pattern: string }
  | { kind: "compare"; attribute: string; operator: Operator; values: string[]; set: boolean }
  | { kind: "not"; sign: "!" | "NOT "; inner: Expression }
  | { kind: "AND" | "OR"; operands: Expression[] };

interface Request {
  readonly dataAction: string;
  readonly attributes: Record<string, string>;
}

const value = fc.stringMatching(/^[abAB/]{0,3}$/);
const comparison = fc.record({
  kind: fc.constant("compare" as const),
  attribute: fc.constantFrom(...ATTRIBUTES),
  operator: fc.constantFrom<Operator[]>(
    "StringEquals",
    "StringEqualsIgnoreCase",
    "StringStartsWith",
    "StringStartsWithIgnoreCase",
  ),
  values: fc.array(value, { minLength: 1, maxLength: 3 }),
  set: fc.boolean(),
});

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    comparison,
    fc.record({
      kind: fc.constant("action" as const),
      pattern: fc.constantFrom(...ACTIONS, "*", "one/*", "*/read", "ONE/READ", "one"),
    }),
    fc.record({
      kind: fc.constant("not" as const),
      sign: fc.constantFrom("!" as const, "NOT " as const),
      inner: tie("expression"),
    }),
    fc.record({
      kind: fc.constantFrom("AND" as const, "OR" as const),
      operands: fc.array(tie("expression"), { minLength: 2, maxLength: 4 }),
    }),
  ),
}));

const request: fc.Arbitrary<Request> = fc.record({
  dataAction: fc.constantFrom(...ACTIONS),
  attributes: fc.dictionary(fc.constantFrom(...ATTRIBUTES), value, { maxKeys: 2 }),
});

/** The expression's text. Whatever could be read in two ways is put in parentheses. */
function text(it: Expression, space: string): string {
  const grouped = (inner: Expression) =>
    "operands" in inner ? `(${space}${text(inner, space)}${space})` : text(inner, space);
  switch (it.kind) {
    case "action":
      return `ActionMatches{${space}'${it.pattern}'${space}}`;
    case "not":
      return `${it.sign}${grouped(it.inner)}`;
    case "compare": {
      const quoted = it.values.map((one) => `'${one}'`);
      const wanted = it.set ? `{${quoted.join(`${space},${space}`)}}` : quoted[0];
      const operator = it.set ? `ForAnyOfAnyValues:${it.operator}` : it.operator;
      return `@Request[${it.attribute}] ${operator} ${wanted}`;
    }
    default:
      return it.operands.map(grouped).join(`${space} ${it.kind} ${space}`);
  }
}

/** What the expression means, straight from its tree. */
function meaning(it: Expression, { dataAction, attributes }: Request): boolean {
  switch (it.kind) {
    case "action": {
      const [pattern, action] = [it.pattern.toLowerCase(), dataAction.toLowerCase()];
      if (!pattern.includes("*")) return pattern === action;
      const [start = "", end = ""] = pattern.split("*");
      return action.startsWith(start) && action.endsWith(end);
    }
    case "not":
      return !meaning(it.inner, { dataAction, attributes });
    case "AND":
      return it.operands.every((one) => meaning(one, { dataAction, attributes }));
    case "OR":
      return it.operands.some((one) => meaning(one, { dataAction, attributes }));
    case "compare": {
      const given = attributes[it.attribute];
      if (given === undefined) return false;
      const fold = (one: string) => (it.operator.endsWith("IgnoreCase") ? one.toLowerCase() : one);
      const holds = (one: string) =>
        it.operator.startsWith("StringEquals")
          ? fold(given) === fold(one)
          : fold(given).indexOf(fold(one)) === 0;
      return (it.set ? it.values : it.values.slice(0, 1)).some(holds);
    }
  }
}

test("any well-formed condition means what its tree means", () => {
  fc.assert(
    fc.property(expression, request, fc.constantFrom("", " ", "\n\t"), (tree, asked, space) => {
      expect(parseCondition(text(tree, space))(asked)).toBe(meaning(tree, asked));
    }),
    { numRuns: 2000 },
  );
});

test("any well-formed condition with a part too many or too few is refused", () => {
  const broken = fc.constantFrom<[string, string][]>(
    ["(", ""],
    ["", ")"],
    ["", " AND"],
    ["OR ", ""],
    ["", " 'x'"],
    ["", " NOT"],
    ["@Request[a:name] ", ""],
  );
  fc.assert(
    fc.property(expression, broken, (tree, [before, after]) => {
      expect(() => parseCondition(`${before}${text(tree, "")}${after}`)).toThrow(Error);
    }),
  );
});
