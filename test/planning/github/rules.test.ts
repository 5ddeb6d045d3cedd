import { describe, expect, test } from "vitest";
import { judge, RULES } from "../../../planning/github/rules";
import type { Rule } from "../../../snapshot";

const COMMIT = { messages: ["Sign container images: a.yml"], paths: [".github/workflows/a.yml"] };
const BRANCH = { ...COMMIT, branch: "countersign/web-0123456789" };
const pattern = (type: string, operator: string, text: string, negate?: boolean): Rule => ({
  type,
  parameters: { operator, pattern: text, ...(negate !== undefined && { negate }) },
});
const judged = (rule: Rule, change: Parameters<typeof judge>[1]) => {
  const { forbidding, unknown } = judge([{ name: "R", rules: [rule] }], change);
  if (unknown.length > 0) return "unknown";
  return forbidding.length > 0 ? "forbidden" : "allowed";
};

describe("what a rule does to a commit, and to the creation of a branch", () => {
  const rows: ReadonlyArray<readonly [string, string, string]> = [
    ["update", "forbidden", "forbidden"],
    ["pull_request", "forbidden", "forbidden"],
    ["required_status_checks", "forbidden", "forbidden"],
    ["workflows", "forbidden", "forbidden"],
    ["code_scanning", "forbidden", "forbidden"],
    ["merge_queue", "forbidden", "forbidden"],
    ["required_deployments", "forbidden", "forbidden"],
    ["required_signatures", "forbidden", "forbidden"],
    ["creation", "allowed", "forbidden"],
    ["branch_name_pattern", "allowed", "forbidden"],
    ["commit_message_pattern", "forbidden", "forbidden"],
    ["committer_email_pattern", "unknown", "unknown"],
    ["commit_author_email_pattern", "unknown", "unknown"],
    ["deletion", "allowed", "allowed"],
    ["non_fast_forward", "allowed", "allowed"],
    ["required_linear_history", "allowed", "allowed"],
    ["tag_name_pattern", "allowed", "allowed"],
    ["copilot_code_review", "allowed", "allowed"],
    ["license_compliance_scanning", "allowed", "allowed"],
    ["file_path_restriction", "forbidden", "forbidden"],
    ["file_extension_restriction", "forbidden", "forbidden"],
    ["max_file_path_length", "allowed", "allowed"],
    ["max_file_size", "allowed", "allowed"],
    ["code_quality", "forbidden", "forbidden"],
  ];
  test.each(rows)("%s without parameters: %s, %s", (type, commit, branch) => {
    expect([judged({ type }, COMMIT), judged({ type }, BRANCH)]).toEqual([commit, branch]);
  });

  test("every classified type is in the table", () => {
    const types = rows.map(([type]) => type).filter((type) => type !== "code_quality");
    expect(Object.keys(RULES).sort()).toEqual(types.sort());
  });
});

describe("a rule with parameters", () => {
  const MESSAGE = "commit_message_pattern";
  const restricted = (...paths: string[]): Rule => ({
    type: "file_path_restriction",
    parameters: { restricted_file_paths: paths },
  });
  test.each<readonly [string, Rule, string]>([
    ["the message", pattern(MESSAGE, "starts_with", "Sign"), "allowed"],
    ["another message", pattern(MESSAGE, "starts_with", "JIRA-"), "forbidden"],
    ["what is not the message", pattern(MESSAGE, "contains", "JIRA", true), "allowed"],
    ["the end of the message", pattern(MESSAGE, "ends_with", ".yml"), "allowed"],
    ["an expression", pattern(MESSAGE, "regex", "^Sign .*: \\S+$"), "allowed"],
    ["an expression in any case", pattern(MESSAGE, "regex", "(?i)^SIGN"), "allowed"],
    ["an expression that nobody can read", pattern(MESSAGE, "regex", "("), "forbidden"],
    ["an expression of RE2", pattern(MESSAGE, "regex", "\\A(?P<verb>Sign) .*yml\\z"), "allowed"],
    ["no expression that nobody can read", pattern(MESSAGE, "regex", "(", true), "forbidden"],
    ["the branch", pattern("branch_name_pattern", "starts_with", "countersign/"), "allowed"],
    ["another branch", pattern("branch_name_pattern", "starts_with", "feature/"), "forbidden"],
    ["workflows", restricted(".github/workflows/**"), "forbidden"],
    ["one folder", restricted(".github/*"), "allowed"],
    ["a folder by its name", restricted(".github/"), "forbidden"],
    ["another folder by its name", restricted(".git"), "allowed"],
    ["a class of characters", restricted("docs/[a-z]*"), "forbidden"],
    ["files below it", restricted(".github/**/*"), "forbidden"],
    ["a file", restricted("docs/**", ".github/workflows/?.yml"), "forbidden"],
    [
      "extensions",
      {
        type: "file_extension_restriction",
        parameters: { restricted_file_extensions: ["*.exe", "yml"] },
      },
      "forbidden",
    ],
    [
      "other extensions",
      { type: "file_extension_restriction", parameters: { restricted_file_extensions: ["exe"] } },
      "allowed",
    ],
    [
      "short paths",
      { type: "max_file_path_length", parameters: { max_file_path_length: 22 } },
      "forbidden",
    ],
    [
      "long paths",
      { type: "max_file_path_length", parameters: { max_file_path_length: 23 } },
      "allowed",
    ],
  ])("for %s", (_, rule, expected) => {
    expect(judged(rule, BRANCH)).toBe(expected);
  });
});

test.each([
  ["never", 1],
  ["pull_requests_only", 1],
  ["always", 0],
  ["exempt", 0],
  [undefined, 1],
])("a token that can bypass a ruleset %s", (current_user_can_bypass, count) => {
  const ruleset = { name: "R", rules: [{ type: "update" }], current_user_can_bypass };
  expect(judge([ruleset], COMMIT).forbidding).toHaveLength(count);
});
