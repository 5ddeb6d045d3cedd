import { MAX_REVIEWERS } from "./environment-schema";
import { IDENTITY_KEYS } from "./identity-schema";
import { isRecord, type Pipeline, type Report, record, strings, unique } from "./lenient";

/** What one choice of a pipeline asks of another. */
export function choiceRules(pipeline: Pipeline, report: Report): void {
  environmentRules(pipeline, report);
  identityRules(pipeline, report);
  governedRules(pipeline, report);
  const { level, environment, governed } = pipeline;
  if (level === "environment" && !environment && governed === undefined) {
    const remedy = "add an `environment`, or choose another `level`";
    const allowed = "repository or organization, as there is no `environment`";
    report("level", "environment", allowed, remedy);
  }
}

const PROTECTION = ["reviewers", "preventSelfReview", "waitMinutes", "adminsCanBypass"];

function environmentRules({ environment = {} }: Pipeline, report: Report): void {
  const { reviewers, preventSelfReview, create } = environment;
  const { users, teams } = record(reviewers);
  const names = [...strings(users), ...strings(teams)];
  if (names.length > MAX_REVIEWERS) {
    const remedy = `there are ${names.length}: name a team instead of its members`;
    const allowed = `at most ${MAX_REVIEWERS} reviewers, users and teams together`;
    report("environment.reviewers", names, allowed, remedy);
  }
  unique(strings(users), "environment.reviewers.users", report);
  unique(strings(teams), "environment.reviewers.teams", report);
  // Values of another shape are not none: the schema refuses them.
  if (isRecord(reviewers) && Object.values(reviewers).flat().length === 0) {
    const remedy = "name a user or a team, or leave the key out";
    report("environment.reviewers", reviewers, "at least one user or team", remedy);
  }
  if (preventSelfReview === true && reviewers === undefined) {
    const remedy = "add `reviewers`, or leave it out";
    report("environment.preventSelfReview", true, "only together with `reviewers`", remedy);
  }
  const changed = PROTECTION.filter((key) => environment[key] !== undefined);
  if (create === false && changed.length > 0) {
    const allowed = `an environment without ${changed.join(", ")}, as \`create\` is false`;
    const remedy = "one that exists is never changed: set them on GitHub, or let it be made";
    report("environment.create", false, allowed, remedy);
  }
}

function identityRules({ identity }: Pipeline, report: Report): void {
  const chosen = IDENTITY_KEYS.filter((key) => identity[key] !== undefined);
  if (chosen.length > 1) {
    const remedy = `a run logs in as one identity: remove ${chosen.slice(1).join(", ")}`;
    report("identity", chosen, `one of ${IDENTITY_KEYS.join(", ")}`, remedy);
  }
}

function governedRules({ governed, ids, level }: Pipeline, report: Report): void {
  if (governed === undefined) return;
  if (ids !== "variables") {
    const remedy =
      "set `ids: variables`: none of the three is secret, and a call hands on no secret";
    report("ids", ids, "variables, as `trust.workflow` is called with them", remedy);
  }
  if (level === "environment") {
    const remedy = "a job that calls a workflow is in no environment: leave `level` out";
    report("level", level, "repository or organization, as there is `trust.workflow`", remedy);
  }
}
