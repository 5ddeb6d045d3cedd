import type { Answer, BranchRules, RulesetAnswer } from "../../snapshot";
import { found } from "./planning";

export type Ruleset = readonly [name: string, rules: readonly string[], bypass?: string];
export const BYPASS = "current_user_can_bypass";

/** Rules of rulesets, and perhaps of a classic protection. */
export function rulesOf(rulesets: readonly Ruleset[], protection?: BranchRules["protection"]) {
  const rules: BranchRules = {
    rules: found(
      rulesets.flatMap(([, types], index) => types.map((type) => ({ type, ruleset_id: index }))),
    ),
    rulesets: Object.fromEntries(
      rulesets.map(([name, , bypass]): [number, Answer<RulesetAnswer>] => {
        const index = rulesets.findIndex((it) => it[0] === name);
        return [index, found({ name, [BYPASS]: bypass ?? "never" })];
      }),
    ),
    ...(protection && { protection }),
  };
  return rules;
}
