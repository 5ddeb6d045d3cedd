import type { World } from "../../world/world";
import type { About } from "./repository/about";

export type Settings = World["github"]["repositories"][number];

export interface DeploymentPolicy {
  readonly id: number;
  name: string;
  readonly type: "branch" | "tag";
}

/** Protection rules of an environment. */
export interface Protection {
  /** Logins of users, and `team:SLUG` for teams. One of them must approve. */
  reviewers: readonly string[];
  waitMinutes: number;
  preventSelfReview: boolean;
  adminsCanBypass: boolean;
}

export interface Environment extends Protection {
  readonly name: string;
  /** Undefined if every branch and tag can deploy. */
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

/** A secret or a variable of an organization, with the repositories that see it. */
export interface OrganizationValue extends Stored {
  readonly visibility: "all" | "private" | "selected";
  /** Ids of repositories, for the visibility `selected`. */
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

/** Contents by path. */
export type Files = Map<string, string>;

export interface Repository {
  readonly settings: Settings;
  /** Whether it was created in the rehearsal. */
  readonly isNew: boolean;
  /** Whether the private repository is visible in the whole enterprise. */
  isInternal: boolean;
  about: About;
  /** Files by branch. */
  readonly branches: Map<string, Files>;
  /** New name by former name. */
  readonly renamedBranches: Map<string, string>;
  /** The files that each branch started with. They show what the branch changed. */
  readonly starts: Map<string, ReadonlyMap<string, string>>;
  readonly pullRequests: Map<number, PullRequest>;
  /** By name. The values of secrets from before are unknown. */
  readonly secrets: Map<string, Stored>;
  readonly variables: Map<string, Stored>;
  readonly environments: Map<string, Environment>;
  readonly commits: Commit[];
  /** Claim keys. Undefined: GitHub's default. Empty: the organization's template. */
  subjectTemplate: string[] | undefined;
}
