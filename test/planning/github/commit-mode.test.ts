import { describe, expect, test } from "vitest";
import type { BranchRules } from "../../../snapshot";
import { config } from "../../support/config";
import { forbidden, found, missing, plannedWeb, repository } from "../../support/planning";
import { refused, refusedWeb } from "../../support/refused";
import { BYPASS, type Ruleset, rulesOf } from "../../support/rulesets";

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
      `web.commit | "direct" | auto or pull-request, because these rules forbid commits to main of Contoso/web: ${named} | Remove \`commit\`, or let the token bypass the ruleset. Countersign does not read who can bypass a classic protection.`,
    ]);
    const { committed, proposal } = plannedWeb({ commit: "auto" }, there).files;
    expect([committed, proposal?.files.length]).toEqual([undefined, 1]);
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
    expect([files.committed?.files.length, files.proposal]).toEqual([1, undefined]);
    expect(plannedWeb({ commit: "direct" }, there).files).toEqual(files);
  });
});

describe("a push ruleset", () => {
  const restricting = (bypass: string) => ({
    repositories: {
      web: repository({
        pushRulesets: found([
          {
            name: "protect-workflows",
            rules: [{ type: "file_path_restriction" }],
            [BYPASS]: bypass,
          },
        ]),
      }),
    },
  });
  test.each(["auto", "direct", "pull-request"])(
    "that forbids the workflow is refused: %s",
    (commit) => {
      expect(refusedWeb({ commit }, restricting("never"))).toEqual([
        `web.commit | "${commit}" | push rulesets that allow .github/workflows/sign-image.yml in Contoso/web; these forbid it: ruleset protect-workflows (file_path_restriction) | Let the token bypass the ruleset. A pull request does not help, because a push ruleset applies to every branch.`,
      ]);
      expect(refusedWeb({ commit }, restricting("always"))).toEqual([]);
    },
  );
});

test("what would be forbidden is not refused where nothing is written", () => {
  const rules = rulesOf([["Reviews", ["pull_request"]]]);
  const there = { rules, pushRulesets: found([{ name: "P", rules: [{ type: "update" }] }]) };
  for (const commit of ["direct", "pull-request"]) {
    const { committed, proposal } = plannedWeb({ commit }).files;
    const [file] = (committed ?? proposal)?.files ?? [];
    const files = { [file?.path ?? ""]: file?.content ?? "" };
    expect(
      refusedWeb({ commit }, { repositories: { web: repository({ ...there, files }) } }),
    ).toEqual([]);
    expect(refusedWeb({ commit }, { repositories: { web: repository(there) } })).not.toEqual([]);
  }
});

test.each([
  ["403 Resource not accessible", ["push rulesets of Contoso/web cannot be read: not checked"]],
  ["403 Upgrade to GitHub Pro or make this repository public", []],
])(
  "push rulesets that cannot be read are named, but not where the plan has none: %s",
  (said, expected) => {
    const web = repository({ pushRulesets: { status: "forbidden", said } });
    expect(plannedWeb({}, { repositories: { web } }).warnings).toEqual(expected);
  },
);

test("a rule on the author's address is said not to be checked", () => {
  const there = ruled(["Authors", ["commit_author_email_pattern"]]);
  const said = "whether ruleset Authors (commit_author_email_pattern) allows";
  const { files, warnings } = plannedWeb({}, there);
  expect([files.committed?.files.length === undefined, warnings]).toEqual([
    false,
    [`${said} commits to main depends on the token's account: not checked`],
  ]);
});
