import { prove } from "../../rehearsal/proof/prove";
import type { WorldInput } from "../../rehearsal/world";
import { type Bench, type Config, config, world } from "./engine";
import { meant } from "./meant";

/** A stack whose pipeline `web` proposes its files. */
export const proposing = (web: object = {}, rest: object = {}) =>
  config({
    "countersign:pipelines": { web: { branches: ["main"], commit: "pull-request", ...web } },
    ...rest,
  });

/** What the runs that `wanted` declares cannot do, by the workflow that main holds. */
export function lost({ clouds }: Bench, wanted: Config, there: WorldInput = world()): string[] {
  const runs = prove(clouds, meant(wanted, there)).filter(({ declared }) => declared);
  // Until the merge they may do more: what the next workflow needs as well.
  return runs.flatMap(({ violations }) => violations).filter((it) => !it.includes("is allowed"));
}

/** The first proposal is made and merged: from now on its workflow is in force. */
export async function standing({ run, clouds }: Bench): Promise<void> {
  await run("up", "first");
  clouds.github.merge("web", 1);
  await run("up", "merged");
}
