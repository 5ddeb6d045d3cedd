import { fits } from "../../proof/patterns";
import type { Repository, Settings } from "./model";
import { type GitHubState, PAID } from "./state";

type Ruleset = Settings["rulesets"][number];
type Rule = Ruleset["rules"][number];

/** Why a commit is refused (github.md, 4.2 and 5; where they have no text, the words are ours). */
const COMMITS: Partial<Record<Rule, string>> = {
  pull_request: "Changes must be made through a pull request.",
  required_status_checks: 'Required status check "ci" is expected',
  required_signatures: "Commits must have verified signatures.",
  required_deployments: "Required deployments are missing.",
  update: "Cannot update this protected ref.",
  merge_queue: "Changes must be made through the merge queue.",
};

/** The rulesets that cover a branch, with their ids. */
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

/** Private repositories of the plan free have no rules that hold (github.md, 7). */
function binding(github: GitHubState, repository: Repository, branch: string): readonly Rule[] {
  if (github.withheld(repository, PAID)) return [];
  return rulesetsOn(repository, branch)
    .filter(({ ruleset }) => ruleset.bypass !== "always" && ruleset.bypass !== "exempt")
    .flatMap(({ ruleset }) => ruleset.rules);
}

/** Whether a branch has classic protection that holds. */
export function isProtected(github: GitHubState, repository: Repository, branch: string): boolean {
  const { protectedBranches } = repository.settings;
  return protectedBranches.includes(branch) && !github.withheld(repository, PAID);
}

/** Why no commit can be written to the branch directly. */
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

/** Whether a rule keeps the branch from being made, or from being deleted. */
export function restricted(
  github: GitHubState,
  repository: Repository,
  branch: string,
  rule: "creation" | "deletion",
): boolean {
  return binding(github, repository, branch).includes(rule);
}
