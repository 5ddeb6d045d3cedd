import type { Repository } from "./model";

/** Plans whose private repositories have environments, rulesets, and protected branches. */
export const PAID: readonly string[] = ["pro", "team", "enterprise"];

/** Knows the owner's plan. */
export interface Planned {
  /** Whether a private repository lacks what only these plans have. */
  withheld(repository: Repository, plans: readonly string[]): boolean;
}
