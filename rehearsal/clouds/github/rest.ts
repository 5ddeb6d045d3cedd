import type { CloudFunction } from "../table";
import { type GitHubState, notFound, type Repository } from "./state";

type Answer = object | undefined;
type Route = readonly [
  RegExp,
  (repository: Repository, value: string, query: URLSearchParams) => Answer,
];

/** GitHub's GET endpoints that the program asks, under `repos/OWNER/REPOSITORY`. */
function routes(github: GitHubState): readonly Route[] {
  return [
    [/^$/, (repository) => describe(github, repository)],
    [
      /^\/branches\/(.+)$/,
      ({ branches, settings }, branch) =>
        branches.has(branch)
          ? { name: branch, protected: settings.protectedBranches.includes(branch) }
          : undefined,
    ],
    [
      /^\/actions\/oidc\/customization\/sub$/,
      (repository) => ({
        use_default: repository.settings.subjectTemplate === undefined,
        include_claim_keys: repository.settings.subjectTemplate,
        // Known to be false where tokens are immutable all the same (github.md, 1.3).
        use_immutable_subject: false,
        sub_claim_prefix: github.subjectPrefix(repository),
      }),
    ],
    [/^\/actions\/secrets\/([^/]+)$/, ({ secrets }, name) => named(secrets, name)],
    [/^\/actions\/variables\/([^/]+)$/, ({ variables }, name) => named(variables, name)],
    [
      /^\/environments\/([^/]+\/(?:secrets|variables)\/[^/]+)$/,
      ({ environments }, path) => {
        const [environment = "", kind, name = ""] = path.split("/");
        const found = environments.get(environment.toLowerCase());
        return found && named(kind === "secrets" ? found.secrets : found.variables, name);
      },
    ],
    [
      /^\/contents\/(.+)$/,
      ({ branches, settings }, path, query) => {
        const content = branches.get(query.get("ref") ?? settings.defaultBranch)?.get(path);
        if (content === undefined) return undefined;
        const encoded = Buffer.from(content).toString("base64");
        return { path, encoding: "base64", content: encoded.replace(/(.{60})/g, "$1\n") };
      },
    ],
    [
      /^\/environments\/([^/]+)$/,
      ({ environments }, name) => {
        const found = environments.get(name.toLowerCase());
        return (
          found && {
            name: found.name,
            deployment_branch_policy: found.policies
              ? { protected_branches: false, custom_branch_policies: true }
              : null,
          }
        );
      },
    ],
    [
      /^\/environments\/([^/]+)\/deployment-branch-policies$/,
      ({ environments }, name) => {
        const policies = environments.get(name.toLowerCase())?.policies;
        return policies && { total_count: policies.length, branch_policies: policies };
      },
    ],
  ];
}

function named(held: ReadonlyMap<string, unknown>, name: string): Answer {
  return held.has(name.toUpperCase()) ? { name: name.toUpperCase() } : undefined;
}

/** `getRestApi`: a 404 is an answer and not an error (github.md, 1.3). */
export function restApi(github: GitHubState): CloudFunction {
  const table = routes(github);
  return {
    token: "github:index/getRestApi:getRestApi",
    call({ endpoint }) {
      const [path = "", query] = (endpoint as string).split("?");
      const answer = ask(github, table, decodeURIComponent(path), new URLSearchParams(query));
      return {
        id: "0000:0000",
        endpoint,
        code: answer ? 200 : 404,
        status: answer ? "200 OK" : "404 Not Found",
        headers: "{}",
        body: JSON.stringify(answer ?? { message: "Not Found" }),
      };
    },
  };
}

function ask(github: GitHubState, table: readonly Route[], path: string, query: URLSearchParams) {
  const [, owner, name, rest = ""] = /^repos\/([^/]+)\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  if (!owner || !name) throw notFound(`the embedded github does not serve GET ${path}`);
  for (const [pattern, answer] of table) {
    const match = pattern.exec(rest);
    if (!match) continue;
    const own = owner.toLowerCase() === github.owner.login.toLowerCase();
    const repository = own ? github.find(name) : undefined;
    return repository && answer(repository, match[1] ?? "", query);
  }
  throw notFound(`the embedded github does not serve GET ${path}`);
}

function describe(github: GitHubState, { settings }: Repository): object {
  const { login, id, type } = github.owner;
  const fullName = `${login}/${settings.name}`;
  return {
    id: settings.id,
    name: settings.name,
    full_name: fullName,
    private: settings.private,
    archived: settings.archived,
    default_branch: settings.defaultBranch,
    html_url: `https://github.com/${fullName}`,
    owner: { login, id, type },
  };
}
