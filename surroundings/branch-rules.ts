import { get, getIfAllowed, path } from "./github";
import type { Repository } from "./repository";

interface Rule {
  readonly type: string;
  readonly ruleset_id: number;
}

/** Rules that keep a commit from being written to a branch directly (github.md, 4.2 and 5). */
const FORBIDDING = [
  "pull_request",
  "required_status_checks",
  "required_signatures",
  "required_deployments",
  "merge_queue",
  "update",
];

/** With these a push passes; `pull_requests_only` is for merges (github.md, 3.4). */
const BYPASSING = ["always", "exempt"];

/** What of classic protection does the same, by the names of GitHub's answer. */
const PROTECTIONS = [
  "required_pull_request_reviews",
  "required_status_checks",
  "restrictions",
  "lock_branch",
  "required_signatures",
];

/**
 * The rules that keep the one who deploys from committing to the default branch, each by its name;
 * none where one may. Rulesets are invisible to the endpoint of classic protection (github.md, 4.2).
 */
export async function rulesAgainstCommits(repository: Repository): Promise<string[]> {
  const base = path`repos/${repository.owner}/${repository.name}`;
  const branch = repository.defaultBranch;
  const [named, head] = await Promise.all([
    rulesetsAgainst(base, branch, FORBIDDING),
    get<{ readonly protected: boolean }>(base + path`/branches/${branch}`),
  ]);
  const classic = head?.protected ? await protectionFault(base, branch) : undefined;
  return [...named, ...(classic ? [classic] : [])];
}

/** The rulesets that keep a branch from being made, committed to or deleted, each by its name. */
export function rulesAgainstBranch({ owner, name }: Repository, branch: string): Promise<string[]> {
  return rulesetsAgainst(path`repos/${owner}/${name}`, branch, [
    ...FORBIDDING,
    "creation",
    "deletion",
  ]);
}

async function rulesetsAgainst(
  base: string,
  branch: string,
  types: readonly string[],
): Promise<string[]> {
  // Where the plan has no rules, GitHub answers 403 (github.md, 7).
  const rules = await getIfAllowed<readonly Rule[]>(base + path`/rules/branches/${branch}`);
  const forbidding = (rules ?? []).filter(({ type }) => types.includes(type));
  const ids = [...new Set(forbidding.map(({ ruleset_id }) => ruleset_id))];
  const rulesets = await Promise.all(ids.map((id) => rulesetFault(base, id, forbidding)));
  return rulesets.flatMap((it) => it ?? []);
}

async function rulesetFault(
  base: string,
  id: number,
  rules: readonly Rule[],
): Promise<string | undefined> {
  const ruleset = await getIfAllowed<{
    readonly name: string;
    readonly current_user_can_bypass?: string;
  }>(`${base}/rulesets/${id}`);
  if (BYPASSING.includes(ruleset?.current_user_can_bypass ?? "")) return undefined;
  const types = rules.filter(({ ruleset_id }) => ruleset_id === id).map(({ type }) => type);
  return `ruleset ${ruleset?.name ?? id} (${types.join(", ")})`;
}

/** Only administrators read the details; whoever does not must take it for forbidding. */
async function protectionFault(base: string, branch: string): Promise<string | undefined> {
  type Protection = Readonly<Record<string, { readonly enabled?: boolean } | undefined>>;
  const details = await getIfAllowed<Protection>(base + path`/branches/${branch}/protection`);
  if (!details) return `protection of branch ${branch}`;
  const set = PROTECTIONS.filter((name) => details[name] && details[name]?.enabled !== false);
  return set.length > 0 ? `protection of branch ${branch} (${set.join(", ")})` : undefined;
}
