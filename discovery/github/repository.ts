import type { Answer, BranchRules, PullRequestAnswer, RepositorySnapshot } from "../../snapshot";
import { proposalBranch, proposalName, pullRequestName } from "../../trust/resource-names";
import type { SubjectCustomization } from "../../trust/subjects";
import { TIMESTAMP_ROOT } from "../../trust/verification";
import type { Asked, AskedOf } from "./asked";
import { discoverEnvironments } from "./environments";
import { byKey, mapAnswer, path, textOf } from "./reader";
import { discoverSettings } from "./settings";

type RepositoryAnswer = Pick<
  RepositorySnapshot,
  "id" | "name" | "owner" | "private" | "visibility" | "archived"
> & { readonly default_branch: string; readonly html_url: string };

/** Everything that planning asks of one pipeline's repository. */
export async function discoverRepository(
  asked: Asked,
  owner: string,
): Promise<Answer<RepositorySnapshot>> {
  const { reader, wanted } = asked;
  const found = await reader.get<RepositoryAnswer>(path`repos/${owner}/${wanted.repository}`);
  if (found.status !== "found") return found;
  const { id, name, owner: account, private: isPrivate, visibility, archived } = found.value;
  const { default_branch: defaultBranch, html_url: url } = found.value;
  const base = path`repos/${account.login}/${name}`;
  const of = { ...asked, owner: account.login, id, base, branch: defaultBranch };
  const [branch, subjects, files, environments, settings] = await Promise.all([
    discoverBranch(of),
    discoverSubjects(of, account.type),
    discoverFiles(of),
    discoverEnvironments(of),
    discoverSettings(of),
  ]);
  const itself = { id, name, owner: account, private: isPrivate, visibility, archived };
  const seen = { ...branch, ...subjects, ...files, environments, settings };
  return { status: "found", value: { ...itself, defaultBranch, url, ...seen } };
}

/** What forbids commits to the default branch, and what may be proposed instead. */
async function discoverBranch(
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
  const rules: BranchRules["rules"] = await reader.get(base + path`/rules/branches/${branch}`);
  const ids = rules.status === "found" ? rules.value.map((it) => String(it.ruleset_id)) : [];
  return { rules, rulesets: await byKey(ids, (id) => reader.get(`${base}/rulesets/${id}`)) };
}

/** What decides about a new proposal is read where the recorded one is not open. */
async function discoverProposals(
  of: AskedOf,
): Promise<NonNullable<RepositorySnapshot["proposals"]>> {
  const { reader, base, pipeline, record } = of;
  const pullRequest = await discoverPullRequest(of);
  if (pullRequest?.status === "found" && pullRequest.value.state === "open") return { pullRequest };
  const matching = `${base}/git/matching-refs/heads/countersign`;
  const [refs, rules] = await Promise.all([
    reader.get<ReadonlyArray<{ readonly ref: string }>>(matching),
    // Any branch that files are proposed from: the exact name is not decided here.
    record?.proposal ? undefined : discoverRules(of, proposalBranch(pipeline)),
  ]);
  const branches = mapAnswer(refs, (all) => all.map(({ ref }) => ref.replace("refs/heads/", "")));
  return { branches, ...(rules && { rules }), ...(pullRequest && { pullRequest }) };
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

/** The subject template: the repository's, and its organization's where it uses that one. */
async function discoverSubjects(
  { reader, owner, base }: AskedOf,
  type: string,
): Promise<Pick<RepositorySnapshot, "subjects" | "organizationSubjects">> {
  const subjects = await reader.get<SubjectCustomization>(`${base}/actions/oidc/customization/sub`);
  const own = subjects.status === "found" ? subjects.value : undefined;
  const inherits = own?.use_default === false && !own.include_claim_keys?.length;
  if (type !== "Organization" || !inherits) return { subjects };
  const organization = path`orgs/${owner}/actions/oidc/customization/sub`;
  return { subjects, organizationSubjects: await reader.get(organization) };
}

/** Texts of the timestamp root and of each workflow that this pipeline has or had there. */
async function discoverFiles(of: AskedOf): Promise<Pick<RepositorySnapshot, "files" | "hidden">> {
  const { reader, base, branch, wanted, record } = of;
  const recorded = record?.plans.map((plan) => plan.workflow.path) ?? [];
  const paths = [wanted.workflow, TIMESTAMP_ROOT, ...recorded, ...(record?.formerWorkflows ?? [])];
  const found = await byKey(paths, (file) =>
    reader.get<{ readonly content: string }>(base + path`/contents/${file}?ref=${branch}`),
  );
  const hidden = Object.values(found).find(({ status }) => status === "forbidden");
  const texts = Object.entries(found).flatMap(([file, answer]) =>
    answer.status === "found" ? [[file, textOf(answer.value)]] : [],
  );
  return { files: Object.fromEntries(texts), ...(hidden && { hidden: true }) };
}
