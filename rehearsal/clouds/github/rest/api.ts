import type { CloudFunction } from "../../table";
import { type GitHubState, notFound } from "../state";
import { actionsRoutes } from "./actions";
import { contentRoutes } from "./contents";
import { environmentRoutes } from "./environments";
import { organizationRoutes } from "./organization";
import { pullRoutes } from "./pulls";
import { refRoutes } from "./refs";
import { repositoryRoutes } from "./repository";
import { type Answer, Missing, type Route } from "./route";
import { ruleRoutes } from "./rules";
import { valueRoutes } from "./values";

/**
 * A 404 is an answer and not an error: https://github.com/integrations/terraform-provider-github
 * (v6.13.0), github/data_source_github_rest_api.go.
 */
export function restApi(github: GitHubState): CloudFunction {
  const routes = routesOf(github);
  return {
    token: "github:index/getRestApi:getRestApi",
    request: ({ endpoint }) => endpoint as string,
    call({ endpoint }) {
      const [path = "", query] = (endpoint as string).split("?");
      github.requests.send({ method: "GET", path: endpoint as string });
      const { status, body } = answerOf(routes, path, new URLSearchParams(query));
      return {
        id: "0000:0000",
        endpoint,
        code: status,
        status: status === 200 ? "200 OK" : "404 Not Found",
        headers: "{}",
        body: JSON.stringify(body),
      };
    },
  };
}

/** The answer to a GET, for clients that use the API themselves. */
export function restAnswer(github: GitHubState, path: string, query: URLSearchParams) {
  return answerOf(routesOf(github), path, query);
}

function answerOf(routes: readonly Route[], path: string, query: URLSearchParams) {
  const answer = ask(routes, path, query) ?? new Missing("Not Found");
  return answer instanceof Missing
    ? { status: 404, body: { message: answer.message } }
    : { status: 200, body: answer };
}

function ask(routes: readonly Route[], path: string, query: URLSearchParams): Answer {
  for (const { pattern, answer } of routes) {
    const match = pattern.exec(path);
    if (match) return answer(match.slice(1).map(decodeURIComponent), query);
  }
  throw notFound(`the embedded github does not serve GET ${path}`);
}

/** All endpoints. The first match answers, so the more specific ones come first. */
export function routesOf(github: GitHubState): readonly Route[] {
  return [
    ...ruleRoutes(github),
    ...actionsRoutes(github),
    ...pullRoutes(github),
    ...valueRoutes(github),
    ...refRoutes(github),
    ...environmentRoutes(github),
    ...contentRoutes(github),
    ...repositoryRoutes(github),
    ...organizationRoutes(github),
  ];
}
