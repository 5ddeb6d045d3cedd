import type { CloudFunction } from "../table";
import { environmentRoutes } from "./rest-environments";
import { organizationRoutes } from "./rest-organization";
import { pullRoutes } from "./rest-pulls";
import { repositoryRoutes } from "./rest-repository";
import type { Answer, Route } from "./rest-route";
import { ruleRoutes } from "./rest-rules";
import { type GitHubState, notFound } from "./state";

/** `getRestApi`: a 404 is an answer and not an error (github.md, 1.3). */
export function restApi(github: GitHubState): CloudFunction {
  // The first that fits: the more special ones come first.
  const routes: readonly Route[] = [
    ...ruleRoutes(github),
    ...pullRoutes(github),
    ...environmentRoutes(github),
    ...repositoryRoutes(github),
    ...organizationRoutes(github),
  ];
  return {
    token: "github:index/getRestApi:getRestApi",
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
