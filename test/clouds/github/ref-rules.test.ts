import { describe, expect, test } from "vitest";
import { github, refusal } from "../support";
import type { Ruleset } from "./web";

type Rule = Ruleset["rules"][number];

const under = (rule: Rule, bypass: "never" | "always" = "never") =>
  github({
    repositories: [{ name: "web", id: 7, rulesets: [{ name: "all", rules: [rule], bypass }] }],
  });
const next = { repository: "web", branch: "next" };
const pattern = (operator: string, text: string, negate = false) => ({
  type: "branch_name_pattern",
  parameters: { operator, pattern: text, negate },
});

describe("a branch is not created under the rule", () => {
  test.each([
    "creation",
    "required_status_checks",
    "workflows",
    pattern("starts_with", "feature/"),
    pattern("ends_with", "xx"),
    pattern("contains", "y"),
    pattern("regex", "^nex$"),
    pattern("contains", "ex", true),
  ])("%j", async (rule) => {
    const { branch } = under(rule as Rule);
    expect(await refusal(() => branch.create(next))).toEqual({
      code: "422",
      message:
        "422: error creating GitHub branch reference Contoso/web (refs/heads/next): " +
        "POST git/refs: 422 Reference update failed []",
    });
    expect((await under(rule as Rule, "always").branch.create(next)).id).toBe("web:next");
  });
});

test.each([
  ...["required_status_checks", "workflows"].map((type) => ({
    type,
    parameters: { do_not_enforce_on_create: true },
  })),
  pattern("starts_with", "ne"),
  pattern("regex", "^n.*t$"),
  pattern("starts_with", "feature/", true),
  ...["update", "pull_request", "deletion", "required_signatures", "required_linear_history"],
])("a branch is created under %j", async (rule) => {
  expect((await under(rule as Rule).branch.create(next)).id).toBe("web:next");
});

test("an operator that GitHub does not have is not served", async () => {
  const { branch } = under(pattern("like", "x") as Rule);
  await expect(branch.create(next)).rejects.toThrow("does not serve the operator like");
});

describe("the pattern of a commit message", () => {
  const of = (operator: string, text: string, negate = false): Rule => ({
    type: "commit_message_pattern",
    parameters: { operator, pattern: text, negate },
  });
  const commit = (rule: Rule, commitMessage?: string) =>
    under(rule).file.create({ repository: "web", file: "a.md", content: "x", commitMessage });

  test.each([
    [of("starts_with", "Sign"), "Sign images", "sign images"],
    [of("ends_with", "#1"), "Sign #1", "Sign #2"],
    [of("contains", "JIRA-"), "Sign\n\nJIRA-7", "Sign"],
    [of("regex", "^[A-Z]+-[0-9]+ "), "JIRA-7 sign", "sign JIRA-7 "],
    [of("contains", "WIP", true), "Sign", "WIP"],
  ])("%j", async (rule, good, bad) => {
    expect((await commit(rule, good)).id).toBe("web:a.md:main");
    expect((await refusal(() => commit(rule, bad))).code).toBe("409");
  });

  test("is about the provider's own message, too", async () => {
    expect((await commit(of("starts_with", "Add a.md"))).id).toBe("web:a.md:main");
  });
});
