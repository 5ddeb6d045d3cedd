import type { Answer } from "../../answer";
import { whyUnreached } from "./unreached";

/** GitHub's REST API with a token, for commands that run outside of the Pulumi engine. */
export interface GitHubClient {
  /** The answer to a GET. The path has no leading slash. */
  get<T>(path: string): Promise<Answer<T>>;
  /** All pages of a list. */
  list<T>(path: string): Promise<Answer<readonly T[]>>;
  /** @throws Error if GitHub refuses the request. */
  send<T>(method: "POST" | "PATCH", path: string, body: object): Promise<T>;
}

/** The address of the API. GitHub Actions sets the variable: also for GHE.com and servers. */
export function gitHubApi(): string {
  return (process.env.GITHUB_API_URL ?? "https://api.github.com").replace(/\/$/, "");
}

export function gitHubClient(token: string, api: string = gitHubApi()): GitHubClient {
  const request = (method: string, path: string, body?: object) =>
    fetch(`${api}/${path}`, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "user-agent": "countersign",
        // https://docs.github.com/rest/about-the-rest-api/api-versions
        "x-github-api-version": "2022-11-28",
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  /** @throws Error in words, if there is no answer. */
  const reached = async (method: string, path: string, body?: object) => {
    try {
      return await request(method, path, body);
    } catch (failure) {
      throw new Error(`${method} ${path}: GitHub cannot be reached: ${whyUnreached(failure)}`);
    }
  };
  const get = async <T>(path: string): Promise<Answer<T>> => {
    const response = await reached("GET", path);
    if (response.ok) return { status: "found", value: (await response.json()) as T };
    const said = await saidBy(response);
    if (response.status === 404) return { status: "missing", said };
    if (response.status === 401 || response.status === 403) return { status: "forbidden", said };
    throw new Error(`GET ${path}: ${said}`);
  };
  return {
    get,
    async list<T>(path: string) {
      const all: T[] = [];
      for (let page = 1; ; page += 1) {
        const separator = path.includes("?") ? "&" : "?";
        const answer = await get<readonly T[]>(`${path}${separator}per_page=100&page=${page}`);
        if (answer.status !== "found") return answer;
        all.push(...answer.value);
        if (answer.value.length < 100) return { status: "found", value: all };
      }
    },
    async send<T>(method: "POST" | "PATCH", path: string, body: object) {
      const response = await reached(method, path, body);
      if (!response.ok) throw new Error(`${method} ${path}: ${await saidBy(response)}`);
      return (await response.json()) as T;
    },
  };
}

/** GitHub's own words, such as `403 Resource not accessible by integration`. */
async function saidBy(response: Response): Promise<string> {
  const body = (await response.json().catch(() => ({}))) as { readonly message?: string };
  return [response.status, body.message ?? response.statusText].filter(Boolean).join(" ");
}
