import type { World } from "../../world";

export type Settings = World["github"]["repositories"][number];

export interface DeploymentPolicy {
  readonly id: number;
  name: string;
  readonly type: "branch" | "tag";
}

/** What an environment asks of a run, beyond where it comes from. */
export interface Protection {
  /** Logins, and `team:SLUG` for teams; one of them must approve. */
  reviewers: readonly string[];
  waitMinutes: number;
  preventSelfReview: boolean;
  adminsCanBypass: boolean;
}

export interface Environment extends Protection {
  readonly name: string;
  /** undefined: every branch and tag may deploy. */
  policies: DeploymentPolicy[] | undefined;
  readonly secrets: Map<string, Stored>;
  readonly variables: Map<string, Stored>;
}

export interface Commit {
  readonly branch: string;
  readonly path: string;
  readonly message: string;
}

/** A secret or a variable. */
export interface Stored {
  value: string | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type Kind = "secrets" | "variables";

/** One of an organisation, with the repositories that see it. */
export interface OrganizationValue extends Stored {
  readonly visibility: "all" | "private" | "selected";
  /** Ids of repositories; of no effect unless `selected`. */
  readonly selected: readonly number[];
}

export type Organization = Readonly<Record<Kind, Map<string, OrganizationValue>>>;

export interface PullRequest {
  readonly number: number;
  title: string;
  body: string;
  head: string;
  base: string;
  state: "open" | "closed";
  merged: boolean;
}

/** Path → content. */
export type Files = Map<string, string>;

export interface Repository {
  readonly settings: Settings;
  /** Branch → its files. */
  readonly branches: Map<string, Files>;
  /** Former name → the one of then. */
  readonly renamedBranches: Map<string, string>;
  /** Branch → the files it started with, so that its own changes are known. */
  readonly starts: Map<string, ReadonlyMap<string, string>>;
  readonly pullRequests: Map<number, PullRequest>;
  /** Name → value; of a secret from before, nobody knows the value. */
  readonly secrets: Map<string, Stored>;
  readonly variables: Map<string, Stored>;
  readonly environments: Map<string, Environment>;
  readonly commits: Commit[];
  /** Claim keys; undefined is GitHub's default, none is the organisation's template. */
  subjectTemplate: string[] | undefined;
}
