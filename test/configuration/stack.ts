import { readConfiguration } from "../../configuration/read";
import { type Config, config } from "../support/config";

export { type Config, config };

/** A good account and profile, with changes. */
export const signing = (change: Config) => ({
  "countersign:signing": {
    resourceGroup: "rg-signing",
    account: "contoso-signing",
    profile: "container-images",
    ...change,
  },
});

/** Reads a good configuration with changes, as Pulumi stores it. A value that is undefined is left out. */
export function read(changes: Config = {}, environment: Record<string, string> = {}) {
  const stored = Object.entries(config(changes))
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
  return readConfiguration(Object.fromEntries(stored), environment);
}

/** What is wrong with a configuration: `path | given | expected | fix`, one line each. */
export function problemsOf(changes: Config, environment: Record<string, string> = {}): string[] {
  return read(changes, environment).problems.map(
    ({ path, given, expected, fix }) =>
      `${path} | ${JSON.stringify(given) ?? "nothing"} | ${expected} | ${fix}`,
  );
}
