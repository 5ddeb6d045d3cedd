import {
  createsEnvironment,
  type EnvironmentConfiguration,
} from "../../configuration/schemas/environment-schema";
import type { EnvironmentPlan } from "../../trust/environment";
import { answerValue } from "../answers";
import type { Context } from "../context";
import { type Report, under } from "../report";
import { checkAdopted, checkOwn, ownEnvironment } from "./environment-policies";

/**
 * One rule decides whose the signing job's environment is: what this stack created stays its own;
 * otherwise `create` decides, whose default is the opposite of `adopt`.
 */
export function planEnvironment(of: Context): EnvironmentPlan | undefined {
  const { environment: wanted } = of.wanted;
  if (!wanted) return undefined;
  const report = under(of.report, "environment");
  const { name, preventSelfReview, waitMinutes, adminsCanBypass } = wanted;
  const held = ownEnvironment(of, name);
  const create = held !== undefined || createsEnvironment(of.wanted);
  const answer = of.repository.snapshot.environments[name] ?? { status: "missing" };
  const found = answerValue(answer);
  checkPlan(of, wanted, report);
  if (found && found.name !== name) {
    report("", name, found.name, `Use GitHub's exact spelling: \`${found.name}\`.`);
  }
  if (!create) {
    checkUnchanged(wanted, report);
    checkAdopted(name, answer, of.refs, report);
    return { name, create, reviewers: { users: [], teams: [] }, preventSelfReview: false };
  }
  if (held && wanted.create === false) {
    const fix =
      "Remove `create`. To use the environment unchanged, first take it out of the stack's state with `pulumi state delete`.";
    report("create", false, "true, because this stack created the environment", fix);
  }
  if (held) checkOwn(name, answer, held, report);
  else if (found) {
    const fix =
      "Set `environment.create: false` to use the existing environment unchanged, or choose another name. If an interrupted run created the environment, delete it on GitHub.";
    report("", name, "an environment that does not exist yet", fix);
  }
  const reviewers = planReviewers(of, wanted, under(report, "reviewers"));
  return { name, create, reviewers, preventSelfReview, waitMinutes, adminsCanBypass };
}

/** Keys that make a run wait. */
function guardsOf({ reviewers, waitMinutes }: EnvironmentConfiguration): string[] {
  return [
    ...(reviewers.users.length + reviewers.teams.length > 0 ? ["reviewers"] : []),
    ...(waitMinutes === undefined ? [] : ["waitMinutes"]),
  ];
}

/** What would be said of an environment that is used unchanged, and never take effect. */
function checkUnchanged(wanted: EnvironmentConfiguration, report: Report): void {
  const guards = guardsOf(wanted);
  // Beside another guard it is a default.
  const isBypassSaid = wanted.adminsCanBypass !== undefined && guards.length === 0;
  const said = isBypassSaid ? ["adminsCanBypass"] : guards;
  if (said.length === 0) return;
  const expected = `no ${said.join(", ")}, because \`adopt\` uses an existing environment unchanged`;
  const fix = "Set them on GitHub, or let this stack create the environment with `create: true`.";
  report("", wanted.name, expected, fix);
}

/** What GitHub has on private repositories depends on the owner's plan. */
function checkPlan(
  { repository, snapshot: { github } }: Context,
  wanted: EnvironmentConfiguration,
  report: Report,
): void {
  const { private: isPrivate, owner, name } = repository.snapshot;
  if (!isPrivate || repository.source.host.kind !== "cloud") return;
  const { plan: answer } = github;
  const plan = answerValue(answer);
  const on = `on the private repository ${owner.login}/${name}: its owner has GitHub's ${plan} plan`;
  if (plan === "free") {
    const paid = owner.type === "Organization" ? "GitHub Team or Enterprise" : "GitHub Pro";
    const fix = `Remove the environment and declare exact branches, make the repository public, or use ${paid}.`;
    report("", wanted.name, `no environment ${on}`, fix);
  }
  if (plan !== "pro" && plan !== "team") return;
  const asked = [
    ...guardsOf(wanted),
    ...(wanted.adminsCanBypass === false ? ["adminsCanBypass"] : []),
  ];
  if (asked.length === 0) return;
  const fix = `Remove ${asked.join(", ")} (the environment still confines branches and tags), make the repository public, or use GitHub Enterprise.`;
  report("", wanted.name, `no ${asked.join(", ")} ${on}`, fix);
}

function planReviewers(
  { repository, snapshot: { github } }: Context,
  { reviewers }: EnvironmentConfiguration,
  report: Report,
): EnvironmentPlan["reviewers"] {
  const { owner } = repository.snapshot;
  const { users, teams } = github;
  const user = (login: string): number[] => {
    const found = users[login];
    // GitHub answers with an organization's account too.
    if (found?.status === "found" && found.value.type === "User") return [found.value.id];
    const fix = "Check the login. Name teams under `teams`.";
    report("users", login, "logins of existing users", fix);
    return [];
  };
  const team = (slug: string): number[] => {
    const found = teams[slug];
    if (owner.type !== "Organization") {
      const expected = `no teams, because ${owner.login} is not an organization`;
      report("teams", slug, expected, "Name users instead.");
      return [];
    }
    if (found?.status === "found") return [found.value.id];
    const fix = "Check the slug, and that the token can read the organization's members.";
    report("teams", slug, `teams of ${owner.login}`, fix);
    return [];
  };
  return { users: reviewers.users.flatMap(user), teams: reviewers.teams.flatMap(team) };
}
