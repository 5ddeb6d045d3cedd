import { CloudError } from "../../table";
import type { Repository } from "../model";
import { rulesOf } from "../rules/parameters";
import { type Numbered, numbered, type Ruleset, rulesetsOn } from "../rules/rulesets";
import { type GitHubState, PAID } from "../state";
import { nodeId, pageOf, repositoryApi, segment } from "./addresses";
import { paged, refuseOthers } from "./page";
import { Missing, type Route, repositoryRoute } from "./route";

const PAGE = { standard: 30, most: 100 };
const AT = "2025-01-01T00:00:00Z";

/** Rulesets, and classic branch protection. https://docs.github.com/rest/repos/rules */
export function ruleRoutes(github: GitHubState): readonly Route[] {
  const nameOf = ({ settings }: Repository) => `${github.owner.login}/${settings.name}`;
  const paid = (repository: Repository) => {
    if (!github.withheld(repository, PAID)) return;
    // From https://github.com/F-U-S-E-E/FuseDevelopmentGroup/issues/58. `getRestApi` fails.
    const why = "Upgrade to GitHub Pro or make this repository public to enable this feature.";
    throw new CloudError("403", `GET repos/${nameOf(repository)}: 403 ${why} []`);
  };
  const sourceOf = (repository: Repository, { source }: Ruleset) =>
    source === "Organization" ? github.owner.login : nameOf(repository);
  const entry = (repository: Repository, { id, ruleset }: Numbered) => ({
    id,
    name: ruleset.name,
    target: ruleset.target,
    source_type: ruleset.source,
    source: sourceOf(repository, ruleset),
    enforcement: ruleset.enforcement,
    node_id: nodeId("RepositoryRuleset", id),
    _links: {
      self: { href: `${repositoryApi(github, repository)}/rulesets/${id}` },
      html: { href: `${pageOf(github, repository)}/rules/${id}` },
    },
    created_at: AT,
    updated_at: AT,
  });
  return [
    repositoryRoute(github, /\/rules\/branches\/(.+)/, (repository, [branch = ""], query) => {
      paid(repository);
      const all = rulesetsOn(repository, branch).flatMap(({ id, ruleset }) =>
        rulesOf(ruleset).map((rule) => ({
          ...rule,
          ruleset_source_type: ruleset.source,
          ruleset_source: sourceOf(repository, ruleset),
          ruleset_id: id,
        })),
      );
      return paged(all, query, PAGE);
    }),
    repositoryRoute(github, /\/rulesets/, (repository, _, query) => {
      paid(repository);
      refuseOthers(query, ["includes_parents", "targets", "per_page", "page"]);
      const targets = query.get("targets")?.split(",");
      const own = query.get("includes_parents") === "false";
      const all = numbered(repository)
        .filter(({ ruleset }) => targets?.includes(ruleset.target) ?? true)
        .filter(({ ruleset }) => !own || ruleset.source === "Repository")
        .map((it) => entry(repository, it));
      return paged(all, pagesOf(query), PAGE);
    }),
    repositoryRoute(github, /\/rulesets\/(\d+)/, (repository, [id]) => {
      paid(repository);
      const found = numbered(repository).find((it) => it.id === Number(id));
      if (!found) return undefined;
      const { ruleset } = found;
      return {
        ...entry(repository, found),
        conditions: conditionsOf(ruleset),
        rules: rulesOf(ruleset),
        // GitHub answers it at this endpoint, also for an organization's rulesets.
        current_user_can_bypass: ruleset.bypass,
      };
    }),
    repositoryRoute(github, /\/branches\/(.+)\/protection/, (repository, [branch = ""]) => {
      paid(repository);
      if (!repository.branches.has(branch)) return new Missing("Branch not found");
      // From https://github.com/hub4j/github-api/issues/2062.
      if (!repository.settings.protectedBranches.includes(branch)) {
        return new Missing("Branch not protected");
      }
      const url = `${repositoryApi(github, repository)}/branches/${segment(branch)}/protection`;
      return {
        url,
        required_pull_request_reviews: {
          url: `${url}/required_pull_request_reviews`,
          dismiss_stale_reviews: false,
          require_code_owner_reviews: false,
          require_last_push_approval: false,
          required_approving_review_count: 1,
        },
        enforce_admins: { url: `${url}/enforce_admins`, enabled: true },
        required_linear_history: { enabled: false },
        allow_force_pushes: { enabled: false },
        allow_deletions: { enabled: false },
      };
    }),
  ];
}

/** A push ruleset has no conditions. */
function conditionsOf({ target, branches, except }: Ruleset): object | null {
  if (target === "push") return null;
  const prefix = target === "tag" ? "refs/tags/" : "refs/heads/";
  const named = (it: string) => (/^(~|refs\/)/.test(it) ? it : prefix + it);
  return { ref_name: { include: branches.map(named), exclude: except.map(named) } };
}

function pagesOf(query: URLSearchParams): URLSearchParams {
  const own = [...query].filter(([key]) => key === "per_page" || key === "page");
  return new URLSearchParams(own);
}
