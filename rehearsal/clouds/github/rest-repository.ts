import type { Repository } from "./model";
import { type Answer, isOwner, named, pageOf, type Route, repositoryRoute } from "./rest-route";
import type { GitHubState } from "./state";

/** A repository, its branches, single values, files, and its subject template. */
export function repositoryRoutes(github: GitHubState): readonly Route[] {
  return [
    repositoryRoute(github, /(?:)/, (repository) => describe(github, repository)),
    repositoryRoute(github, /\/branches\/(.+)/, (repository, [wanted = ""]) => {
      const { branches, renamedBranches, settings } = repository;
      const name = branches.has(wanted) ? wanted : (renamedBranches.get(wanted) ?? wanted);
      const isProtected = settings.protectedBranches.includes(name);
      return branches.has(name) ? { name, protected: isProtected } : undefined;
    }),
    repositoryRoute(github, /\/actions\/oidc\/customization\/sub/, (repository) =>
      subject(github, repository),
    ),
    repositoryRoute(github, /\/actions\/secrets\/([^/]+)/, ({ secrets }, [name]) =>
      named(secrets, name),
    ),
    repositoryRoute(github, /\/actions\/variables\/([^/]+)/, ({ variables }, [name]) =>
      named(variables, name),
    ),
    {
      pattern: /^repos\/([^/]+)\/([^/]+)\/contents\/(.+)$/,
      answer: ([owner = "", name = "", path = ""], query) =>
        contents(github, { owner, name, path }, query.get("ref")),
    },
  ];
}

function describe(github: GitHubState, repository: Repository): object {
  const { login, id, type } = github.owner;
  const { settings } = repository;
  return {
    id: settings.id,
    name: settings.name,
    full_name: `${login}/${settings.name}`,
    private: settings.private,
    visibility: settings.private ? "private" : "public",
    archived: settings.archived,
    default_branch: settings.defaultBranch,
    html_url: pageOf(github, repository),
    owner: { login, id, type },
  };
}

/**
 * A GitHub Enterprise Server does not answer the fields of immutable subjects.
 * https://learn.microsoft.com/entra/workload-id/workload-identities-github-immutable-subjects
 */
function subject(github: GitHubState, repository: Repository): object {
  return {
    use_default: repository.subjectTemplate === undefined,
    include_claim_keys: repository.subjectTemplate,
    ...(github.host === "github.com" && {
      // Reported to be false although tokens are immutable:
      // https://github.com/Azure/azure-dev/issues/9382
      use_immutable_subject: false,
      sub_claim_prefix: github.subjectPrefix(repository),
    }),
  };
}

/** A file of a repository, or a reusable workflow of the world. */
function contents(
  github: GitHubState,
  { owner, name, path }: { owner: string; name: string; path: string },
  ref: string | null,
): Answer {
  const own = isOwner(github, owner) ? github.find(name) : undefined;
  const branch = ref?.replace(/^refs\/heads\//, "") ?? own?.settings.defaultBranch ?? "";
  const wanted = `${`${owner}/${name}`.toLowerCase()}/${path}@${ref}`;
  const callable = Object.entries(github.callableWorkflows).find(
    ([key]) => key.replace(/^[^/]+\/[^/]+/, (repository) => repository.toLowerCase()) === wanted,
  );
  const content = own?.branches.get(branch)?.get(path) ?? callable?.[1];
  if (content === undefined) return undefined;
  const encoded = Buffer.from(content).toString("base64");
  return { path, encoding: "base64", content: encoded.replace(/(.{60})/g, "$1\n") };
}
