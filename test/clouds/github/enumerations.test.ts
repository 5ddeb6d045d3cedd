import { expect, test } from "vitest";
import { RULES } from "../../../planning/github/rules";
import { gitHubSchema } from "../../../rehearsal/world/github";
import { enumeration } from "../openapi";

/** The values that the world's schema accepts for a property of a repository. */
const accepted = (...path: string[]): string[] => {
  let schema = gitHubSchema.shape.repositories.unwrap().element as never;
  for (const property of path)
    schema = unwrapped((schema as { shape: object }).shape[property as never]);
  return [...(schema as { options: string[] }).options].sort();
};
function unwrapped(schema: unknown): never {
  const it = schema as { unwrap?: () => unknown; element?: unknown; shape?: unknown };
  if (it.shape) return schema as never;
  if (it.unwrap) return unwrapped(it.unwrap());
  return (it.element ? unwrapped(it.element) : schema) as never;
}

test("the world has the values that GitHub describes", () => {
  expect(accepted("rulesets", "bypass")).toEqual(
    enumeration("repository-ruleset", "current_user_can_bypass"),
  );
  expect(accepted("rulesets", "enforcement")).toEqual(
    enumeration("repository-ruleset", "enforcement"),
  );
  expect(accepted("allowedActions")).toEqual(
    enumeration("actions-repository-permissions", "allowed_actions"),
  );
  // The embedded github has no rulesets of an enterprise, and none about repositories themselves.
  expect([...accepted("rulesets", "target"), "repository"].sort()).toEqual(
    enumeration("repository-ruleset", "target"),
  );
  expect(["Enterprise", ...accepted("rulesets", "source")].sort()).toEqual(
    enumeration("repository-ruleset", "source_type"),
  );
});

test("the program classifies every type of rule that GitHub describes, and no other", () => {
  expect(Object.keys(RULES).sort()).toEqual(enumeration("repository-rule", "type"));
});

test("GitHub describes 23 types of rules", () => {
  expect(enumeration("repository-rule", "type")).toHaveLength(23);
  expect(enumeration("repository-rule-detailed", "type")).toEqual(
    enumeration("repository-rule", "type"),
  );
});

test("visibilities of an organization's values", () => {
  expect(enumeration("organization-actions-secret", "visibility")).toEqual([
    "all",
    "private",
    "selected",
  ]);
});
