import type { Problem } from "../../configuration/problems";
import { shortRegion } from "../../configuration/read";
import type { StackConfiguration } from "../../configuration/schema";
import type { FoundIdentity, FoundPipeline } from "./found";

/** The identity that each pipeline takes over, and why that is not possible. */
export interface Choice {
  readonly chosen: Readonly<Record<string, FoundIdentity>>;
  readonly problems: readonly Problem[];
}

/** Whether to create or to adopt is said in the configuration, and never guessed. */
export function chooseIdentities(
  configuration: StackConfiguration,
  found: Readonly<Record<string, FoundPipeline>>,
): Choice {
  const { pipelines, identity: place } = configuration;
  const problems: Problem[] = [];
  const chosen: Record<string, FoundIdentity> = {};
  for (const [name, { identities }] of Object.entries(found)) {
    const pipeline = pipelines[name];
    const [first, ...others] = identities;
    if (!pipeline || !first || pipeline.identity.kind !== "created") continue;
    const path = `countersign:pipelines.${name}`;
    const existing = `\`identity: { existing: { name: ${first.name}, resourceGroup: ${place.resourceGroup} } }\``;
    const names = identities.map((it) => it.name).join(", ");
    if (others.length > 0) {
      problems.push({
        path: `${path}.identity`,
        given: undefined,
        expected: `one identity, because several trust the repository: ${names}`,
        fix: `Say which one, such as ${existing}.`,
      });
    } else if (!pipeline.adopt) {
      problems.push({
        path: `${path}.adopt`,
        given: pipeline.adopt,
        expected: `true, because the identity ${first.name} trusts the repository already`,
        fix: `Set \`adopt: true\`, and the stack takes the identity over. To leave the identity outside of the stack, also set ${existing}.`,
      });
    } else if (shortRegion(first.location) !== place.location) {
      problems.push({
        path: "countersign:identity.location",
        given: place.location,
        expected: `${first.location}, where the identity ${first.name} is`,
        fix: `Set \`location: ${first.location}\`. Another region would replace the identity, and its client ID would change.`,
      });
    } else {
      chosen[name] = first;
    }
  }
  return { chosen, problems };
}
