import type { PipelineConfiguration } from "../../configuration/schema";
import type { PipelineRecord, StateResource } from "../../snapshot";
import type { GitHubReader } from "./reader";

/** What one pipeline asks about its repository. */
export interface Asked {
  readonly reader: GitHubReader;
  readonly pipeline: string;
  readonly wanted: PipelineConfiguration;
  readonly record: PipelineRecord | undefined;
  readonly resources: readonly StateResource[];
}

/** The same, of a repository that exists. */
export interface AskedOf extends Asked {
  readonly owner: string;
  readonly id: number;
  /** Path of the repository in GitHub's API. */
  readonly base: string;
  /** The default branch. */
  readonly branch: string;
}
