import type { Repository } from "../model";
import type { Planned } from "../plans";
import { violations } from "./commits";
import { fitsRule, type Rule } from "./parameters";
import { binding, isProtected } from "./rulesets";

/**
 * Rules that stop the creation of a ref. `workflows` and `required_status_checks` have a parameter that
 * lets a new ref pass.
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
 * Whether the other rules stop it is not known (u).
 */
const CREATIONS: Readonly<Record<string, (rule: Rule, branch: string) => boolean>> = {
  creation: () => true,
  branch_name_pattern: (rule, branch) => !fitsRule(branch, rule),
  required_status_checks: ({ parameters }) => parameters?.do_not_enforce_on_create !== true,
  workflows: ({ parameters }) => parameters?.do_not_enforce_on_create !== true,
};

/**
 * Why a branch cannot be created. The REST API does not give the reason:
 * https://github.com/github/rest-api-description/issues/4887,
 * https://github.com/release-plz/action/issues/518.
 */
export function creationFault(
  github: Planned,
  repository: Repository,
  branch: string,
): string | undefined {
  const stops = binding(github, repository, branch).some((it) => CREATIONS[it.type]?.(it, branch));
  return stops ? "Reference update failed" : undefined;
}

/** Why a branch cannot be deleted. Only the first text is GitHub's (u). */
export function deletionFault(
  github: Planned,
  repository: Repository,
  branch: string,
): string | undefined {
  if (!repository.branches.has(branch)) return "Reference does not exist";
  if (branch === repository.settings.defaultBranch) return "Cannot delete the default branch";
  const held =
    isProtected(github, repository, branch) ||
    binding(github, repository, branch).some(({ type }) => type === "deletion");
  return held ? "Cannot delete this protected branch" : undefined;
}

/**
 * Why a person who may merge cannot do it with this method. The person has the reviews, checks, and
 * bypasses that the other rules require. The first texts are from
 * https://github.com/akuity/kargo/pull/6490 and https://github.com/Mergifyio/mergify/pull/1812.
 */
export function mergeFault(
  github: Planned,
  repository: Repository,
  base: string,
  method: "merge" | "squash",
): string | undefined {
  const { allow_merge_commit, allow_squash_merge } = repository.about;
  if (method === "squash") {
    return allow_squash_merge ? undefined : "Squash merges are not allowed on this repository.";
  }
  if (!allow_merge_commit) return "Merge commits are not allowed on this repository.";
  const types = binding(github, repository, base).map(({ type }) => type);
  const linear = types.includes("required_linear_history");
  return violations([linear ? "This branch must not contain merge commits." : undefined]);
}
