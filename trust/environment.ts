/**
 * A GitHub environment of a pipeline.
 * Source of the limits: https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
 */
export interface EnvironmentPlan {
  /** Name as GitHub spells it, because Entra compares subjects by case. */
  readonly name: string;
  /** Whether this stack creates the environment. Otherwise it uses an existing one unchanged. */
  readonly create: boolean;
  /** Ids of the users and teams that can approve a run: at most 6 in total. */
  readonly reviewers: { readonly users: readonly number[]; readonly teams: readonly number[] };
  /** Whether GitHub forbids users to approve runs that they started. */
  readonly preventSelfReview: boolean;
  /** Minutes that each run waits: 1 to 43200. Default: runs do not wait. */
  readonly waitMinutes?: number;
  /** Whether administrators can skip these rules. Default: GitHub's default, which is true. */
  readonly adminsCanBypass?: boolean;
}

/** An environment that this stack creates, and names or patterns of the refs that can deploy. */
export interface GatedEnvironment {
  readonly environment: EnvironmentPlan;
  readonly branches: readonly string[];
  readonly tags: readonly string[];
}
