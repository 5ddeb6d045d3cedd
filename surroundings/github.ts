import * as github from "@pulumi/github";
import type * as pulumi from "@pulumi/pulumi";

/**
 * GitHub's answer to a GET, parsed; undefined for 404, which the provider does not throw
 * (github.md, 1.3). The path has no leading slash.
 */
export async function get<T>(path: string, opts?: pulumi.InvokeOptions): Promise<T | undefined> {
  const answer = await github.getRestApi({ endpoint: path }, opts);
  return answer.code === 404 ? undefined : (JSON.parse(answer.body) as T);
}

/** The same for what not every token may read; undefined also where this one may not. */
export async function getIfAllowed<T>(path: string): Promise<T | undefined> {
  try {
    return await get<T>(path);
  } catch (failure) {
    if (!/\b403\b/.test(String(failure))) throw failure;
    return undefined;
  }
}

/** Whether a branch is there. From the name that it had before, GitHub leads to it (301). */
export async function isBranch(owner: string, repository: string, name: string): Promise<boolean> {
  const found = await get<{ readonly name: string }>(
    path`repos/${owner}/${repository}/branches/${name}`,
  );
  return found?.name === name;
}

/** A path of GitHub's API with its values escaped, slashes kept: `` path`repos/${o}/${name}` ``. */
export function path(texts: TemplateStringsArray, ...values: readonly string[]): string {
  const escaped = values.map((value) => encodeURIComponent(value).replaceAll("%2F", "/"));
  return texts.reduce((url, text, i) => url + escaped[i - 1] + text);
}
