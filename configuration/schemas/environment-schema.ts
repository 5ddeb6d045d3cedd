import { z } from "zod";
import type { Report } from "../problems";
import { environment, list, login, object, teamSlug } from "./fields";

// Limits: https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
const MAX_REVIEWERS = 6;
const MAX_WAIT = 43_200;

const settingsSchema = z.strictObject({
  name: environment,
  reviewers: object("Who can approve a run. One approval is enough. Default: nobody.", {
    users: list(login, "Logins of users.").default([]),
    teams: list(teamSlug, "Slugs of the organization's teams.").default([]),
  }).optional(),
  preventSelfReview: z.boolean().optional().describe("Default: true with reviewers."),
  waitMinutes: z.int().min(1).max(MAX_WAIT).optional().describe("Minutes that each run waits."),
  adminsCanBypass: z.boolean().optional().describe("Default: false with reviewers or a wait."),
  create: z.boolean().optional().describe("False: an existing environment is used unchanged."),
});

type Settings = z.output<typeof settingsSchema>;

/** The key `environment` of a pipeline. */
export const environmentSchema = z
  .union([environment, settingsSchema])
  .describe("GitHub environment of the signing job: its name, or its settings.");

/** Whether the first `up` creates the environment. The default of `create` is the opposite of `adopt`. */
export function createsEnvironment({
  environment,
  adopt,
}: {
  readonly environment?: EnvironmentConfiguration;
  readonly adopt: boolean;
}): boolean {
  return environment !== undefined && (environment.create ?? !adopt);
}

/** The settings of an environment, with all defaults that do not depend on the pipeline. */
export type EnvironmentConfiguration = ReturnType<typeof environmentConfiguration>;

export function environmentConfiguration(written: string | Settings) {
  const settings: Settings = typeof written === "string" ? { name: written } : written;
  const { reviewers = { users: [], teams: [] }, ...rest } = settings;
  const isReviewed = reviewers.users.length + reviewers.teams.length > 0;
  const isGuarded = isReviewed || rest.waitMinutes !== undefined;
  return {
    ...rest,
    reviewers,
    preventSelfReview: rest.preventSelfReview ?? isReviewed,
    /** Undefined: GitHub's default, which is true. */
    adminsCanBypass: rest.adminsCanBypass ?? (isGuarded ? false : undefined),
  };
}

/** Rules between the keys of an environment. */
export function environmentRules(written: string | Settings | undefined, report: Report): void {
  if (typeof written !== "object") return;
  const { name: _, create, ...rules } = written;
  const { reviewers, preventSelfReview } = rules;
  const count = reviewers ? reviewers.users.length + reviewers.teams.length : 1;
  if (count < 1 || count > MAX_REVIEWERS) {
    const fix =
      count < 1 ? "Add one, or remove `reviewers`." : "Use a team instead of its members.";
    report("environment.reviewers", `1 to ${MAX_REVIEWERS} users and teams in total`, fix);
  }
  if (preventSelfReview && !reviewers) {
    const fix = "Add `reviewers`, or remove `preventSelfReview`.";
    report("environment.preventSelfReview", "`true` only together with `reviewers`", fix);
  }
  const keys = Object.keys(rules).join(", ");
  if (create === false && keys) {
    const fix = "Remove these keys and configure them on GitHub, or remove `create`.";
    report("environment.create", `\`false\` only without ${keys}`, fix);
  }
}
