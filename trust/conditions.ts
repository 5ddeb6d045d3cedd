/** Maximum length: https://learn.microsoft.com/azure/role-based-access-control/conditions-faq */
export const MAX_CONDITION = 8 * 1024;

const REPOSITORY_NAME = "@Request[Microsoft.ContainerRegistry/registries/repositories:name]";

/**
 * The condition that limits data actions to some repositories of a registry. The condition has one
 * line, so that the text that Azure returns equals the text that was sent.
 * Source: https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions
 *
 * @param dataActions All data actions of the role. Azure allows those that no condition names.
 * @param repositories Names of repositories in the registry, in lowercase.
 */
export function repositoryCondition(
  dataActions: readonly string[],
  repositories: readonly string[],
): string {
  if (dataActions.length === 0 || repositories.length === 0) {
    throw new Error("a condition needs at least one data action and one repository");
  }
  // The names of repositories need no escaping.
  const unsafe = repositories.find((name) => !/^[a-z0-9][a-z0-9._/-]*$/.test(name));
  if (unsafe !== undefined) {
    throw new Error(`not the name of a repository: ${JSON.stringify(unsafe)}`);
  }
  const others = dataActions.map((action) => `!(ActionMatches{'${action}'})`).join(" AND ");
  const named = repositories
    .map((name) => `${REPOSITORY_NAME} StringEqualsIgnoreCase '${name}'`)
    .join(" OR ");
  return `((${others}) OR (${named}))`;
}
