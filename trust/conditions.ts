/** ABAC conditions of Azure role assignments, language version 2.0 (azure.md, 2.4). */
export const CONDITION_VERSION = "2.0";

/** Azure: a condition may have at most 8 KB (azure.md, 2.4). */
export const MAX_CONDITION = 8 * 1024;

const REPOSITORY_NAME = "@Request[Microsoft.ContainerRegistry/registries/repositories:name]";

/**
 * Confines the given data actions to exactly the named repositories of a registry.
 *
 * An action that no `ActionMatches` names is allowed without condition, so every data action of
 * the role must be passed. One line, so that what Azure returns equals what was sent.
 */
export function repositoryCondition(
  dataActions: readonly string[],
  repositories: readonly string[],
): string {
  if (dataActions.length === 0 || repositories.length === 0) {
    throw new Error("a condition needs at least one data action and one repository");
  }
  const others = dataActions.map((action) => `!(ActionMatches{'${action}'})`).join(" AND ");
  const named = repositories
    .map((name) => `${REPOSITORY_NAME} StringEqualsIgnoreCase '${quoted(name)}'`)
    .join(" OR ");
  return `((${others}) OR (${named}))`;
}

/** Repository names need no escape; whatever does is refused rather than written wrongly. */
function quoted(name: string): string {
  if (!/^[a-z0-9][a-z0-9._/-]*$/.test(name)) {
    throw new Error(`not a repository name: ${JSON.stringify(name)}`);
  }
  return name;
}
