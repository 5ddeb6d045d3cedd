import { checkConfiguration } from "../../config";
import { type Intent, intents } from "../../rehearsal/intent";
import { parseWorld, type WorldInput } from "../../rehearsal/world";
import type { Config } from "./engine";

/** A configuration as Pulumi stores it. */
export function stored(config: Config): Record<string, string> {
  const given = Object.entries(config).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

/** What a test's stack means to allow. */
export function meant(config: Config, world: WorldInput): Intent[] {
  return intents(checkConfiguration(stored(config)), parseWorld(world));
}
