import type { World } from "../../world/world";
import { groupsOf, subscriptionsOf } from "./subscriptions";

type Azure = World["azure"];

/**
 * A copy of a world in which registries, signing accounts and profiles can be added and removed. It
 * lists every resource group, because a group stays when the last resource in it goes.
 */
export function livingCopy(world: Azure): Azure {
  const [, ...others] = subscriptionsOf(world);
  return {
    ...world,
    resourceGroups: groupsOf(world, world.subscriptionId),
    otherSubscriptions: others.map((subscriptionId) => ({
      subscriptionId,
      resourceGroups: groupsOf(world, subscriptionId),
    })),
    registries: world.registries.map((it) => ({ ...it })),
    signingAccounts: world.signingAccounts.map((it) => ({ ...it, profiles: [...it.profiles] })),
  };
}
