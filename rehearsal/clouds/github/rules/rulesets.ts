import type { Repository, Settings } from "../model";
import { PAID, type Planned } from "../plans";
import { fnmatch } from "./fnmatch";
import { type Rule, rulesOf } from "./parameters";

export type Ruleset = Settings["rulesets"][number];

/** A ruleset with its id. */
export interface Numbered {
  readonly id: number;
  readonly ruleset: Ruleset;
}

/**
 * Plans whose private repositories have push rulesets.
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository
 */
const PUSH_PLANS = ["team", "enterprise"];

/** All rulesets of a repository, also those of its organization. */
export function numbered({ settings }: Repository): readonly Numbered[] {
  return settings.rulesets.map((ruleset, index) => ({ id: index + 1, ruleset }));
}

/**
 * The active rulesets of a branch, which need not exist.
 * https://docs.github.com/rest/repos/rules#get-rules-for-a-branch
 */
export function rulesetsOn(repository: Repository, branch: string): readonly Numbered[] {
  const { settings } = repository;
  return numbered(repository)
    .filter(({ ruleset }) => ruleset.target === "branch" && ruleset.enforcement === "active")
    .filter(
      ({ ruleset: { branches, except } }) =>
        branches.some((it) => covers(it, branch, settings)) &&
        !except.some((it) => covers(it, branch, settings)),
    );
}

function covers(pattern: string, branch: string, { defaultBranch }: Settings): boolean {
  if (pattern === "~ALL") return true;
  if (pattern === "~DEFAULT_BRANCH") return branch === defaultBranch;
  return fnmatch(branch, pattern.replace(/^refs\/heads\//, ""));
}

/**
 * The rules of a branch that the account that deploys cannot bypass. `exempt` also allows direct
 * commits: https://github.com/desktop/desktop/pull/22460. Rules do not apply in private repositories
 * of the plan `free`:
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets
 */
export function binding(github: Planned, repository: Repository, branch: string): readonly Rule[] {
  if (github.withheld(repository, PAID)) return [];
  return rulesetsOn(repository, branch)
    .filter(({ ruleset }) => binds(ruleset))
    .flatMap(({ ruleset }) => rulesOf(ruleset));
}

/** The rules of push rulesets. They apply to every ref, and only in private repositories. */
export function bindingPushes(github: Planned, repository: Repository): readonly Rule[] {
  if (!repository.settings.private || github.withheld(repository, PUSH_PLANS)) return [];
  return numbered(repository)
    .filter(({ ruleset }) => ruleset.target === "push" && ruleset.enforcement === "active")
    .filter(({ ruleset }) => binds(ruleset))
    .flatMap(({ ruleset }) => rulesOf(ruleset));
}

function binds({ bypass }: Ruleset): boolean {
  return bypass !== "always" && bypass !== "exempt";
}

/** Whether classic protection applies to a branch. */
export function isProtected(github: Planned, repository: Repository, branch: string): boolean {
  const { protectedBranches } = repository.settings;
  return protectedBranches.includes(branch) && !github.withheld(repository, PAID);
}
