import type { Answer, Asker } from "./ask";
import { NONE, type Source } from "./source";

const REGISTRY = "https://registry-1.docker.io";
const INDEXES =
  "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json";

/**
 * Without an account, with a token for one repository:
 * https://distribution.github.io/distribution/spec/auth/token/
 * A HEAD request does not count as a pull: https://docs.docker.com/docker-hub/usage/pulls/
 */
export async function dockerHub(name: string, asker: Asker): Promise<Source> {
  const url = `https://auth.docker.io/token?service=registry.docker.io&scope=repository:${name}:pull`;
  const login = await asker.ask(url, {}, (it) => it.json() as Promise<{ readonly token: string }>);
  if (login.status !== "found") return { tags: undefined, digests: async () => undefined };
  const authorization = `Bearer ${login.value.token}`;
  return {
    tags: await tagsOf(name, asker, authorization),
    async digests(tag) {
      const request = { method: "HEAD", headers: { authorization, accept: INDEXES } } as const;
      const answer = await asker.ask(
        `${REGISTRY}/v2/${name}/manifests/${tag}`,
        request,
        async ({ headers }) => headers.get("docker-content-digest") ?? "",
      );
      if (answer.status !== "found") return answer.status === "missing" ? NONE : undefined;
      return { index: answer.value };
    },
  };
}

/** All pages: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags */
async function tagsOf(
  name: string,
  { ask }: Asker,
  authorization: string,
): Promise<readonly string[] | undefined> {
  const all: string[] = [];
  let url: string | undefined = `${REGISTRY}/v2/${name}/tags/list?n=1000`;
  while (url) {
    const answer: Answer<Page> = await ask(url, { headers: { authorization } }, pageOf);
    if (answer.status !== "found") return undefined;
    all.push(...answer.value.tags);
    const { next }: Page = answer.value;
    url = next === undefined ? undefined : new URL(next, REGISTRY).href;
  }
  return all;
}

interface Page {
  readonly tags: readonly string[];
  readonly next: string | undefined;
}

async function pageOf(response: Response): Promise<Page> {
  const { tags } = (await response.json()) as { readonly tags: readonly string[] };
  const [, next] = /<([^>]+)>; *rel="?next/.exec(response.headers.get("link") ?? "") ?? [];
  return { tags, next };
}
