import { fits } from "../../proof/patterns";
import type { Repository, Settings } from "./model";
import { type GitHubState, PAID } from "./state";

type Ruleset = Settings["rulesets"][number];
type Rule = Ruleset["rules"][number];

/** Why GitHub refuses a direct commit. Only the first two texts are GitHub's. */
const COMMITS: Partial<Record<Rule, string>> = {
  pull_request: "Changes must be made through a pull request.",
  required_status_checks: 'Required status check "ci" is expected',
  required_signatures: "Commits must have verified signatures.",
  required_deployments: "Required deployments are missing.",
  update: "Cannot update this protected ref.",
  merge_queue: "Changes must be made through the merge queue.",
};

/** The rulesets of a branch, with their ids. */
export function rulesetsOn({ settings }: Repository, branch: string) {
  return settings.rulesets
    .map((ruleset, index) => ({ id: index + 1, ruleset }))
    .filter(({ ruleset }) => ruleset.branches.some((it) => covers(it, branch, settings)));
}

function covers(pattern: string, branch: string, { defaultBranch }: Settings): boolean {
  if (pattern === "~ALL") return true;
  if (pattern === "~DEFAULT_BRANCH") return branch === defaultBranch;
  return fits(branch, pattern.replace(/^refs\/heads\//, ""));
}

/**
 * The rules that apply. Rules do not apply in private repositories of the plan `free`.
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets
 */
function binding(github: GitHubState, repository: Repository, branch: string): readonly Rule[] {
  if (github.withheld(repository, PAID)) return [];
  return rulesetsOn(repository, branch)
    .filter(({ ruleset }) => ruleset.bypass !== "always" && ruleset.bypass !== "exempt")
    .flatMap(({ ruleset }) => ruleset.rules);
}

/** Whether classic protection applies to a branch. */
export function isProtected(github: GitHubState, repository: Repository, branch: string): boolean {
  const { protectedBranches } = repository.settings;
  return protectedBranches.includes(branch) && !github.withheld(repository, PAID);
}

/** Why a commit cannot be written to the branch directly. */
export function commitFault(
  github: GitHubState,
  repository: Repository,
  branch: string,
): string | undefined {
  if (isProtected(github, repository, branch)) return COMMITS.pull_request;
  return binding(github, repository, branch)
    .map((rule) => COMMITS[rule])
    .find((text) => text !== undefined);
}

/** Whether a rule prevents that the branch is created, or deleted. */
export function restricted(
  github: GitHubState,
  repository: Repository,
  branch: string,
  rule: "creation" | "deletion",
): boolean {
  return binding(github, repository, branch).includes(rule);
}
