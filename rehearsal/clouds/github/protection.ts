import type { Properties } from "../wire";
import type { Environment, Protection, Repository } from "./model";
import type { GitHubState } from "./state";

/**
 * The most reviewers, users and teams together.
 * https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
 */
const MOST_REVIEWERS = 6;
const MOST_MINUTES = 43200;
/** The plan whose private repositories have protection rules. */
const PLANS = ["enterprise"];

interface Reviewers {
  readonly users?: readonly number[];
  readonly teams?: readonly number[];
}

/** What the provider refuses at preview about the protection of an environment. */
export function protectionFault({ waitTimer, reviewers }: Properties): string | undefined {
  if (typeof waitTimer === "number" && !(waitTimer >= 0 && waitTimer <= MOST_MINUTES)) {
    return `expected waitTimer to be in the range (0 - ${MOST_MINUTES}), got ${waitTimer}`;
  }
  const blocks = Array.isArray(reviewers) ? reviewers.length : 1;
  return blocks > 1 ? "reviewers: no more than 1 is supported" : undefined;
}

/** The reviewers as the provider sends them. */
export function reviewersOf(inputs: Properties): readonly { type: string; id: number }[] {
  const [{ users = [], teams = [] } = {}] = (inputs.reviewers ?? []) as readonly Reviewers[];
  return [
    ...teams.map((id) => ({ type: "Team", id })),
    ...users.map((id) => ({ type: "User", id })),
  ];
}

/** The protection that a PUT sets. It clears everything else. */
export function wantedProtection(
  github: GitHubState,
  inputs: Properties,
): Protection | { readonly fault: string } {
  const [{ users = [], teams = [] } = {}] = (inputs.reviewers ?? []) as readonly Reviewers[];
  const reviewers = [
    ...[...new Set(teams)].map((id) => nameOf(github.teams, id, ({ slug }) => `team:${slug}`)),
    ...[...new Set(users)].map((id) => nameOf(github.users, id, ({ login }) => login)),
  ];
  const preventSelfReview = inputs.preventSelfReview === true;
  if (reviewers.length > MOST_REVIEWERS) return { fault: `at most ${MOST_REVIEWERS} reviewers` };
  const known = reviewers.filter((name) => name !== undefined);
  if (known.length < reviewers.length) {
    return { fault: "Failed to create the environment protection rule: no such reviewer" };
  }
  if (preventSelfReview && known.length === 0) {
    // From https://github.com/github-community-projects/safe-settings/issues/628.
    const why = "Required reviewers must have at least one reviewer to set prevent_self_review.";
    return { fault: `Failed to create or update the environment protection rule. ${why}` };
  }
  return {
    reviewers: known,
    waitMinutes: (inputs.waitTimer as number) ?? 0,
    preventSelfReview,
    adminsCanBypass: inputs.canAdminsBypass !== false,
  };
}

function nameOf<T extends { readonly id: number }>(
  all: readonly T[],
  id: number,
  name: (found: T) => string,
): string | undefined {
  const found = all.find((it) => it.id === id);
  return found && name(found);
}

/**
 * Why the owner's plan does not have the protection. The text is from
 * https://github.com/backstage/backstage/issues/28977.
 */
export function unpaid(
  github: GitHubState,
  repository: Repository,
  { reviewers, waitMinutes, adminsCanBypass }: Protection,
): string | undefined {
  if (!github.withheld(repository, PLANS)) return undefined;
  const wanted = {
    "required reviewers": reviewers.length > 0,
    "wait timer": waitMinutes > 0,
    "admin bypass": !adminsCanBypass,
  };
  const rule = Object.entries(wanted).find(([, is]) => is)?.[0];
  const why = `Please ensure the billing plan supports the ${rule} protection rule.`;
  return rule && `Failed to create the environment protection rule. ${why}`;
}

/**
 * What a refresh finds. It always finds the wait timer and the bypass. It does not find that
 * reviewers were removed, because the provider skips rules that do not exist.
 */
export function seenProtection(
  github: GitHubState,
  found: Environment,
  inputs: Properties,
): Properties {
  return {
    waitTimer: seen(found.waitMinutes, inputs.waitTimer, 0),
    canAdminsBypass: seen(found.adminsCanBypass, inputs.canAdminsBypass, true),
    ...(found.reviewers.length > 0 && {
      reviewers: seenReviewers(github, found, inputs),
      preventSelfReview: seen(found.preventSelfReview, inputs.preventSelfReview, false),
    }),
  };
}

/** The declared value if nothing changed, so that a default is not drift. */
function seen<T extends number | boolean>(actual: T, declared: unknown, standard: T) {
  return actual === (declared ?? standard) ? (declared as T | undefined) : actual;
}

function seenReviewers(github: GitHubState, { reviewers }: Environment, inputs: Properties) {
  const wanted = wantedProtection(github, inputs);
  const declared = "fault" in wanted ? [] : wanted.reviewers;
  const known = reviewers.filter((name) => reviewerOf(github, name).id !== undefined);
  if (String([...declared].sort()) === String([...known].sort())) return inputs.reviewers;
  const ids = (type: "User" | "Team") =>
    known
      .map((name) => reviewerOf(github, name))
      .filter((it) => it.type === type)
      .map(({ id }) => id);
  return [{ users: ids("User"), teams: ids("Team") }];
}

/** Kind and id of a reviewer, by the name in the state. */
export function reviewerOf(github: GitHubState, name: string) {
  const [, slug] = /^team:(.+)$/.exec(name) ?? [];
  const { id } = slug
    ? (github.teams.find((it) => it.slug === slug) ?? {})
    : (github.users.find((it) => it.login === name) ?? {});
  return { type: slug ? ("Team" as const) : ("User" as const), id, name: slug ?? name };
}
