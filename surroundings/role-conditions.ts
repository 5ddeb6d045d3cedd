import { conditionLength } from "../configuration/image-rules";
import type { Problem } from "../configuration/problems";
import { MAX_CONDITION } from "../trust/conditions";
import { type RegistryScope, registryScopes } from "../trust/scopes";
import type { PipelinePlan } from "./pipeline";
import type { Registry } from "./registry";
import type { SharedPlan } from "./sharing";

/**
 * Until a merge, roles name the images of the workflow in force beside those that are wanted. Only
 * these are counted where the configuration is checked.
 */
export function conditionProblems(
  registry: Registry,
  plans: readonly PipelinePlan[],
  shared: readonly SharedPlan[],
): Problem[] {
  const own = plans.flatMap(({ name, identity, images: wanted, inForce }) => {
    const images = wanted.map((image) => image.name);
    const scopes = registryScopes({ ...registry, images }, inForce.registries);
    return identity.kind === "shared" ? [] : [{ name, scopes }];
  });
  const stays = plans.filter(({ inForce }) => inForce.registries.length > 0).map((it) => it.name);
  const together = shared.map(({ args: { users, registries: scopes } }) => ({
    name: users.find((user) => stays.includes(user)) ?? users[0] ?? "",
    scopes,
  }));
  return [...own, ...together].flatMap(({ name, scopes }) =>
    scopes.flatMap((scope) => problemOf(`countersign:pipelines.${name}.images`, scope)),
  );
}

function problemOf(path: string, { permissions, images }: RegistryScope): Problem[] {
  const length = permissions === "abac" ? conditionLength(images) : 0;
  if (length <= MAX_CONDITION) return [];
  const allowed = `images whose names fit into a role condition of ${MAX_CONDITION} characters`;
  const remedy = `with those of the workflow in force, which stay until a merge, these need ${length}: change half of them, and merge that first`;
  return [{ path, given: images, allowed, remedy }];
}
