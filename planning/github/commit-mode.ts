import type { BranchRules } from "../../snapshot";
import { covers } from "../../trust/ref-patterns";
import { proposalBranch } from "../../trust/resource-names";
import { answerValue } from "../answers";
import type { Context } from "../context";

export type CommitMode = "direct" | "propose";

/** Rules that keep a commit from being written to a branch directly. */
const FORBIDDING = [
  "pull_request",
  "required_status_checks",
  "required_signatures",
  "required_deployments",
  "merge_queue",
  "update",
];

/** Rules that keep a branch from being made, committed to or deleted. */
const FORBIDDING_BRANCH = [...FORBIDDING, "creation", "deletion"];

/** With these a push passes; `pull_requests_only` is for merges. */
const BYPASSING = ["always", "exempt"];

/** What of classic protection forbids commits, by the names of GitHub's answer. */
const PROTECTIONS = [
  "required_pull_request_reviews",
  "required_status_checks",
  "restrictions",
  "lock_branch",
  "required_signatures",
];

/** How files get to the default branch: committed directly, or proposed in a pull request. */
export function planCommitMode(context: Context): CommitMode {
  const { name: of, wanted, repository, refs, report } = context;
  const { commit } = wanted;
  const branch = proposalBranch(of);
  const { rules, defaultBranch, owner, name, proposals } = repository.snapshot;
  const forbidding = rules
    ? [...rulesetsAgainst(rules, FORBIDDING), ...protectionAgainst(rules, defaultBranch)]
    : [];
  if (commit === "direct" || (commit === "auto" && forbidding.length === 0)) {
    if (forbidding.length > 0) {
      report(
        "commit",
        commit,
        `auto or pull-request, because these rules forbid commits to ${defaultBranch} of ${owner.login}/${name}: ${forbidding.join("; ")}`,
        "Remove `commit`, or let the token bypass the ruleset. Who can bypass a classic protection is not read.",
      );
    }
    return "direct";
  }
  const taken = answerValue(proposals?.branches) ?? [];
  if (taken.includes(FOLDER)) {
    const expected = `a repository without a branch ${FOLDER}, because Git then has no room for branches \`${FOLDER}/…\``;
    report("commit", commit, expected, `Rename the branch ${FOLDER}.`);
  }
  const against = proposals?.rules ? rulesetsAgainst(proposals.rules, FORBIDDING_BRANCH) : [];
  if (against.length > 0) {
    const expected = `rules that allow branches \`${FOLDER}/…\`, from which files are proposed; these forbid them: ${against.join("; ")}`;
    const fix = `Exclude \`${FOLDER}/**\` from the ruleset, or let the token bypass it.`;
    report("commit", commit, expected, fix);
  }
  for (const pattern of refs.branches.filter((it) => covers(it, branch))) {
    const expected = `patterns that do not match \`${FOLDER}/…\`, from which files are proposed`;
    const fix = "Narrow the pattern. Otherwise a proposed workflow signs before its merge.";
    report("branches", pattern, expected, fix);
  }
  return "propose";
}

const FOLDER = "countersign";

/** The rulesets that forbid something to whoever deploys, each by its name. */
function rulesetsAgainst(
  { rules: answer, rulesets }: BranchRules,
  types: readonly string[],
): string[] {
  const rules = answerValue(answer) ?? [];
  const forbidding = rules.filter(({ type }) => types.includes(type));
  return [...new Set(forbidding.map(({ ruleset_id }) => ruleset_id))].flatMap((id) => {
    const found = rulesets[id];
    const ruleset = answerValue(found);
    if (BYPASSING.includes(ruleset?.current_user_can_bypass ?? "")) return [];
    const its = forbidding.filter(({ ruleset_id }) => ruleset_id === id).map(({ type }) => type);
    return [`ruleset ${ruleset?.name ?? id} (${its.join(", ")})`];
  });
}

/** Only administrators can read the details; without them, direct commits are taken as forbidden. */
function protectionAgainst({ protection }: BranchRules, branch: string): string[] {
  if (!protection || protection.status === "missing") return [];
  const name = `protection of branch ${branch}`;
  if (protection.status !== "found") return [`${name}, whose rules the token cannot read`];
  const set = PROTECTIONS.filter((it) => {
    const rule = protection.value[it] as { readonly enabled?: boolean } | undefined;
    return rule && rule.enabled !== false;
  });
  return set.length > 0 ? [`${name} (${set.join(", ")})`] : [];
}
