import type { BranchRules } from "../../snapshot";
import { covers } from "../../trust/ref-patterns";
import { proposalBranch } from "../../trust/resource-names";
import { commitMessage } from "../../workflow/committed-files";
import { answerValue } from "../answers";
import type { Context } from "../context";
import { type Change, type Judged, judge, judgeBranch } from "./rules";

export type CommitMode = "direct" | "propose";

/** What of classic protection forbids commits, by the names of GitHub's answer. */
const PROTECTIONS = [
  "required_pull_request_reviews",
  "required_status_checks",
  "restrictions",
  "lock_branch",
  "required_signatures",
];

/** How files get to the default branch. */
export interface CommitPlan {
  readonly mode: CommitMode;
  /** Reports what forbids that, if files are written, and returns what is not checked. */
  readonly check: () => string[];
}

/** How files get to the default branch: committed directly, or proposed in a pull request. */
export function planCommitMode(context: Context): CommitPlan {
  const { commit, workflow } = context.wanted;
  const { rules, defaultBranch } = context.repository.snapshot;
  const commits: Change = { messages: [commitMessage(workflow)], paths: [workflow] };
  const judged = rules ? judgeBranch(rules, commits) : { forbidding: [], unknown: [] };
  const forbidding = rules
    ? [...judged.forbidding, ...protectionAgainst(rules, defaultBranch)]
    : [];
  const isDirect = commit === "direct" || (commit === "auto" && forbidding.length === 0);
  return {
    mode: isDirect ? "direct" : "propose",
    check: () => [
      ...checkPushRulesets(context, commits),
      ...(isDirect
        ? checkDirect(context, { ...judged, forbidding })
        : checkProposals(context, commits)),
    ],
  };
}

function checkPushRulesets({ wanted, repository, report }: Context, commits: Change): string[] {
  const { pushRulesets: answer, owner, name } = repository.snapshot;
  // A plan without rulesets is forbidden too: https://docs.github.com/rest/repos/rules
  if (answer?.status === "forbidden" && !/Upgrade to GitHub/.test(answer.said)) {
    return [`push rulesets of ${owner.login}/${name} cannot be read: not checked`];
  }
  const { forbidding } = judge(answerValue(answer) ?? [], commits);
  if (forbidding.length === 0) return [];
  const expected = `push rulesets that allow ${wanted.workflow} in ${owner.login}/${name}; these forbid it: ${forbidding.join("; ")}`;
  const fix =
    "Let the token bypass the ruleset. A pull request does not help, because a push ruleset applies to every branch.";
  report("commit", wanted.commit, expected, fix);
  return [];
}

function checkDirect({ wanted, repository, report }: Context, judged: Judged): string[] {
  const { defaultBranch, owner, name } = repository.snapshot;
  const { forbidding } = judged;
  if (forbidding.length > 0) {
    report(
      "commit",
      wanted.commit,
      `auto or pull-request, because these rules forbid commits to ${defaultBranch} of ${owner.login}/${name}: ${forbidding.join("; ")}`,
      "Remove `commit`, or let the token bypass the ruleset. Countersign does not read who can bypass a classic protection.",
    );
  }
  return unchecked(judged, `commits to ${defaultBranch}`);
}

/** Whether a branch for a proposal can be created and committed to. */
function checkProposals(
  { name: of, wanted: { commit }, repository, refs, report }: Context,
  commits: Change,
): string[] {
  const branch = proposalBranch(of);
  const { proposals } = repository.snapshot;
  const taken = answerValue(proposals?.branches) ?? [];
  if (taken.includes(FOLDER)) {
    const expected = `a repository without a branch ${FOLDER}, because Git then has no room for branches \`${FOLDER}/…\``;
    report("commit", commit, expected, `Rename the branch ${FOLDER}.`);
  }
  const isOpen = answerValue(proposals?.pullRequest)?.state === "open";
  const against = proposals?.rules
    ? judgeBranch(proposals.rules, isOpen ? commits : { ...commits, branch })
    : { forbidding: [], unknown: [] };
  if (against.forbidding.length > 0) {
    const expected = `rules that allow branches \`${FOLDER}/…\`, from which files are proposed; these forbid them: ${against.forbidding.join("; ")}`;
    const fix = `Exclude \`${FOLDER}/**\` from the ruleset, or let the token bypass it.`;
    report("commit", commit, expected, fix);
  }
  for (const pattern of refs.branches.filter((it) => covers(it, branch))) {
    const expected = `patterns that do not match \`${FOLDER}/…\`, from which files are proposed`;
    const fix = "Narrow the pattern. Otherwise a proposed workflow signs before its merge.";
    report("branches", pattern, expected, fix);
  }
  return unchecked(against, `branches \`${FOLDER}/…\``);
}

const FOLDER = "countersign";

/** GitHub tells nobody which author a commit would have. */
function unchecked({ unknown }: Judged, what: string): string[] {
  return unknown.map(
    (ruleset) => `whether ${ruleset} allows ${what} depends on the token's account: not checked`,
  );
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
