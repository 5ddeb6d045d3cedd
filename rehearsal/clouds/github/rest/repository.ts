import type { Repository } from "../model";
import { rulesetsOn } from "../rules/rulesets";
import { type GitHubState, PAID } from "../state";
import { pageOf, repositoryApi, segment } from "./addresses";
import { headBody, repositoryBody } from "./bodies";
import { type Route, repositoryRoute } from "./route";

/** A repository, its branches, and its subject template. */
export function repositoryRoutes(github: GitHubState): readonly Route[] {
  return [
    repositoryRoute(github, /(?:)/, (repository) => repositoryBody(github, repository)),
    repositoryRoute(github, /\/branches\/(.+)/, (repository, [wanted = ""]) => {
      const { branches, renamedBranches } = repository;
      const name = branches.has(wanted) ? wanted : (renamedBranches.get(wanted) ?? wanted);
      return branches.has(name) ? branch(github, repository, name) : undefined;
    }),
    repositoryRoute(github, /\/actions\/oidc\/customization\/sub/, (repository) =>
      subject(github, repository),
    ),
  ];
}

/**
 * A ruleset alone makes a branch protected: https://github.com/hub4j/github-api/issues/2062. The field
 * `protection` is about classic protection. Its form: https://github.com/brekkylab/backlot/issues/120.
 */
function branch(github: GitHubState, repository: Repository, name: string): object {
  const classic = repository.settings.protectedBranches.includes(name);
  const ruled = !github.withheld(repository, PAID) && rulesetsOn(repository, name).length > 0;
  const self = `${repositoryApi(github, repository)}/branches/${segment(name)}`;
  return {
    name,
    commit: headBody(github, repository, name),
    _links: { self, html: `${pageOf(github, repository)}/tree/${segment(name)}` },
    protected: classic || ruled,
    protection: {
      enabled: classic,
      required_status_checks: { enforcement_level: "off", contexts: [], checks: [] },
    },
    protection_url: `${self}/protection`,
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
