import type { SettingsLocation } from "../trust/login-settings";
import type { ImagePlan } from "./images";
import type { JobPlan } from "./jobs";
import type { SourcePlan } from "./steps/build";

/** Everything that the text of a pipeline's workflow depends on. */
export interface SignImagePlan extends JobPlan {
  /** Path of the workflow in the repository. */
  readonly workflow: string;
  /** The repository whose runs sign. In a fork, a run could only fail. */
  readonly repositoryId: number;
  /** GitHub's filter patterns for the branches and tags whose pushes start a run. */
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  /** Whether pushes start runs. Otherwise only people and other workflows do. */
  readonly push: boolean;
  /** When a run starts by itself, as cron in UTC. Default: never. */
  readonly schedule?: string;
  /** Name of the signing job's environment. Default: the job has no environment. */
  readonly environment?: string;
  /** At least one image. */
  readonly images: readonly ImagePlan[];
  readonly source: SourcePlan;
  /** Where the workflow reads its login settings. */
  readonly settings: Pick<SettingsLocation, "kind" | "suffix" | "environment">;
  /** What builds and signs, as `OWNER/REPOSITORY/PATH@REF`. Default: the workflow itself. */
  readonly reusableWorkflow?: string;
}
