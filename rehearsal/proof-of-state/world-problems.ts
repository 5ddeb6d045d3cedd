import type { Problem } from "../../configuration/problems";
import type { StackConfiguration } from "../../configuration/schema";
import { sameId } from "../clouds/azure/state";
import { groupsOf } from "../clouds/azure/subscriptions";
import type { World } from "../world/world";

/** What a configuration names and a world does not have. A proof without it would prove nothing. */
export function worldProblems(
  { registry, signing, pipelines }: StackConfiguration,
  { azure, github }: World,
): Problem[] {
  const [images] = azure.registries.filter(({ name }) => sameId(name, registry.name));
  const [account] = azure.signingAccounts.filter(({ name }) => sameId(name, signing.account));
  const repositories = Object.values(pipelines).map(({ repository }) => repository);
  const groups = [images, account].flatMap((it) =>
    it ? [{ subscription: azure.subscriptionId, ...it }] : [],
  );
  return [
    ...lacking("azure.registries", azure.registries, images ? [] : [registry.name]),
    ...lacking("azure.signingAccounts", azure.signingAccounts, account ? [] : [signing.account]),
    ...groups
      .filter(({ resourceGroup, subscription = azure.subscriptionId }) => {
        const known = groupsOf(azure, subscription);
        return !known.some((it) => sameId(it, resourceGroup));
      })
      .flatMap(({ resourceGroup }) =>
        lacking(
          "azure.resourceGroups",
          azure.resourceGroups.map((name) => ({ name })),
          [resourceGroup],
        ),
      ),
    ...lacking(
      "github.repositories",
      github.repositories,
      repositories.filter((name) => !github.repositories.some((it) => sameId(it.name, name))),
    ),
  ];
}

function lacking(
  path: string,
  given: ReadonlyArray<{ readonly name: string }>,
  names: readonly string[],
): Problem[] {
  return [...new Set(names)].map((name) => ({
    path,
    given: given.map((it) => it.name),
    expected: `also ${name}, because the stack file names it`,
    fix: `add ${name} to the file for --world, or run \`npm run doctor\` to see why it was not found`,
  }));
}
