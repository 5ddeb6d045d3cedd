import { changesOf, headSha } from "../history";
import type { PullRequest, Repository } from "../model";
import type { GitHubState } from "../state";
import { nodeId, pageOf, repositoryApi } from "./addresses";
import { ownerBody, repositoryBody } from "./bodies";
import { type Route, repositoryRoute } from "./route";

/** Pull requests on a page, by default. https://docs.github.com/rest/pulls/pulls */
const PAGE = 30;
const AT = "2025-01-01T00:00:00Z";

/** Pull requests. A list starts with the newest. */
export function pullRoutes(github: GitHubState): readonly Route[] {
  return [
    repositoryRoute(github, /\/pulls\/(\d+)/, (repository, [number]) => {
      const pull = repository.pullRequests.get(Number(number));
      return pull && { ...describe(github, repository, pull), ...details(repository, pull) };
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
        .map((pull) => describe(github, repository, pull));
    }),
  ];
}

/** `OWNER:BRANCH`. */
function splitHead(head: string | null): readonly [owner?: string, branch?: string] {
  const [, owner, branch] = /^([^:]+):(.+)$/.exec(head ?? "") ?? [];
  return [owner?.toLowerCase(), branch];
}

/** The schema `pull-request-simple`. */
function describe(github: GitHubState, repository: Repository, pull: PullRequest): object {
  const { number, title, body, state } = pull;
  const [api, page] = [repositoryApi(github, repository), pageOf(github, repository)];
  const [url, html, issue] = [
    `${api}/pulls/${number}`,
    `${page}/pull/${number}`,
    `${api}/issues/${number}`,
  ];
  const user = ownerBody(github);
  const closed = state === "closed" ? AT : null;
  const end = (ref: string) => ({
    label: `${github.owner.login}:${ref}`,
    ref,
    sha: headSha(repository, ref) ?? "0".repeat(40),
    user,
    repo: repositoryBody(github, repository),
  });
  const sha = headSha(repository, pull.head) ?? "0".repeat(40);
  const links = {
    self: url,
    html,
    issue,
    comments: `${issue}/comments`,
    commits: `${url}/commits`,
    statuses: `${api}/statuses/${sha}`,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
  };
  return {
    id: 1_000_000 + number,
    node_id: nodeId("PullRequest", number),
    number,
    title,
    body,
    state,
    locked: false,
    draft: false,
    user,
    url,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    ...Object.fromEntries(
      Object.entries(links)
        .filter(([name]) => name.includes("comment") || name === "commits" || name === "statuses")
        .map(([name, address]) => [`${name}_url`, address]),
    ),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    head: end(pull.head),
    base: end(pull.base),
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    auto_merge: null,
    author_association: "OWNER",
    merge_commit_sha: null,
    created_at: AT,
    updated_at: AT,
    closed_at: closed,
    merged_at: pull.merged ? AT : null,
  };
}

/** What only the answer about one pull request has: the schema `pull-request`. */
function details(repository: Repository, { head, base, merged, state }: PullRequest): object {
  const files = changesOf(repository, head, base).size;
  return {
    merged,
    merged_by: null,
    mergeable: state === "open" ? true : null,
    mergeable_state: state === "open" ? "clean" : "unknown",
    rebaseable: null,
    maintainer_can_modify: false,
    additions: files,
    deletions: 0,
    changed_files: files,
    commits: files,
    comments: 0,
    review_comments: 0,
  };
}
