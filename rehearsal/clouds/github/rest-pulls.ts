import type { PullRequest, Repository } from "./model";
import { pageOf, type Route, repositoryRoute } from "./rest-route";
import type { GitHubState } from "./state";

/** Pull requests on a page, by default. https://docs.github.com/rest/pulls/pulls */
const PAGE = 30;

/** Pull requests. A list starts with the newest. */
export function pullRoutes(github: GitHubState): readonly Route[] {
  const describe = (repository: Repository, pull: PullRequest) => ({
    number: pull.number,
    title: pull.title,
    state: pull.state,
    merged: pull.merged,
    html_url: `${pageOf(github, repository)}/pull/${pull.number}`,
    head: { ref: pull.head },
    base: { ref: pull.base },
  });
  return [
    repositoryRoute(github, /\/pulls\/(\d+)/, (repository, [number]) => {
      const pull = repository.pullRequests.get(Number(number));
      return pull && describe(repository, pull);
    }),
    repositoryRoute(github, /\/pulls/, (repository, _, query) => {
      const state = query.get("state") ?? "open";
      const [owner, head] = splitHead(query.get("head"));
      return [...repository.pullRequests.values()]
        .filter((it) => state === "all" || it.state === state)
        .filter((it) => head === undefined || it.head === head)
        .filter(() => owner === undefined || owner === github.owner.login.toLowerCase())
        .sort((one, other) => other.number - one.number)
        .slice(0, Number(query.get("per_page") ?? PAGE))
        .map((pull) => describe(repository, pull));
    }),
  ];
}

/** `OWNER:BRANCH`. */
function splitHead(head: string | null): readonly [owner?: string, branch?: string] {
  const [, owner, branch] = /^([^:]+):(.+)$/.exec(head ?? "") ?? [];
  return [owner?.toLowerCase(), branch];
}
