import type { Kind, OrganizationValue, Repository, Stored } from "../model";
import type { GitHubState } from "../state";
import { apiOf } from "./addresses";
import { type PageSize, paged } from "./page";
import { type Answer, isOwner, type Route, repositoryRoute } from "./route";

/**
 * https://docs.github.com/rest/actions/secrets and https://docs.github.com/rest/actions/variables
 */
const PAGES: Readonly<Record<Kind, PageSize>> = {
  secrets: { standard: 30, most: 100 },
  variables: { standard: 10, most: 30 },
};

type Held<T extends Stored = Stored> = ReadonlyMap<string, T>;
type More<T extends Stored> = (name: string, value: T) => object;
const NO_MORE = () => ({});

/** The secrets and variables of a repository, an environment, and an organization. */
export function valueRoutes(github: GitHubState): readonly Route[] {
  const environment = ({ environments }: Repository, name = "") =>
    environments.get(name.toLowerCase());
  const ofOrganization = (rest: RegExp, answer: Route["answer"]): Route => ({
    pattern: new RegExp(`^orgs/([^/]+)/actions/(secrets|variables)${rest.source}$`),
    answer: ([login = "", ...parts], query) =>
      github.owner.type === "Organization" && isOwner(github, login)
        ? answer(parts, query)
        : undefined,
  });
  const shown =
    (kind = ""): More<OrganizationValue> =>
    (name, { visibility }) => ({
      visibility,
      ...(visibility === "selected" && {
        selected_repositories_url: `${apiOf(github)}/orgs/${github.owner.login}/actions/${kind}/${name}/repositories`,
      }),
    });
  return [
    repositoryRoute(github, /\/actions\/(secrets|variables)/, (repository, [kind], query) =>
      list(kind as Kind, repository[kind as Kind], query),
    ),
    repositoryRoute(github, /\/actions\/(secrets|variables)\/([^/]+)/, (repository, [kind, name]) =>
      one(kind as Kind, repository[kind as Kind], name),
    ),
    repositoryRoute(
      github,
      /\/environments\/([^/]+)\/(secrets|variables)/,
      (repository, [name, kind], query) => {
        const found = environment(repository, name);
        return found && list(kind as Kind, found[kind as Kind], query);
      },
    ),
    repositoryRoute(
      github,
      /\/environments\/([^/]+)\/(secrets|variables)\/([^/]+)/,
      (repository, [name, kind, value]) =>
        one(kind as Kind, environment(repository, name)?.[kind as Kind], value),
    ),
    ofOrganization(/(?:)/, ([kind], query) =>
      list(kind as Kind, github.organization[kind as Kind], query, shown(kind)),
    ),
    ofOrganization(/\/([^/]+)/, ([kind, name]) =>
      one(kind as Kind, github.organization[kind as Kind], name, shown(kind)),
    ),
  ];
}

/** GitHub does not document an order; it lists by name. */
function list<T extends Stored>(
  kind: Kind,
  all: Held<T>,
  query: URLSearchParams,
  more: More<T> = NO_MORE,
): Answer {
  const names = [...all.keys()].sort();
  const described = paged(names, query, PAGES[kind]).map((name) => one(kind, all, name, more));
  return { total_count: names.length, [kind]: described };
}

/** A secret or a variable, by its name in any case. */
function one<T extends Stored>(
  kind: Kind,
  all: Held<T> | undefined,
  wanted = "",
  more: More<T> = NO_MORE,
): Answer {
  const name = wanted.toUpperCase();
  const it = all?.get(name);
  if (!it) return undefined;
  const value = kind === "variables" ? { value: it.value } : {};
  return { name, ...value, created_at: it.createdAt, updated_at: it.updatedAt, ...more(name, it) };
}
