import type { Problem } from "../../configuration/problems";
import { type Clouds, embeddedClouds } from "../clouds/clouds";
import { RefusedError } from "../configuration";
import type { World } from "../world/world";
import { AZURE } from "./azure";
import { readDeployment, type StateResource } from "./deployment";
import { GITHUB } from "./github";
import { standHolders } from "./holders";
import { type Stand, Unfit } from "./standing";
import { VALUES } from "./values";

const TYPES: Readonly<Record<string, Stand>> = { ...AZURE, ...GITHUB, ...VALUES };

/** What begins the types that can give, or take, trust. Resources of other clouds do not matter. */
const TRUST = ["azure", "github"];

/**
 * Clouds in which the world exists, and everything that a stack's state says. Where both name one
 * thing, the state's version of it stands.
 *
 * @param deployment the content of an export of the stack.
 * @throws RefusedError that lists everything of the state that cannot be used.
 */
export function standingClouds(world: World, deployment: unknown): Clouds {
  const { resources, problems } = readDeployment(deployment);
  const unread = [...problems, ...resources.flatMap(unknownType)];
  if (unread.length > 0) throw new RefusedError(SUBJECT, unread);
  const clouds = embeddedClouds(world);
  standHolders(clouds.azure, resources);
  const unfit = resources.flatMap((it) => stand(clouds, it));
  if (unfit.length > 0) throw new RefusedError(SUBJECT, unfit);
  return clouds;
}

const SUBJECT = "The state cannot be proven";

/** A type that could give trust in a way that nobody judges. */
function unknownType({ type, name }: StateResource): Problem[] {
  if (Object.hasOwn(TYPES, type) || !TRUST.some((it) => type.startsWith(it))) return [];
  return [
    {
      path: name,
      given: type,
      expected: "a type that Countersign declares, because the proof does not know others",
      fix: "move the resource to a stack of its own",
    },
  ];
}

function stand(clouds: Clouds, resource: StateResource): Problem[] {
  try {
    TYPES[resource.type]?.(clouds, resource);
    return [];
  } catch (failure) {
    if (!(failure instanceof Unfit)) throw failure;
    return [failure.of(resource)];
  }
}
