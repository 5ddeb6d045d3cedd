import type { BranchRules, PushRuleset, Rule, RulesetAnswer } from "../../snapshot";
import { matchesPath } from "../../trust/ref-patterns";
import { answerValue } from "../answers";

/** What a rule decides about: the commits that this stack makes, and a branch that it creates. */
export interface Change {
  readonly messages: readonly string[];
  /** Paths of the files. */
  readonly paths: readonly string[];
  /** Undefined: no branch is created. */
  readonly branch?: string;
}

/** Whether a rule forbids a change. `unknown`: that depends on the account of the token. */
type Verdict = boolean | "unknown";
type Check = (parameters: Readonly<Record<string, unknown>>, change: Change) => Verdict;

const always: Check = () => true;
const never: Check = () => false;
const onCreation: Check = (_, { branch }) => branch !== undefined;

/** Every rule of https://docs.github.com/rest/repos/rules by its effect; `test/clouds` compares. */
export const RULES: Readonly<Record<string, Check>> = {
  update: always,
  pull_request: always,
  required_status_checks: always,
  workflows: always,
  code_scanning: always,
  merge_queue: always,
  required_deployments: always,
  required_signatures: always,
  creation: onCreation,
  branch_name_pattern: (its, { branch }) => branch !== undefined && !matches(its, branch),
  commit_message_pattern: (its, { messages }) => messages.some((it) => !matches(its, it)),
  // By default those of the token's account: https://docs.github.com/rest/repos/contents
  committer_email_pattern: () => "unknown",
  commit_author_email_pattern: () => "unknown",
  deletion: never,
  non_fast_forward: never,
  required_linear_history: never,
  tag_name_pattern: never,
  copilot_code_review: never,
  license_compliance_scanning: never,
  file_path_restriction: ({ restricted_file_paths: patterns }, { paths }) =>
    texts(patterns)?.some((it) => paths.some((path) => matchesPath(it, path))) ?? true,
  file_extension_restriction: ({ restricted_file_extensions: extensions }, { paths }) =>
    texts(extensions)?.some((it) => paths.some((path) => path.endsWith(dotted(it)))) ?? true,
  max_file_path_length: ({ max_file_path_length: most }, { paths }) =>
    paths.some((path) => path.length > Number(most)),
  // In megabytes: a workflow has a few kilobytes.
  max_file_size: never,
};

/** With these a push passes; `pull_requests_only` is for merges. */
const BYPASSING = ["always", "exempt"];

/** What rulesets say about a change, each by its name. */
export interface Judged {
  readonly forbidding: readonly string[];
  /** What is not checked. */
  readonly unknown: readonly string[];
}

/** The rulesets of a branch that forbid a change to whoever deploys. */
export function judgeBranch({ rules, rulesets }: BranchRules, change: Change): Judged {
  const all = answerValue(rules) ?? [];
  const ids = [...new Set(all.map(({ ruleset_id }) => ruleset_id))];
  return judge(
    ids.map((id) => ({
      name: String(id),
      ...answerValue(rulesets[id]),
      rules: all.filter(({ ruleset_id }) => ruleset_id === id),
    })),
    change,
  );
}

export function judge(
  rulesets: ReadonlyArray<RulesetAnswer & Pick<PushRuleset, "rules">>,
  change: Change,
): Judged {
  const said = (wanted: Verdict) =>
    rulesets
      .filter((it) => !BYPASSING.includes(it.current_user_can_bypass ?? ""))
      .flatMap(({ name, rules }) => {
        const its = rules.filter((rule) => verdict(rule, change) === wanted);
        const types = [...new Set(its.map(({ type }) => type))];
        return types.length > 0 ? [`ruleset ${name} (${types.join(", ")})`] : [];
      });
  return { forbidding: said(true), unknown: said("unknown") };
}

/** A type that is not listed could forbid the change, so it counts as if it did. */
function verdict({ type, parameters = {} }: Rule, change: Change): Verdict {
  return (RULES[type] ?? always)(parameters, change);
}

/** Whether a text is as a rule wants it. If the rule cannot be read, it is not. */
function matches(
  { operator, pattern, negate }: Readonly<Record<string, unknown>>,
  text: string,
): boolean {
  if (typeof pattern !== "string") return false;
  const found = fits(String(operator), pattern, text);
  return found !== undefined && found !== (negate === true);
}

/** Undefined: the pattern cannot be read. */
function fits(operator: string, pattern: string, text: string): boolean | undefined {
  if (operator === "starts_with") return text.startsWith(pattern);
  if (operator === "ends_with") return text.endsWith(pattern);
  if (operator === "contains") return text.includes(pattern);
  // GitHub's expressions are those of RE2: https://github.com/google/re2/wiki/Syntax
  const [, flags, rest = ""] = /^(?:\(\?([ims]+)\))?(.*)$/s.exec(pattern) ?? [];
  const translated = rest.replaceAll("(?P<", "(?<").replaceAll("\\A", "^").replaceAll("\\z", "$");
  try {
    return new RegExp(translated, `${flags ?? ""}u`).test(text);
  } catch {
    return undefined;
  }
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}

function dotted(extension: string): string {
  return `.${extension.replace(/^\*?\.?/, "")}`;
}
