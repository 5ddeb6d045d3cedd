import type { Repository } from "../model";
import type { GitHubState } from "../state";

/** A 404 with a text of its own. */
export class Missing {
  constructor(readonly message: string) {}
}

/** The body of an answer. Undefined is GitHub's 404. */
export type Answer = object | Missing | undefined;

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
