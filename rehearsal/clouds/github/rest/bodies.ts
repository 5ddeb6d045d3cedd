import { headSha } from "../history";
import type { Repository } from "../model";
import { visibilityOf } from "../repository/visibility";
import type { GitHubState } from "../state";
import { apiOf, nodeId, webOf } from "./addresses";

/**
 * Complete bodies for what the answers have in common. What a rehearsal does not know has a plausible
 * value. The fields are those of https://github.com/github/rest-api-description, as in npm
 * @octokit/openapi 23.0.2.
 */
const AT = "2025-01-01T00:00:00Z";
const TIMES = { created_at: AT, updated_at: AT };

const ACCOUNT =
  "organizations subscriptions repos received_events events followers following gists starred";
const ORGANIZATION = "events hooks issues members public_members repos";
const REPOSITORY =
  "archive assignees blobs branches collaborators comments commits compare contents contributors deployments downloads events forks git_commits git_refs git_tags hooks issue_comment issue_events issues keys labels languages merges milestones notifications pulls releases stargazers statuses subscribers subscription tags teams trees";

/** Addresses below another one, by the names of fields: `forks_url: BASE/forks`. */
export function addresses(base: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(" ").map((name) => [`${name}_url`, `${base}/${name}`]));
}

interface Account {
  readonly login: string;
  readonly id: number;
  readonly type: "User" | "Organization";
}

/** A user or an organization, as other answers contain it: the schema `simple-user`. */
export function accountBody(github: GitHubState, { login, id, type }: Account): object {
  const url = `${apiOf(github)}/users/${login}`;
  return {
    login,
    id,
    type,
    node_id: nodeId(type, id),
    gravatar_id: "",
    site_admin: false,
    url,
    html_url: `${webOf(github)}/${login}`,
    avatar_url: `${webOf(github)}/avatars/u/${id}`,
    ...addresses(url, ACCOUNT),
  };
}

export function ownerBody(github: GitHubState): object {
  return accountBody(github, github.owner);
}

/** The page of a user: the schema `public-user`. Only the account itself is told its plan. */
export function userBody(github: GitHubState, account: Account, plan?: string): object {
  return {
    ...accountBody(github, account),
    name: null,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 1,
    public_gists: 0,
    followers: 0,
    following: 0,
    ...TIMES,
    ...(plan && { plan: { name: plan, space: 976562499, private_repos: 9999, collaborators: 0 } }),
  };
}

/** The schema `organization-full`. */
export function organizationBody(github: GitHubState): object {
  const { login, id, plan } = github.owner;
  const url = `${apiOf(github)}/orgs/${login}`;
  return {
    login,
    id,
    node_id: nodeId("Organization", id),
    type: "Organization",
    url,
    html_url: `${webOf(github)}/${login}`,
    avatar_url: `${webOf(github)}/avatars/u/${id}`,
    ...addresses(url, ORGANIZATION),
    description: null,
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: 1,
    public_gists: 0,
    followers: 0,
    following: 0,
    archived_at: null,
    ...TIMES,
    plan: { name: plan, space: 976562499, private_repos: 999999, filled_seats: 1, seats: 5 },
  };
}

/** A team, as a reviewer: the schema `team`. */
export function teamBody(github: GitHubState, { slug, id }: { slug: string; id: number }) {
  const { login } = github.owner;
  const url = `${apiOf(github)}/orgs/${login}/teams/${slug}`;
  return {
    id,
    slug,
    name: slug,
    node_id: nodeId("Team", id),
    description: null,
    privacy: "closed",
    notification_setting: "notifications_enabled",
    permission: "push",
    type: "organization",
    url,
    html_url: `${webOf(github)}/orgs/${login}/teams/${slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    parent: null,
  };
}

/** The schema `team-full`. */
export function wholeTeamBody(github: GitHubState, team: { slug: string; id: number }): object {
  const counts = { members_count: 1, repos_count: 1 };
  return { ...teamBody(github, team), ...counts, ...TIMES, organization: organizationBody(github) };
}

/** The schema `full-repository`, which also fits where less is required. */
export function repositoryBody(github: GitHubState, repository: Repository): object {
  const { settings, about } = repository;
  const name = `${github.owner.login}/${settings.name}`;
  const [api, web] = [`${apiOf(github)}/repos/${name}`, `${webOf(github)}/${name}`];
  return {
    ...about,
    id: settings.id,
    node_id: nodeId("Repository", settings.id),
    name: settings.name,
    full_name: name,
    owner: ownerBody(github),
    private: settings.private,
    visibility: visibilityOf(repository),
    archived: settings.archived,
    disabled: false,
    fork: false,
    default_branch: settings.defaultBranch,
    url: api,
    html_url: web,
    ...addresses(api, REPOSITORY),
    clone_url: `${web}.git`,
    git_url: `git://${github.host}/${name}.git`,
    ssh_url: `git@${github.host}:${name}.git`,
    svn_url: web,
    mirror_url: null,
    // GitHub has no empty texts.
    description: about.description || null,
    homepage: about.homepage || null,
    // Private forks depend on a setting of the owner (u).
    allow_forking: !settings.private,
    language: null,
    license: null,
    size: 1,
    ...all("forks stargazers watchers open_issues network subscribers", (it) => `${it}_count`, 0),
    forks: 0,
    watchers: 0,
    open_issues: 0,
    has_pages: false,
    ...TIMES,
    pushed_at: AT,
    permissions: { admin: true, maintain: true, push: true, triage: true, pull: true },
  };
}

function all<T>(names: string, named: (name: string) => string, value: T): Record<string, T> {
  return Object.fromEntries(names.split(" ").map((name) => [named(name), value]));
}

/** The commit at the head of a branch: the schema `commit`. */
export function headBody(github: GitHubState, repository: Repository, branch: string): object {
  const sha = headSha(repository, branch) ?? "";
  const name = `${github.owner.login}/${repository.settings.name}`;
  const [api, web] = [`${apiOf(github)}/repos/${name}`, `${webOf(github)}/${name}`];
  const person = { name: "Deployer", email: "deployer@contoso.com", date: AT };
  return {
    sha,
    node_id: nodeId("Commit", sha),
    url: `${api}/commits/${sha}`,
    html_url: `${web}/commit/${sha}`,
    comments_url: `${api}/commits/${sha}/comments`,
    author: ownerBody(github),
    committer: ownerBody(github),
    parents: [],
    commit: {
      author: person,
      committer: person,
      message: repository.commits.filter((it) => it.branch === branch).at(-1)?.message ?? "Begin",
      comment_count: 0,
      tree: { sha, url: `${api}/git/trees/${sha}` },
      url: `${api}/git/commits/${sha}`,
    },
  };
}
