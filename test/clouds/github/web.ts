import { github } from "../support";

export type Repository = NonNullable<
  NonNullable<Parameters<typeof github>[0]>["repositories"]
>[number];
export type Ruleset = NonNullable<Repository["rulesets"]>[number];

/** An embedded GitHub with the repository `web`. */
export const on = (changes: Partial<Repository> = {}, rest: object = {}) =>
  github({ repositories: [{ name: "web", id: 7, ...changes }], ...rest });

/** A ruleset that wants pull requests to `main`. */
export const ruleset = (changes: Partial<Ruleset> = {}): Ruleset => ({
  name: "main is reviewed",
  branches: ["main"],
  rules: ["pull_request"],
  ...changes,
});
