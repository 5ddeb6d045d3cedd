import type { Kind, OrganizationValue, Stored } from "./model";
import { type PageSize, paged } from "./rest-page";
import { apiOf, isOwner, type Route, repositoryRoute } from "./rest-route";
import type { GitHubState } from "./state";

/**
 * https://docs.github.com/rest/actions/secrets and https://docs.github.com/rest/actions/variables
 */
const PAGES: Readonly<Record<Kind, PageSize>> = {
  secrets: { standard: 30, most: 100 },
  variables: { standard: 10, most: 30 },
};

/** Lists of the secrets and variables of a repository, an environment and an organization. */
export function valueRoutes(github: GitHubState): readonly Route[] {
  return [
    repositoryRoute(github, /\/actions\/(secrets|variables)/, (repository, [kind], query) =>
      list(kind as Kind, repository[kind as Kind], query),
    ),
    repositoryRoute(
      github,
      /\/environments\/([^/]+)\/(secrets|variables)/,
      ({ environments }, [name = "", kind], query) => {
        const found = environments.get(name.toLowerCase());
        return found && list(kind as Kind, found[kind as Kind], query);
      },
    ),
    {
      pattern: /^orgs\/([^/]+)\/actions\/(secrets|variables)$/,
      answer([name = "", kind], query) {
        const known = github.owner.type === "Organization" && isOwner(github, name);
        if (!known) return undefined;
        const { login } = github.owner;
        const base = `${apiOf(github)}/orgs/${login}/actions/${kind}`;
        return list(kind as Kind, github.organization[kind as Kind], query, (value, it) =>
          shownTo(it, `${base}/${value}/repositories`),
        );
      },
    },
  ];
}

/** GitHub does not document an order; it lists by name. */
function list<T extends Stored>(
  kind: Kind,
  all: ReadonlyMap<string, T>,
  query: URLSearchParams,
  more: (name: string, value: T) => object = () => ({}),
): object {
  const names = [...all.keys()].sort();
  const described = paged(names, query, PAGES[kind]).map((name) => {
    const it = all.get(name) as T;
    const value = kind === "variables" ? { value: it.value } : {};
    const times = { created_at: it.createdAt, updated_at: it.updatedAt };
    return { name, ...value, ...times, ...more(name, it) };
  });
  return { total_count: names.length, [kind]: described };
}

function shownTo({ visibility }: OrganizationValue, repositories: string): object {
  return {
    visibility,
    ...(visibility === "selected" && { selected_repositories_url: repositories }),
  };
}
