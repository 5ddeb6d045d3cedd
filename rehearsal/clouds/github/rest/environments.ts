import type { Environment, Repository } from "../model";
import { reviewerOf } from "../protection";
import type { GitHubState } from "../state";
import { nodeId, pageOf, repositoryApi, segment } from "./addresses";
import { accountBody, teamBody } from "./bodies";
import { paged } from "./page";
import { type Route, repositoryRoute } from "./route";

const AT = "2025-01-01T00:00:00Z";

/** Environments with their rules, and deployment policies. */
export function environmentRoutes(github: GitHubState): readonly Route[] {
  return [
    repositoryRoute(github, /\/environments\/([^/]+)/, (repository, [name]) => {
      const found = find(repository, name);
      return found && describe(github, repository, found);
    }),
    repositoryRoute(
      github,
      /\/environments\/([^/]+)\/deployment-branch-policies/,
      (repository, [name], query) => {
        const policies = find(repository, name)?.policies;
        // https://docs.github.com/rest/deployments/branch-policies
        const page = paged(policies ?? [], query, { standard: 30, most: 100 });
        const described = page.map((it) => ({ ...it, node_id: nodeId("GateBranchPolicy", it.id) }));
        return policies && { total_count: policies.length, branch_policies: described };
      },
    ),
  ];
}

function find({ environments }: Repository, name = ""): Environment | undefined {
  return environments.get(name.toLowerCase());
}

/** https://docs.github.com/rest/deployments/environments */
function describe(github: GitHubState, repository: Repository, found: Environment): object {
  const { name, waitMinutes, reviewers, preventSelfReview, policies, adminsCanBypass } = found;
  const id = [...repository.environments.values()].indexOf(found) + 1;
  const waiting = { type: "wait_timer", wait_timer: waitMinutes };
  const approving = {
    type: "required_reviewers",
    prevent_self_review: preventSelfReview,
    reviewers: reviewers.map((it) => describeReviewer(github, it)),
  };
  return {
    id,
    node_id: nodeId("Environment", id),
    name,
    url: `${repositoryApi(github, repository)}/environments/${segment(name)}`,
    html_url: `${pageOf(github, repository)}/deployments/activity_log?environments_filter=${segment(name)}`,
    created_at: AT,
    updated_at: AT,
    can_admins_bypass: adminsCanBypass,
    // GitHub leaves out a rule that is not set.
    protection_rules: [
      ...(waitMinutes > 0 ? [waiting] : []),
      ...(reviewers.length > 0 ? [approving] : []),
      ...(policies ? [{ type: "branch_policy" }] : []),
    ].map((rule, index) => ({ id: index + 1, node_id: nodeId("Gate", index + 1), ...rule })),
    deployment_branch_policy: policies
      ? { protected_branches: false, custom_branch_policies: true }
      : null,
  };
}

function describeReviewer(github: GitHubState, reviewer: string): object {
  const { type, id = 0, name } = reviewerOf(github, reviewer);
  return {
    type,
    reviewer:
      type === "Team"
        ? teamBody(github, { slug: name, id })
        : accountBody(github, { login: name, id, type }),
  };
}
