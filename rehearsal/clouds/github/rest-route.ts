import type { Repository } from "./model";
import type { GitHubState } from "./state";

/** undefined is GitHub's 404. */
export type Answer = object | undefined;

/** A GET endpoint: what its path looks like, and what it answers to the path's parts. */
export interface Route {
  readonly pattern: RegExp;
  answer(parts: readonly string[], query: URLSearchParams): Answer;
}

/** An endpoint under `repos/OWNER/REPOSITORY`; of other owners nothing is known. */
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

/** The page of a repository. */
export function pageOf({ host, owner }: GitHubState, { settings }: Repository): string {
  return `https://${host}/${owner.login}/${settings.name}`;
}

/** A secret or a variable, by its name in any case. */
export function named(held: ReadonlyMap<string, unknown> | undefined, name = ""): Answer {
  return held?.has(name.toUpperCase()) ? { name: name.toUpperCase() } : undefined;
}
