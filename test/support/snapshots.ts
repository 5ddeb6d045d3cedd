import { expect } from "vitest";
import { discover } from "../../discovery/discover";
import type { WorldInput } from "../../rehearsal/world/world";
import type { Snapshot } from "../../snapshot";
import { type Config, config, onEngine } from "./engine";
import { configurationOf } from "./planning";

/** What discovery returns for some configurations, one after another. */
export async function snapshots(
  world: WorldInput,
  ...wanted: readonly Config[]
): Promise<Snapshot[]> {
  const made: Snapshot[] = [];
  const program = async () => {
    const { snapshot } = await discover(configurationOf(wanted[made.length] ?? {}));
    made.push(snapshot);
  };
  await onEngine({ program, world }, async ({ run }) => {
    for (const _ of wanted) await run("preview", "preview");
  });
  return made;
}

export const stackOf = (pipelines: Config, rest: Config = {}) =>
  config({ "countersign:pipelines": pipelines, ...rest });

/** Answers, as `toEqual` and `toMatchObject` take them. */
export const found = (value: unknown) => ({ status: "found", value });
export const missing = { status: "missing" };
export const saying = (said: RegExp) => ({ ...missing, said: expect.stringMatching(said) });
export const forbidden = (said: string) => ({
  status: "forbidden",
  said: expect.stringContaining(said),
});
