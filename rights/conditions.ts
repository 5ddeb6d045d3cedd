// https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions
const ACTION = /!\(ActionMatches\{'([^']+)'\}\)/;
const NAME =
  /@Request\[Microsoft\.ContainerRegistry\/registries\/repositories:name\] StringEqualsIgnoreCase '([^']+)'/;

/** All of it: the actions, and the images that they are limited to. */
const FORM = new RegExp(`^\\(\\(${list(ACTION, "AND")}\\) OR \\(${list(NAME, "OR")}\\)\\)$`);

/**
 * The images that a condition of Countersign's form limits a role to. Undefined: it has another
 * form, or leaves an action of the role out. Azure allows the actions that no condition names.
 *
 * @param actions The data actions of the role.
 */
export function imagesOf(condition: string, actions: readonly string[]): string[] | undefined {
  if (!FORM.test(condition)) return undefined;
  const named = all(ACTION, condition);
  return actions.every((it) => named.includes(it)) ? all(NAME, condition) : undefined;
}

function list({ source }: RegExp, word: string): string {
  return `${source}(?: ${word} ${source})*`;
}

function all({ source }: RegExp, text: string): string[] {
  return [...text.matchAll(new RegExp(source, "g"))].map(([, value = ""]) => value);
}
