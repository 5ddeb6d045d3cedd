import { describe, expect, test } from "vitest";
import { found, repository } from "../../support/planning";
import { refusedWeb } from "../../support/refused";
import { type Ruleset, rulesOf } from "../../support/rulesets";

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
    ["a type that nobody knows", "never"],
  ])("a rule %s for its branch is refused", (rule, bypass) => {
    expect(refusedWeb(wanted, proposals([["All", [rule], bypass]]))).toEqual([
      `web.commit | "pull-request" | rules that allow branches \`countersign/…\`, from which files are proposed; these forbid them: ruleset All (${rule}) | Exclude \`countersign/**\` from the ruleset, or let the token bypass it.`,
    ]);
  });

  test.each([
    ["a rule that the token bypasses", proposals([["All", ["pull_request"], "always"]])],
    ["harmless rules", proposals([["All", ["non_fast_forward", "deletion"]]])],
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
