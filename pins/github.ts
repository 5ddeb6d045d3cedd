import type { Tool } from "../workflow/pins";
import type { Asker } from "./ask";
import { NONE, type Source } from "./source";

/** The list has the commit of each tag, also of annotated ones: https://docs.github.com/rest/repos/repos */
export async function gitHubTags(
  repository: string,
  asker: Asker,
  token?: string,
): Promise<Source> {
  interface Tag {
    readonly name: string;
    readonly commit: { readonly sha: string };
  }
  const list = await gitHubList<Tag>(`repos/${repository}/tags`, asker, token);
  return {
    tags: list?.map(({ name }) => name),
    async digests(tag) {
      if (!list) return undefined;
      const found = list.find(({ name }) => name === tag);
      return found === undefined ? NONE : { commit: found.commit.sha };
    },
  };
}

/** A draft is not in the list of everybody: https://docs.github.com/rest/releases/releases */
export async function gitHubReleases(tool: Tool, asker: Asker, token?: string): Promise<Source> {
  interface Release {
    readonly tag_name: string;
    readonly draft: boolean;
    readonly prerelease: boolean;
  }
  const list = await gitHubList<Release>(`repos/${tool.repository}/releases`, asker, token);
  return {
    tags: list?.filter((it) => !it.draft && !it.prerelease).map((it) => it.tag_name),
    async digests(tag) {
      const at = (url: string) => url.replaceAll(tool.version, tag.replace(/^v/, ""));
      const answer = await asker.ask(at(tool.checksums), {}, (response) => response.text());
      if (answer.status !== "found") return answer.status === "missing" ? NONE : undefined;
      const all = { amd64: tool.amd64, arm64: tool.arm64 };
      return Object.fromEntries(
        Object.entries(all).flatMap(([architecture, { url }]) => {
          const sum = checksumOf(at(url).split("/").at(-1) ?? "", answer.value);
          return sum === undefined ? [] : [[architecture, sum]];
        }),
      );
    },
  };
}

/** The checksum of a file in the output of `sha256sum`, where `*` marks a binary file. */
export function checksumOf(file: string, text: string): string | undefined {
  const lines = text.split("\n").map((line) => /^([0-9a-f]{64}) [ *](.+?)\r?$/.exec(line) ?? []);
  return lines.find(([, , name]) => name === file)?.[1];
}

async function gitHubList<T>(
  path: string,
  { ask }: Asker,
  token: string | undefined,
): Promise<readonly T[] | undefined> {
  const headers = {
    accept: "application/vnd.github+json",
    "user-agent": "countersign",
    // https://docs.github.com/rest/about-the-rest-api/api-versions
    "x-github-api-version": "2022-11-28",
    ...(token && { authorization: `Bearer ${token}` }),
  };
  const all: T[] = [];
  for (let page = 1; ; page += 1) {
    const url = `https://api.github.com/${path}?per_page=100&page=${page}`;
    const answer = await ask(url, { headers }, (it) => it.json() as Promise<readonly T[]>);
    if (answer.status === "unreached") return undefined;
    if (answer.status === "missing") return all;
    all.push(...answer.value);
    if (answer.value.length < 100) return all;
  }
}
