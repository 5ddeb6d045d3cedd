import { CloudError } from "../../table";
import type { Repository } from "../model";
import type { GitHubState } from "../state";
import { repositoryApi } from "./addresses";
import { type Route, repositoryRoute } from "./route";

/**
 * Which actions a repository allows. https://docs.github.com/rest/actions/permissions, which requires
 * the permission "Administration" to read. The text of the refusal is the one of other endpoints.
 */
export function actionsRoutes(github: GitHubState): readonly Route[] {
  const readable = ({ settings }: Repository, rest: string) => {
    if (!settings.actionsPolicyHidden) return;
    const why = "Resource not accessible by personal access token";
    const get = `GET repos/${github.owner.login}/${settings.name}/actions/permissions${rest}`;
    throw new CloudError("403", `${get}: 403 ${why} []`);
  };
  return [
    repositoryRoute(github, /\/actions\/permissions/, (repository) => {
      readable(repository, "");
      const { actionsEnabled: enabled, allowedActions, requireShaPins } = repository.settings;
      const url = `${repositoryApi(github, repository)}/actions/permissions/selected-actions`;
      return {
        enabled,
        // GitHub leaves out the rest if Actions is disabled (u).
        ...(enabled && { allowed_actions: allowedActions, sha_pinning_required: requireShaPins }),
        ...(enabled && allowedActions === "selected" && { selected_actions_url: url }),
      };
    }),
    repositoryRoute(github, /\/actions\/permissions\/selected-actions/, (repository) => {
      readable(repository, "/selected-actions");
      const { settings } = repository;
      if (!settings.actionsEnabled || settings.allowedActions !== "selected") {
        // The description has no 409, and public imitations of GitHub do (u).
        const get = `GET repos/${github.owner.login}/${settings.name}/actions/permissions/selected-actions`;
        throw new CloudError("409", `${get}: 409 Conflict []`);
      }
      const { githubOwned, verified, patterns } = settings.selectedActions;
      return {
        github_owned_allowed: githubOwned,
        verified_allowed: verified,
        patterns_allowed: patterns,
      };
    }),
  ];
}
