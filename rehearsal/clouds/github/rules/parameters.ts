import type { Settings } from "../model";

/** A rule with its parameters. */
export interface Rule {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

const PATTERN = { operator: "starts_with", pattern: "COUNTERSIGN-", negate: false };

/**
 * Parameters of rules that the world names by their type alone. GitHub answers parameters for these
 * types: the schemas `repository-rule-…` of npm @octokit/openapi 23.0.2.
 */
const STANDARD: Readonly<Record<string, Rule["parameters"]>> = {
  update: { update_allows_fetch_and_merge: false },
  pull_request: {
    required_approving_review_count: 1,
    dismiss_stale_reviews_on_push: false,
    require_code_owner_review: false,
    require_last_push_approval: false,
    required_review_thread_resolution: false,
    allowed_merge_methods: ["merge", "squash", "rebase"],
  },
  required_status_checks: {
    required_status_checks: [{ context: "ci" }],
    strict_required_status_checks_policy: false,
    do_not_enforce_on_create: false,
  },
  workflows: {
    workflows: [{ path: ".github/workflows/ci.yml", repository_id: 1, ref: "refs/heads/main" }],
    do_not_enforce_on_create: false,
  },
  merge_queue: {
    check_response_timeout_minutes: 60,
    grouping_strategy: "ALLGREEN",
    max_entries_to_build: 5,
    max_entries_to_merge: 5,
    merge_method: "MERGE",
    min_entries_to_merge: 1,
    min_entries_to_merge_wait_minutes: 5,
  },
  required_deployments: { required_deployment_environments: ["staging"] },
  code_scanning: {
    code_scanning_tools: [
      { tool: "CodeQL", alerts_threshold: "errors", security_alerts_threshold: "high_or_higher" },
    ],
  },
  copilot_code_review: { review_on_push: false, review_draft_pull_requests: false },
  commit_message_pattern: PATTERN,
  commit_author_email_pattern: { ...PATTERN, operator: "ends_with", pattern: "@contoso.com" },
  committer_email_pattern: { ...PATTERN, operator: "ends_with", pattern: "@contoso.com" },
  branch_name_pattern: { ...PATTERN, pattern: "feature/" },
  tag_name_pattern: { ...PATTERN, pattern: "v" },
  file_path_restriction: { restricted_file_paths: [".github/workflows/**"] },
  max_file_path_length: { max_file_path_length: 255 },
  file_extension_restriction: { restricted_file_extensions: ["*.exe"] },
  max_file_size: { max_file_size: 100 },
};

/** The rules of a ruleset, with the parameters that GitHub answers. */
export function rulesOf({ rules }: Settings["rulesets"][number]): readonly Rule[] {
  return rules.map((given) => {
    const { type, parameters } = typeof given === "string" ? { type: given } : given;
    const all = parameters || STANDARD[type] ? { ...STANDARD[type], ...parameters } : undefined;
    return { type, ...(all && { parameters: all }) };
  });
}

/** Whether a text fits the pattern of a rule: the schema `repository-rule-commit-message-pattern`. */
export function fitsRule(text: string, { parameters = {} }: Rule): boolean {
  const { operator, pattern, negate } = parameters as Record<string, unknown>;
  const wanted = String(pattern);
  const tests: Readonly<Record<string, () => boolean>> = {
    starts_with: () => text.startsWith(wanted),
    ends_with: () => text.endsWith(wanted),
    contains: () => text.includes(wanted),
    // GitHub's expressions are RE2's. A pattern that only RE2 reads is refused.
    regex: () => new RegExp(wanted, "mu").test(text),
  };
  const test = tests[String(operator)];
  if (!test) throw new Error(`the embedded github does not serve the operator ${operator}`);
  return test() !== (negate === true);
}
