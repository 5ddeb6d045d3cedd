import * as github from "@pulumi/github";
import type { Answer } from "../../snapshot";

/** Reads of GitHub's REST API; each path is asked once in a run. */
export class GitHubReader {
  private readonly asked = new Map<string, Promise<Answer<unknown>>>();

  constructor(private readonly provider: github.Provider) {}

  /** The answer to a GET. The path has no leading slash. */
  get<T>(path: string): Promise<Answer<T>> {
    const answer = this.asked.get(path) ?? ask(path, this.provider);
    this.asked.set(path, answer);
    return answer as Promise<Answer<T>>;
  }

  /** All pages of a list that GitHub wraps in an object with its total count. */
  async list<T>(path: string, key: string, perPage = 100): Promise<Answer<readonly T[]>> {
    const all: T[] = [];
    for (let page = 1; ; page += 1) {
      const query = `?per_page=${perPage}${page > 1 ? `&page=${page}` : ""}`;
      const answer = await this.get<Record<string, unknown>>(path + query);
      if (answer.status !== "found") return answer;
      const items = answer.value[key] as readonly T[];
      all.push(...items);
      if (items.length === 0 || all.length >= Number(answer.value.total_count)) {
        return { status: "found", value: all };
      }
    }
  }

  /** All pages of a list that GitHub returns as it is. */
  async pages<T>(path: string): Promise<Answer<readonly T[]>> {
    const all: T[] = [];
    for (let page = 1; ; page += 1) {
      const query = `${path.includes("?") ? "&" : "?"}per_page=100${page > 1 ? `&page=${page}` : ""}`;
      const answer = await this.get<readonly T[]>(path + query);
      if (answer.status !== "found") return answer;
      all.push(...answer.value);
      if (answer.value.length < 100) return { status: "found", value: all };
    }
  }
}

async function ask(endpoint: string, provider: github.Provider): Promise<Answer<unknown>> {
  try {
    const answer = await github.getRestApi({ endpoint }, { provider });
    // The provider returns a 404 and throws every other failure.
    if (answer.code === 404) return { status: "missing" };
    return { status: "found", value: JSON.parse(answer.body) };
  } catch (failure) {
    const said = String(failure).split("\n")[0] ?? "";
    if (/\b409 Git Repository is empty/.test(said)) return { status: "missing", said };
    if (!/\b403\b/.test(said) || /rate limit/i.test(said)) throw failure;
    return { status: "forbidden", said };
  }
}

/** A path of GitHub's API with its values escaped, slashes kept: `` path`repos/${o}/${name}` ``. */
export function path(texts: TemplateStringsArray, ...values: readonly string[]): string {
  const escaped = values.map((value) => encodeURIComponent(value).replaceAll("%2F", "/"));
  return texts.reduce((url, text, i) => url + escaped[i - 1] + text);
}

/** The answer with its value changed, where there is one. */
export function mapAnswer<T, U>(answer: Answer<T>, change: (value: T) => U): Answer<U> {
  return answer.status === "found" ? { status: "found", value: change(answer.value) } : answer;
}

export function textOf({ content }: { readonly content: string }): string {
  return Buffer.from(content, "base64").toString("utf8");
}

/** Reads something for each key, in parallel and each key once. */
export async function byKey<T>(
  keys: readonly string[],
  read: (key: string) => Promise<T>,
): Promise<Record<string, T>> {
  const found = [...new Set(keys)].map(async (key) => [key, await read(key)] as const);
  return Object.fromEntries(await Promise.all(found));
}
