import { expect, test } from "vitest";
import { answered } from "../../commands/survey";

// A preview that reads nothing must not look like one that finds nothing wrong.
test.each([
  ["an error", ["no plugin"], "no plugin"],
  ["no error", [], "The preview ended before it read anything."],
])("a preview that ends with %s, and without an answer, is a failure", (_, errors, failure) => {
  expect(answered({ values: {}, problems: [] }, errors)).toMatchObject({ failure });
});

test("an answer stays as it is", () => {
  const refused = { values: {}, problems: [{ path: "a", given: 1, expected: "b", fix: "c" }] };
  expect(answered(refused, ["later"])).toBe(refused);
});
