import { describe, expect, test } from "vitest";
import type { Answer, BranchRules, RulesetAnswer } from "../../snapshot";
import { config } from "../support/config";
import { forbidden, found, missing, plannedWeb, repository } from "../support/planning";
import { refused, refusedWeb } from "../support/refused";

type Ruleset = readonly [name: string, rules: readonly string[], bypass?: string];
const BYPASS = "current_user_can_bypass";

/** Rules of rulesets, and perhaps of a classic protection. */
function rulesOf(rulesets: readonly Ruleset[], protection?: BranchRules["protection"]) {
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

const having = (rules: BranchRules) => ({ repositories: { web: repository({ rules }) } });
const ruled = (...rulesets: Ruleset[]) => having(rulesOf(rulesets));
const guarded = (protection: BranchRules["protection"]) => having(rulesOf([], protection));
const REVIEWS = { required_pull_request_reviews: { required_approving_review_count: 1 } };

describe("what forbids commits to the default branch", () => {
  const rows = [
    [
      "classic protection",
      guarded(found(REVIEWS)),
      "protection of branch main (required_pull_request_reviews)",
    ],
    [
      "classic protection with several rules, of which one is off",
      guarded(
        found({
          required_status_checks: { strict: true },
          restrictions: {},
          lock_branch: { enabled: true },
          required_signatures: { enabled: false },
          enforce_admins: { enabled: true },
        }),
      ),
      "protection of branch main (required_status_checks, restrictions, lock_branch)",
    ],
    [
      "classic protection that only an administrator can read",
      guarded(forbidden),
      "protection of branch main, whose rules the token cannot read",
    ],
    ["a ruleset", ruled(["Reviews", ["pull_request"]]), "ruleset Reviews (pull_request)"],
    [
      "a ruleset of checks",
      ruled(["CI", ["required_status_checks"]]),
      "ruleset CI (required_status_checks)",
    ],
    [
      "a ruleset with harmless rules too",
      ruled(["Reviews", ["deletion", "non_fast_forward", "required_signatures", "merge_queue"]]),
      "ruleset Reviews (required_signatures, merge_queue)",
    ],
    [
      "a ruleset that only merges bypass",
      ruled(["Reviews", ["pull_request"], "pull_requests_only"]),
      "ruleset Reviews (pull_request)",
    ],
    ["updates", ruled(["Reviews", ["update"]]), "ruleset Reviews (update)"],
    [
      "required deployments",
      ruled(["Reviews", ["required_deployments"]]),
      "ruleset Reviews (required_deployments)",
    ],
    [
      "a ruleset that cannot be read",
      having({
        rules: found([{ type: "pull_request", ruleset_id: 9 }]),
        rulesets: { 9: forbidden },
      }),
      "ruleset 9 (pull_request)",
    ],
    [
      "several at once",
      having(
        rulesOf(
          [
            ["Reviews", ["pull_request", "required_status_checks"]],
            ["Own", ["pull_request"], "always"],
            ["CI", ["required_status_checks"]],
          ],
          found(REVIEWS),
        ),
      ),
      "ruleset Reviews (pull_request, required_status_checks); ruleset CI (required_status_checks); protection of branch main (required_pull_request_reviews)",
    ],
  ] as const;
  test.each(rows)("%s: `direct` is refused, and `auto` proposes", (_, there, named) => {
    expect(refusedWeb({ commit: "direct" }, there)).toEqual([
      `web.commit | "direct" | auto or pull-request, because these rules forbid commits to main of Contoso/web: ${named} | Remove \`commit\`, or let the token bypass the ruleset. Who can bypass a classic protection is not read.`,
    ]);
    const { committed, proposal } = plannedWeb({ commit: "auto" }, there).files;
    expect([committed, proposal?.files.length]).toEqual([undefined, 2]);
  });

  test("of several pipelines, each is named", () => {
    const commit = "direct";
    const pipelines = { web: { commit }, site: { commit }, docs: { commit } };
    const rules = rulesOf([["Reviews", ["pull_request"]]]);
    const repositories = {
      web: repository({ rules }),
      site: repository({ name: "site", id: 8, rules }),
      docs: repository({ name: "docs", id: 9 }),
    };
    const given = config({ "countersign:pipelines": pipelines });
    const problems = refused(given, { repositories });
    expect(problems.map((it) => it.split(" | ")[0])).toEqual(["web.commit", "site.commit"]);
  });
});

describe("what allows commits to the default branch", () => {
  test.each([
    ["nothing that is ruled", ruled()],
    ["a ruleset that the token bypasses", ruled(["Reviews", ["pull_request"], "always"])],
    ["a ruleset that the token is exempt from", ruled(["Reviews", ["pull_request"], "exempt"])],
    ["a ruleset of harmless rules", ruled(["Reviews", ["deletion", "non_fast_forward"]])],
    ["a protection with none of the rules", guarded(found({ enforce_admins: { enabled: true } }))],
    ["a protection that is gone by now", guarded(missing)],
    ["a plan without rules", having({ rules: forbidden, rulesets: {} })],
  ])("%s: `auto` commits, and `direct` does the same", (_, there) => {
    const { files } = plannedWeb({ commit: "auto" }, there);
    expect([files.committed?.files.length, files.proposal]).toEqual([2, undefined]);
    expect(plannedWeb({ commit: "direct" }, there).files).toEqual(files);
  });
});

describe("a proposal that could not be made, or not wait for its merge", () => {
  const proposals = (rulesets: readonly Ruleset[], ...branches: string[]) => ({
    repositories: {
      web: repository({
        rules: undefined,
        proposals: { branches: found(branches), rules: rulesOf(rulesets) },
      }),
    },
  });
  const wanted = { commit: "pull-request" };

  test.each([
    ["pull_request", "never"],
    ["creation", "pull_requests_only"],
    ["deletion", "never"],
  ])("a rule %s for its branch is refused", (rule, bypass) => {
    expect(refusedWeb(wanted, proposals([["All", [rule], bypass]]))).toEqual([
      `web.commit | "pull-request" | rules that allow branches \`countersign/…\`, from which files are proposed; these forbid them: ruleset All (${rule}) | Exclude \`countersign/**\` from the ruleset, or let the token bypass it.`,
    ]);
  });

  test.each([
    ["a rule that the token bypasses", proposals([["All", ["pull_request"], "always"]])],
    ["a harmless rule", proposals([["All", ["non_fast_forward"]]])],
    ["other branches below it", proposals([], "countersign/web-0", "countersigned")],
  ])("%s is not", (_, there) => {
    expect(refusedWeb(wanted, there)).toEqual([]);
  });

  test("a branch that leaves no room for its branch is refused", () => {
    expect(refusedWeb(wanted, proposals([], "countersign"))).toEqual([
      'web.commit | "pull-request" | a repository without a branch countersign, because Git then has no room for branches `countersign/…` | Rename the branch countersign.',
    ]);
  });

  test("a branch pattern that covers its branch is refused", () => {
    const web = { ...wanted, environment: "release", branches: ["main", "*/*"] };
    expect(refusedWeb(web)).toEqual([
      'web.branches | "*/*" | patterns that do not match `countersign/…`, from which files are proposed | Narrow the pattern. Otherwise a proposed workflow signs before its merge.',
    ]);
    expect(refusedWeb({ ...web, commit: "direct" })).toEqual([]);
  });
});
