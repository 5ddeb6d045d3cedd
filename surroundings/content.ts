import { get, path } from "./github";
import type { Repository } from "./repository";

/** The text of a file on a repository's default branch; undefined where it is not there. */
export async function contentOf(
  { owner, name, defaultBranch }: Repository,
  file: string,
): Promise<string | undefined> {
  const found = await get<{ readonly content: string }>(
    path`repos/${owner}/${name}/contents/${file}?ref=${defaultBranch}`,
  );
  return found && Buffer.from(found.content, "base64").toString("utf8");
}

/** The files of those paths that are there: path → text. */
export async function contentsOf(
  repository: Repository,
  files: readonly string[],
): Promise<Map<string, string>> {
  const found = await Promise.all(
    files.map(async (file) => [file, await contentOf(repository, file)] as const),
  );
  return new Map(found.flatMap(([file, text]) => (text === undefined ? [] : [[file, text]])));
}

/** Of repositories that the state names otherwise, those that are not this one under an old name. */
export async function othersOf(
  { owner, name, id }: Repository,
  names: readonly string[],
): Promise<Set<string>> {
  const wanted = [...new Set(names)].filter((it) => it.toLowerCase() !== name.toLowerCase());
  const found = await Promise.all(
    wanted.map((it) => get<{ readonly id: number }>(path`repos/${owner}/${it}`)),
  );
  return new Set(wanted.filter((_, index) => found[index]?.id !== id));
}
