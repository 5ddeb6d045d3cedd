import type { EnvironmentConfiguration } from "../configuration/environment-schema";
import { type Problem, ProblemsError, refuse, together } from "../configuration/problems";
import { get, getIfAllowed, path } from "./github";
import type { Repository } from "./repository";

/** An environment as a pipeline uses it. */
export interface EnvironmentPlan {
  /** As subjects carry it: to the case, and without `:`. */
  readonly name: string;
  /** Whether it is made here; otherwise one that exists is used as it is. */
  readonly create: boolean;
  /** Ids of the users and teams that may let a run in; at most 6 in all (github.md, 7). */
  readonly reviewers: { readonly users: readonly number[]; readonly teams: readonly number[] };
  /** Whether nobody approves a run of their own. */
  readonly preventSelfReview: boolean;
  /** Minutes that each run waits, 1 to 43200. Default: none. */
  readonly waitMinutes?: number;
  /** Whether administrators may skip these rules. Default: GitHub's own, true. */
  readonly adminsCanBypass?: boolean;
}

/**
 * Checks that the owner's plan has what an environment asks for, and finds its reviewers.
 *
 * @throws ProblemsError naming the plan, or the reviewers that are missing.
 */
export async function planEnvironment(
  repository: Repository,
  wanted: EnvironmentConfiguration,
  at: string,
): Promise<EnvironmentPlan> {
  const { name, preventSelfReview, waitMinutes, adminsCanBypass } = wanted;
  // With `create: false` nothing is said of what guards it: going on, that would be cleared.
  if (wanted.create === false) {
    const allowed = "true, as this stack made the environment and declares what guards it";
    const remedy = "leave it out; to use it as it is, first take it out of the stack's state";
    refuse("The environment cannot be used", [
      { path: `${at}.create`, given: false, allowed, remedy },
    ]);
  }
  const [reviewers] = await together("The environment cannot be made", [
    findReviewers(repository, wanted, at),
    checkPlan(repository, wanted, at),
  ]);
  return { name, create: true, reviewers, preventSelfReview, waitMinutes, adminsCanBypass };
}

const NEEDS_ENTERPRISE = {
  reviewers: ({ reviewers }: EnvironmentConfiguration) =>
    reviewers.users.length + reviewers.teams.length > 0,
  waitMinutes: ({ waitMinutes }: EnvironmentConfiguration) => waitMinutes !== undefined,
  adminsCanBypass: ({ adminsCanBypass }: EnvironmentConfiguration) => adminsCanBypass === false,
} as const;

/**
 * Checks what GitHub sells on private repositories (github.md, 7): on the plan free it ignores what
 * guards an environment, also of one that exists. Nothing is said where no one knows.
 *
 * @throws ProblemsError naming the plan, what would do, and what works today.
 */
export async function checkPlan(
  repository: Repository,
  wanted: EnvironmentConfiguration,
  at: string,
): Promise<void> {
  if (!repository.isPrivate || repository.source.host.kind !== "cloud") return;
  const plan = await planOf(repository);
  const on = `the private repository ${repository.owner}/${repository.name}`;
  const problem = (allowed: string, remedy: string): Problem => ({
    path: at,
    given: wanted.name,
    allowed,
    remedy,
  });
  if (plan === "free") {
    const paid = repository.isOrganizations ? "GitHub Team or Enterprise" : "GitHub Pro";
    const allowed = `none on ${on}, as its owner's plan is free`;
    const remedy = `${paid} would do; today: leave it out and declare exact branches, or make the repository public`;
    refuse("The environment cannot be made", [problem(allowed, remedy)]);
  }
  if (plan !== "pro" && plan !== "team") return;
  const asked = Object.entries(NEEDS_ENTERPRISE).flatMap(([key, asks]) =>
    asks(wanted) ? [key] : [],
  );
  if (asked.length === 0) return;
  const allowed = `no ${asked.join(", ")} on ${on}, as its owner's plan is ${plan}`;
  const remedy = `GitHub Enterprise would do; today: leave ${asked.length > 1 ? "them" : "it"} out (branches and tags are confined all the same), or make the repository public`;
  refuse("The environment cannot be made", [problem(allowed, remedy)]);
}

/** `free`, `pro`, `team`…; undefined where this token may not see it. */
async function planOf({ owner, isOrganizations }: Repository): Promise<string | undefined> {
  const account = isOrganizations ? path`orgs/${owner}` : path`users/${owner}`;
  const found = await getIfAllowed<{ readonly plan?: { readonly name: string } }>(account);
  return found?.plan?.name;
}

async function findReviewers(
  { owner, isOrganizations }: Repository,
  { reviewers }: EnvironmentConfiguration,
  at: string,
): Promise<EnvironmentPlan["reviewers"]> {
  const missing = (kind: string, given: string, allowed: string, remedy: string) =>
    new ProblemsError("A reviewer is missing", [
      { path: `${at}.reviewers.${kind}`, given, allowed, remedy },
    ]);
  const user = async (login: string) => {
    const found = await get<{ readonly id: number; readonly type: string }>(path`users/${login}`);
    // An organisation answers there too.
    if (found?.type === "User") return found.id;
    throw missing(
      "users",
      login,
      "logins of existing users",
      "check the login; teams go in `teams`",
    );
  };
  const team = async (slug: string) => {
    if (!isOrganizations) {
      const remedy = "name users: a personal account has no teams";
      throw missing("teams", slug, `nothing, as ${owner} is no organisation`, remedy);
    }
    const found = await get<{ readonly id: number }>(path`orgs/${owner}/teams/${slug}`);
    if (found) return found.id;
    const remedy = "check the slug, and that the token may read the organisation's members";
    throw missing("teams", slug, `teams of ${owner}`, remedy);
  };
  const found = await together("Some reviewers are missing", [
    ...reviewers.users.map(user),
    ...reviewers.teams.map(team),
  ]);
  const count = reviewers.users.length;
  return { users: found.slice(0, count), teams: found.slice(count) };
}
