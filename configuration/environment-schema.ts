import { z } from "zod";
import * as text from "./text";

/** GitHub: at most so many reviewers, users and teams together (github.md, 7). */
export const MAX_REVIEWERS = 6;

/** GitHub: the longest wait, thirty days (github.md, 7). */
const MAX_WAIT_MINUTES = 43_200;

const settings = z.strictObject({
  name: text.environment,
  reviewers: z
    .strictObject({
      users: z.array(text.login).optional().meta({ description: "Logins. Default: none." }),
      teams: z
        .array(text.teamSlug)
        .optional()
        .meta({ description: "Slugs of the organisation's teams. Default: none." }),
    })
    .optional()
    .meta({ description: "Who may let a run in; one approval suffices. At most 6 in all." }),
  preventSelfReview: z
    .boolean()
    .optional()
    .meta({ description: "Nobody approves a run of their own. Default: true with reviewers." }),
  waitMinutes: z
    .int()
    .min(1)
    .max(MAX_WAIT_MINUTES)
    .optional()
    .meta({ description: "Minutes that each run waits, 1 to 43200. Default: none." }),
  adminsCanBypass: z.boolean().optional().meta({
    description:
      "Administrators may skip these rules. Default: false with reviewers or a wait, else GitHub's.",
  }),
  create: z.boolean().optional().meta({
    description: "Make it, or use one that exists as it is. Default: make it, unless `adopt`.",
  }),
});

/** What a pipeline says of its environment; a name alone is the same with nothing but defaults. */
export interface EnvironmentConfiguration {
  readonly name: string;
  /** Logins and team slugs; none: nobody need approve a run. */
  readonly reviewers: { readonly users: readonly string[]; readonly teams: readonly string[] };
  /** Nobody approves a run of their own. Default: true with reviewers. */
  readonly preventSelfReview: boolean;
  /** Minutes that each run waits. Default: none. */
  readonly waitMinutes?: number;
  /** Default: GitHub's own, which is true. */
  readonly adminsCanBypass?: boolean;
  /** Default: what `adopt` says. */
  readonly create?: boolean;
}

export const environment = z
  .union([text.environment, settings])
  .transform((given): EnvironmentConfiguration => {
    const settled: z.output<typeof settings> = typeof given === "string" ? { name: given } : given;
    const { name, reviewers, ...rest } = settled;
    const { users = [], teams = [] } = reviewers ?? {};
    const reviewed = users.length + teams.length > 0;
    const guarded = reviewed || rest.waitMinutes !== undefined;
    return {
      name,
      ...rest,
      reviewers: { users, teams },
      preventSelfReview: rest.preventSelfReview ?? reviewed,
      adminsCanBypass: rest.adminsCanBypass ?? (guarded ? false : undefined),
    };
  })
  .meta({ description: "GitHub environment that the signing job runs in: its name, or more." });
