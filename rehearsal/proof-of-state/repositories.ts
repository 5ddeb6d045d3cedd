import type { GitHubState, Repository } from "../clouds/github/state";
import { Unfit } from "./standing";

/** The repository that a resource is in: by its id, which it keeps under another name. */
export function repositoryOf(
  github: GitHubState,
  {
    repository: name,
    repositoryId: id,
  }: { readonly repository: string; readonly repositoryId?: number | null },
): Repository {
  const found = id ? github.all().find(({ settings }) => settings.id === id) : github.find(name);
  if (found) return found;
  const given = id ? `${name}, with the ID ${id}` : name;
  throw new Unfit(given, "a repository of the world", "add the repository to the world");
}
