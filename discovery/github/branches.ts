import type {
  Answer,
  BranchRules,
  PullRequestAnswer,
  PushRuleset,
  RepositorySnapshot,
} from "../../snapshot";
import { proposalBranch, proposalName, pullRequestName } from "../../trust/resource-names";
import type { AskedOf } from "./asked";
import { byKey, mapAnswer, path } from "./reader";

/** What forbids commits to the default branch, and what may be proposed instead. */
export async function discoverBranch(
  of: AskedOf,
): Promise<Pick<RepositorySnapshot, "empty" | "rules" | "proposals">> {
  const { reader, base, branch, record, wanted } = of;
  if (wanted.commit === "pull-request") {
    const proposals = await discoverProposals(of);
    return { empty: proposals.branches?.status === "missing", proposals };
  }
  const at = base + path`/branches/${branch}`;
  const [head, ruled] = await Promise.all([
    reader.get<{ readonly protected: boolean }>(at),
    discoverRules(of, branch),
  ]);
  const isProtected = head.status === "found" && head.value.protected;
  const rules: BranchRules = isProtected
    ? { ...ruled, protection: await reader.get(`${at}/protection`) }
    : ruled;
  const isRuled = isProtected || (ruled.rules.status === "found" && ruled.rules.value.length > 0);
  const empty = head.status === "missing";
  const mayPropose = !empty && (record?.proposal || (wanted.commit === "auto" && isRuled));
  return { empty, rules, ...(mayPropose && { proposals: await discoverProposals(of) }) };
}

/** The rules of rulesets on a branch, which need not exist, and those rulesets. */
async function discoverRules({ reader, base }: AskedOf, branch: string): Promise<BranchRules> {
  const rules: BranchRules["rules"] = await reader.pages(base + path`/rules/branches/${branch}`);
  const ids = rules.status === "found" ? rules.value.map((it) => String(it.ruleset_id)) : [];
  return { rules, rulesets: await byKey(ids, (id) => reader.get(`${base}/rulesets/${id}`)) };
}

/** The active rulesets that refuse pushes of some files to any branch. */
export async function discoverPushRulesets({
  reader,
  base,
}: AskedOf): Promise<Answer<readonly PushRuleset[]>> {
  const listed = await reader.pages<{ id: number; target?: string; enforcement?: string }>(
    `${base}/rulesets?includes_parents=true&targets=push`,
  );
  if (listed.status !== "found") return listed;
  const active = listed.value.filter((it) => it.target === "push" && it.enforcement === "active");
  const read = await Promise.all(
    active.map(({ id }) => reader.get<PushRuleset>(`${base}/rulesets/${id}`)),
  );
  const hidden = read.find(({ status }) => status !== "found");
  if (hidden && hidden.status !== "found") return hidden;
  return { status: "found", value: read.flatMap((it) => (it.status === "found" ? it.value : [])) };
}

/** The recorded proposal, the rules of its branch, or of any, and other branches beside that one. */
async function discoverProposals(
  of: AskedOf,
): Promise<NonNullable<RepositorySnapshot["proposals"]>> {
  const { reader, base, pipeline, record } = of;
  const branch = proposalBranch(pipeline, record?.proposal?.id);
  const [pullRequest, rules] = await Promise.all([
    discoverPullRequest(of),
    discoverRules(of, branch),
  ]);
  const own = { rules, ...(pullRequest && { pullRequest }) };
  if (pullRequest?.status === "found" && pullRequest.value.state === "open") return own;
  const matching = `${base}/git/matching-refs/heads/countersign`;
  const refs = await reader.get<ReadonlyArray<{ readonly ref: string }>>(matching);
  const branches = mapAnswer(refs, (all) => all.map(({ ref }) => ref.replace("refs/heads/", "")));
  return { branches, ...own };
}

/** The pull request that the state has for the recorded proposal. */
async function discoverPullRequest(of: AskedOf): Promise<Answer<PullRequestAnswer> | undefined> {
  const { reader, owner, pipeline, record, resources } = of;
  const { id = "", repository = "" } = record?.proposal ?? {};
  const name = pullRequestName(proposalName(pipeline, id));
  const number = resources.find((it) => it.name === name)?.outputs.number;
  if (!id || number === undefined) return undefined;
  return reader.get(path`repos/${owner}/${repository}/pulls/${String(number)}`);
}
