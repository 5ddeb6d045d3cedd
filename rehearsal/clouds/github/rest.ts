import type { CloudFunction } from "../table";
import { environmentRoutes } from "./rest-environments";
import { organizationRoutes } from "./rest-organization";
import { pullRoutes } from "./rest-pulls";
import { refRoutes } from "./rest-refs";
import { repositoryRoutes } from "./rest-repository";
import type { Answer, Route } from "./rest-route";
import { ruleRoutes } from "./rest-rules";
import { valueRoutes } from "./rest-values";
import { type GitHubState, notFound } from "./state";

/**
 * A 404 is an answer and not an error: https://github.com/integrations/terraform-provider-github
 * (v6.13.0), github/data_source_github_rest_api.go.
 */
export function restApi(github: GitHubState): CloudFunction {
  // The first match answers, so the more specific ones come first.
  const routes: readonly Route[] = [
    ...ruleRoutes(github),
    ...pullRoutes(github),
    ...valueRoutes(github),
    ...refRoutes(github),
    ...environmentRoutes(github),
    ...repositoryRoutes(github),
    ...organizationRoutes(github),
  ];
  return {
    token: "github:index/getRestApi:getRestApi",
    request: ({ endpoint }) => endpoint as string,
    call({ endpoint }) {
      const [path = "", query] = (endpoint as string).split("?");
      const answer = ask(routes, path, new URLSearchParams(query));
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

function ask(routes: readonly Route[], path: string, query: URLSearchParams): Answer {
  for (const { pattern, answer } of routes) {
    const match = pattern.exec(path);
    if (match) return answer(match.slice(1).map(decodeURIComponent), query);
  }
  throw notFound(`the embedded github does not serve GET ${path}`);
}
