/**
 * A GitHub workflow. The model has only what Countersign writes, and it is stricter than GitHub:
 * permissions, timeouts, and names are required. Each permission has a reason. Each action is pinned.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
 */
export interface Workflow {
  readonly name: string;
  readonly on: Triggers;
  /** Permissions of jobs that have none of their own. `{}` grants nothing. */
  readonly permissions: Permissions;
  /** Default: runs do not wait for each other. A reusable workflow leaves this to its callers. */
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly jobs: Readonly<Record<string, Job | CallJob>>;
}

/** An input of a run that a person or another workflow starts. */
export interface Input {
  readonly description: string;
  readonly required: boolean;
  /** Default: a text. A boolean is false where it is not given. */
  readonly type?: "string" | "boolean";
  /** Default: an empty text. */
  readonly fallback?: string;
}

/** The events that start a run. Branches and tags are GitHub's filter patterns. */
export interface Triggers {
  readonly push?: Readonly<Partial<Record<"branches" | "tags", readonly string[]>>>;
  /** Pull requests to these branches. */
  readonly pullRequest?: { readonly branches: readonly string[] };
  /** In the syntax of cron, in UTC. */
  readonly schedule?: string;
  /** A person starts the run, and gives these inputs. */
  readonly workflowDispatch?: Readonly<Record<string, Input>>;
  /** Another workflow calls this one. */
  readonly workflowCall?: Call;
}

/** What a reusable workflow takes and gives. */
export interface Call {
  readonly inputs?: Readonly<Record<string, Input>>;
  /** Names of the secrets that a caller can pass. `true`: it must. */
  readonly secrets?: Readonly<Record<string, boolean>>;
  /** By name. The value is an expression over the outputs of jobs. */
  readonly outputs?: Readonly<
    Record<string, { readonly description: string; readonly value: string }>
  >;
}

/** The access to each scope, and the reason. The file has the reason as a comment. */
export type Permissions = Readonly<
  Record<string, { readonly access: "read" | "write"; readonly why: string }>
>;

export interface Job {
  readonly name: string;
  /** Condition of the job, an expression. Default: the job always runs. */
  readonly if?: string;
  /** The jobs that must succeed before. Default: the job waits for none. */
  readonly needs?: readonly string[];
  /** Label of the runner, or labels that the runner must have. */
  readonly runsOn: string | readonly string[];
  readonly timeoutMinutes: number;
  readonly permissions: Permissions;
  /** Name of the environment. Default: the job has no environment. */
  readonly environment?: string;
  /** The job runs once for each row. A string is an expression that returns the rows. */
  readonly matrix?: readonly Readonly<Record<string, string>>[] | string;
  /** Expressions over the outputs of steps. */
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** A job that calls a reusable workflow. */
export interface CallJob {
  readonly name: string;
  /** Condition of the job, an expression. Default: the job always runs. */
  readonly if?: string;
  /** The jobs that must succeed before. Default: the job waits for none. */
  readonly needs?: readonly string[];
  readonly permissions: Permissions;
  /** The reusable workflow, as `OWNER/REPOSITORY/PATH@REF`. */
  readonly uses: string;
  readonly with: Readonly<Record<string, string>>;
}

/** A pinned action, or a script, which has no expressions and reads its values from `env`. */
export type Step = {
  readonly name: string;
  readonly id?: string;
  /** Condition of the step, an expression. Default: the step runs if no step before it failed. */
  readonly if?: string;
  /** Whether the job goes on if the step fails. A later step must then make up for it. */
  readonly continueOnError?: true;
  readonly env?: Readonly<Record<string, string>>;
} & (
  | { readonly uses: PinnedAction; readonly with?: Readonly<Record<string, string>> }
  | { readonly run: string }
);

/** An action that is pinned to a commit. */
export interface PinnedAction {
  /** `owner/repository` or `owner/repository/path`. */
  readonly action: string;
  /** Full SHA of the commit. */
  readonly sha: string;
  /** Version that the commit was released as. */
  readonly version: string;
}
