import type { Repository } from "../model";
import type { Planned } from "../plans";
import { fnmatch } from "./fnmatch";
import { fitsRule, type Rule } from "./parameters";
import { binding, bindingPushes, isProtected } from "./rulesets";

/** One commit by GitHub's Contents API. */
export interface Change {
  readonly branch: string;
  readonly path: string;
  readonly message: string;
  /** Undefined if the commit deletes the file. */
  readonly content: string | undefined;
}

/** The author is the account that deploys. GitHub is the committer of what its API commits. */
const AUTHOR = "deployer@contoso.com";
const COMMITTER = "noreply@github.com";

const PULL_REQUEST = "Changes must be made through a pull request.";

/**
 * Why a rule refuses a direct commit. Undefined: it does not. Which rules do:
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
 * The texts about pull requests and signatures are GitHub's:
 * https://github.com/anchorageoss/visualsign-parser/pull/46. The others are not known (u).
 * A commit with a user's token has no verified signature (u).
 */
const COMMITS: Readonly<Record<string, (rule: Rule, change: Change) => string | undefined>> = {
  pull_request: () => PULL_REQUEST,
  required_status_checks: (rule) => expected("status check", checksOf(rule)),
  workflows: (rule) => expected("workflow", workflowsOf(rule)),
  required_signatures: () => "Commits must have verified signatures.",
  required_deployments: () => "Required deployments are missing.",
  update: () => "Cannot update this protected ref.",
  merge_queue: () => "Changes must be made through the merge queue.",
  code_scanning: () => "Code scanning is waiting for results.",
  commit_message_pattern: (rule, { message }) => fitting("Commit message", message, rule),
  commit_author_email_pattern: (rule) => fitting("Author email", AUTHOR, rule),
  committer_email_pattern: (rule) => fitting("Committer email", COMMITTER, rule),
};

const MEBIBYTE = 1024 * 1024;

/**
 * Why a rule of a push ruleset refuses a commit. Only the first text is GitHub's:
 * https://github.com/renovatebot/renovate/pull/44819. What the rules do:
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
 */
const PUSHES: Readonly<Record<string, (rule: Rule, change: Change) => string | undefined>> = {
  file_path_restriction: ({ parameters }, { path }) =>
    texts(parameters?.restricted_file_paths).some((it) => fnmatch(path, it))
      ? "File path is restricted"
      : undefined,
  max_file_path_length: ({ parameters }, { path }) =>
    path.length > Number(parameters?.max_file_path_length) ? "File path is too long" : undefined,
  // An extension is written as `.exe` or `*.exe` (u).
  file_extension_restriction: ({ parameters }, { path }) =>
    texts(parameters?.restricted_file_extensions).some((it) => path.endsWith(it.replace(/^\*/, "")))
      ? "File extension is restricted"
      : undefined,
  max_file_size: ({ parameters }, { content = "" }) =>
    Buffer.byteLength(content) > Number(parameters?.max_file_size) * MEBIBYTE
      ? "File is too large"
      : undefined,
};

/** Why a commit cannot be written to the branch directly, as the API says it. */
export function commitFault(
  github: Planned,
  repository: Repository,
  change: Change,
  act: string,
): string | undefined {
  if (isProtected(github, repository, change.branch)) {
    return `Could not ${act} file: ${PULL_REQUEST}`;
  }
  const why = [
    ...binding(github, repository, change.branch).map((it) => COMMITS[it.type]?.(it, change)),
    ...bindingPushes(github, repository).map((it) => PUSHES[it.type]?.(it, change)),
  ];
  return violations(why);
}

/**
 * The violations of rulesets in one text. Users report this form for HTTP 409 of `PUT contents` and
 * for HTTP 405 of `PUT merge`. GitHub does not document it (u).
 */
export function violations(why: readonly (string | undefined)[]): string | undefined {
  const all = [...new Set(why.filter((it) => it !== undefined))];
  return all.length > 0
    ? `Repository rule violations found\n\n${all.map((it) => `${it}\n\n`).join("")}`
    : undefined;
}

function checksOf({ parameters }: Rule): string[] {
  const checks = (parameters?.required_status_checks ?? []) as { readonly context: string }[];
  return checks.map(({ context }) => context);
}

function workflowsOf({ parameters }: Rule): string[] {
  const workflows = (parameters?.workflows ?? []) as { readonly path: string }[];
  return workflows.map(({ path }) => path);
}

/** Why what is required is missing. A rule without entries requires nothing. */
export function expected(what: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  return names.length === 1
    ? `Required ${what} "${names[0]}" is expected`
    : `${names.length} of ${names.length} required ${what}s are expected.`;
}

function fitting(what: string, text: string, rule: Rule): string | undefined {
  const { operator, pattern, negate } = rule.parameters ?? {};
  const must = negate === true ? "must not" : "must";
  return fitsRule(text, rule) ? undefined : `${what} ${must} fit ${operator} ${pattern}`;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value : [];
}
