import { expect, test } from "vitest";
import { reasonOf } from "../../rehearsal/engine/session";

test.each([
  [["409: no", "409: no", "update failed"], "409: no"],
  [["one", "destroy failed", "two"], "one\ntwo"],
  [["the write failed"], "the write failed"],
  [["preview failed"], ""],
  [[], ""],
])("of the errors %j, %j is the reason", (errors, reason) => {
  expect(reasonOf(errors)).toBe(reason);
});
