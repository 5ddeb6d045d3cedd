import { CloudError } from "../table";
import type { Repository } from "./model";
import { type Route, repositoryRoute } from "./rest-route";
import { rulesetsOn } from "./rules";
import { type GitHubState, PAID } from "./state";

/** Rulesets, and classic branch protection. https://docs.github.com/rest/repos/rules */
export function ruleRoutes(github: GitHubState): readonly Route[] {
  const paid = (repository: Repository) => {
    if (!github.withheld(repository, PAID)) return;
    // From https://github.com/F-U-S-E-E/FuseDevelopmentGroup/issues/58. `getRestApi` fails.
    const why = "Upgrade to GitHub Pro or make this repository public to enable this feature.";
    throw new CloudError("403", `GET repos/${nameOf(repository)}: 403 ${why} []`);
  };
  const nameOf = ({ settings }: Repository) => `${github.owner.login}/${settings.name}`;
  return [
    repositoryRoute(github, /\/rules\/branches\/(.+)/, (repository, [branch = ""]) => {
      paid(repository);
      return rulesetsOn(repository, branch).flatMap(({ id, ruleset }) =>
        ruleset.rules.map((type) => ({
          type,
          ruleset_id: id,
          ruleset_source: nameOf(repository),
          ruleset_source_type: "Repository",
        })),
      );
    }),
    repositoryRoute(github, /\/rulesets\/(\d+)/, (repository, [id]) => {
      paid(repository);
      const found = repository.settings.rulesets[Number(id) - 1];
      return (
        found && {
          id: Number(id),
          name: found.name,
          enforcement: "active",
          current_user_can_bypass: found.bypass,
        }
      );
    }),
    repositoryRoute(github, /\/branches\/(.+)\/protection/, (repository, [branch = ""]) => {
      paid(repository);
      return repository.settings.protectedBranches.includes(branch)
        ? { required_pull_request_reviews: { required_approving_review_count: 1 } }
        : undefined;
    }),
  ];
}
