import type { Repository } from "./model";
import type { GitHubState } from "./state";

/** The body of an answer. Undefined is GitHub's 404. */
export type Answer = object | undefined;

/** A GET endpoint: the pattern of its path, and its answer. */
export interface Route {
  readonly pattern: RegExp;
  answer(parts: readonly string[], query: URLSearchParams): Answer;
}

/** An endpoint under `repos/OWNER/REPOSITORY`. Other owners have no repositories. */
export function repositoryRoute(
  github: GitHubState,
  rest: RegExp,
  answer: (repository: Repository, parts: readonly string[], query: URLSearchParams) => Answer,
): Route {
  return {
    pattern: new RegExp(`^repos/([^/]+)/([^/]+)${rest.source}$`),
    answer([owner = "", name = "", ...parts], query) {
      const repository = isOwner(github, owner) ? github.find(name) : undefined;
      return repository && answer(repository, parts, query);
    },
  };
}

export function isOwner(github: GitHubState, login: string): boolean {
  return login.toLowerCase() === github.owner.login.toLowerCase();
}

/** The web page of a repository. */
export function pageOf({ host, owner }: GitHubState, { settings }: Repository): string {
  return `https://${host}/${owner.login}/${settings.name}`;
}

/**
 * The root of the REST API. https://docs.github.com/enterprise-server/rest/quickstart and
 * https://docs.github.com/enterprise-cloud@latest/admin/data-residency for other hosts.
 */
export function apiOf({ host }: GitHubState): string {
  const isCloud = host === "github.com" || host.endsWith(".ghe.com");
  return isCloud ? `https://api.${host}` : `https://${host}/api/v3`;
}

/** A secret or a variable, by its name in any case. */
export function named(held: ReadonlyMap<string, unknown> | undefined, name = ""): Answer {
  return held?.has(name.toUpperCase()) ? { name: name.toUpperCase() } : undefined;
}
