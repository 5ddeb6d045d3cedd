import { CloudError } from "../../table";
import { headSha } from "../history";
import type { Repository } from "../model";
import { refPath } from "../requests";
import type { GitHubState } from "../state";
import { apiOf } from "./addresses";
import { refuseOthers } from "./page";
import { type Route, repositoryRoute } from "./route";

/** https://docs.github.com/rest/git/refs#list-matching-references, for branches. */
export function refRoutes(github: GitHubState): readonly Route[] {
  return [
    repositoryRoute(
      github,
      /\/git\/matching-refs\/heads\/(.+)/,
      (repository, [prefix = ""], query) => {
        refuseOthers(query, []);
        const { branches, settings } = repository;
        const name = `${github.owner.login}/${settings.name}`;
        if (branches.size === 0) {
          // https://docs.github.com/rest/guides/using-the-rest-api-to-interact-with-your-git-database
          const get = `GET repos/${name}/git/matching-refs/heads/${prefix}`;
          throw new CloudError("409", `${get}: 409 Git Repository is empty. []`);
        }
        const names = [...branches.keys()].filter((it) => it.startsWith(prefix)).sort();
        return names.map((branch) =>
          describe(`${apiOf(github)}/repos/${name}/git`, repository, branch),
        );
      },
    ),
  ];
}

function describe(git: string, repository: Repository, branch: string): object {
  const ref = `refs/heads/${branch}`;
  const sha = headSha(repository, branch);
  return {
    ref,
    node_id: Buffer.from(`03:Ref${ref}`).toString("base64"),
    url: `${git}/${refPath(ref)}`,
    object: { type: "commit", sha, url: `${git}/commits/${sha}` },
  };
}
