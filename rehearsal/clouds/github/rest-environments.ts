import type { Environment, Repository } from "./model";
import { reviewerOf } from "./protection";
import { paged } from "./rest-page";
import { named, type Route, repositoryRoute } from "./rest-route";
import type { GitHubState } from "./state";

/** Environments with their rules, single values, and deployment policies. */
export function environmentRoutes(github: GitHubState): readonly Route[] {
  return [
    repositoryRoute(
      github,
      /\/environments\/([^/]+)\/(secrets|variables)\/([^/]+)/,
      (repository, [name, kind, value]) =>
        named(find(repository, name)?.[kind === "secrets" ? "secrets" : "variables"], value),
    ),
    repositoryRoute(github, /\/environments\/([^/]+)/, (repository, [name]) => {
      const found = find(repository, name);
      return found && describe(github, found);
    }),
    repositoryRoute(
      github,
      /\/environments\/([^/]+)\/deployment-branch-policies/,
      (repository, [name], query) => {
        const policies = find(repository, name)?.policies;
        // https://docs.github.com/rest/deployments/branch-policies
        const page = paged(policies ?? [], query, { standard: 30, most: 100 });
        return policies && { total_count: policies.length, branch_policies: page };
      },
    ),
  ];
}

function find({ environments }: Repository, name = ""): Environment | undefined {
  return environments.get(name.toLowerCase());
}

function describe(github: GitHubState, found: Environment): object {
  const { name, waitMinutes, reviewers, preventSelfReview, policies, adminsCanBypass } = found;
  const waiting = { type: "wait_timer", wait_timer: waitMinutes };
  const approving = {
    type: "required_reviewers",
    prevent_self_review: preventSelfReview,
    reviewers: reviewers.map((it) => describeReviewer(github, it)),
  };
  return {
    name,
    can_admins_bypass: adminsCanBypass,
    // GitHub leaves out a rule that is not set.
    protection_rules: [
      ...(waitMinutes > 0 ? [waiting] : []),
      ...(reviewers.length > 0 ? [approving] : []),
      ...(policies ? [{ type: "branch_policy" }] : []),
    ].map((rule, index) => ({ id: index + 1, ...rule })),
    deployment_branch_policy: policies
      ? { protected_branches: false, custom_branch_policies: true }
      : null,
  };
}

function describeReviewer(github: GitHubState, reviewer: string): object {
  const { type, id, name } = reviewerOf(github, reviewer);
  return { type, reviewer: { id, [type === "Team" ? "slug" : "login"]: name } };
}
