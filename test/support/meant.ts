import { type Intent, intents } from "../../rehearsal/intent";
import { parseWorld, type WorldInput } from "../../rehearsal/world/world";
import type { Config } from "./config";
import { configurationOf } from "./planning";

export { stored } from "./planning";

/** What a test's stack means to allow. */
export function meant(config: Config, world: WorldInput): Intent[] {
  return intents(configurationOf(config), parseWorld(world));
}
