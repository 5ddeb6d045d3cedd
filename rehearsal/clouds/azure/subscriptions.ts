import type { World } from "../../world/world";

type Azure = World["azure"];

/** Ids of all subscriptions. The one that the provider is configured for comes first. */
export function subscriptionsOf(world: Azure): string[] {
  const others = [
    ...world.otherSubscriptions.map(({ subscriptionId }) => subscriptionId),
    ...resourcesOf(world).flatMap(({ subscription }) => subscription ?? []),
  ];
  return unique([world.subscriptionId, ...others]);
}

/** Resource groups of a subscription: those that the world lists, and those of its resources. */
export function groupsOf(world: Azure, subscription: string): string[] {
  const within = (one: string | undefined) => one?.toLowerCase() === subscription.toLowerCase();
  return unique([
    ...(within(world.subscriptionId) ? world.resourceGroups : []),
    ...world.otherSubscriptions
      .filter(({ subscriptionId }) => within(subscriptionId))
      .flatMap(({ resourceGroups }) => resourceGroups),
    ...resourcesOf(world)
      .filter((it) => within(it.subscription))
      .map(({ resourceGroup }) => resourceGroup),
  ]);
}

function resourcesOf({ registries, signingAccounts, identities }: Azure) {
  return [...registries, ...signingAccounts, ...identities];
}

/** ARM compares names in any case. */
function unique(names: readonly string[]): string[] {
  const same = (name: string) => (other: string) => other.toLowerCase() === name.toLowerCase();
  return names.filter((name, index) => names.findIndex(same(name)) === index);
}
