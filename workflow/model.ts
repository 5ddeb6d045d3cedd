/**
 * A GitHub workflow, as far as Countersign writes one. Stricter than GitHub: permissions, timeout
 * and names are required, an access must say why, and an action must be pinned.
 */
export interface Workflow {
  readonly name: string;
  readonly on: Triggers | { readonly workflowCall: Inputs };
  /** Of every job that does not say its own; `{}` grants nothing. */
  readonly permissions: Permissions;
  /** A called workflow has none: its caller has. */
  readonly concurrency?: { readonly group: string; readonly cancelInProgress: boolean };
  readonly jobs: Readonly<Record<string, Job | CallJob>>;
}

/** What a caller may hand to a reusable workflow; texts all. */
export type Inputs = Readonly<
  Record<string, { readonly description: string; readonly required: boolean }>
>;

/** The events that start a run. Names and patterns are GitHub's filter patterns. */
export interface Triggers {
  readonly push: { readonly branches?: readonly string[]; readonly tags?: readonly string[] };
  readonly workflowDispatch: boolean;
}

/** Scope → access, with the reason that stands beside it in the file. */
export type Permissions = Readonly<
  Record<string, { readonly access: "read" | "write"; readonly why: string }>
>;

export interface Job {
  readonly name: string;
  /** A fixed label; `ubuntu-latest` moves. */
  readonly runsOn: string;
  readonly timeoutMinutes: number;
  readonly permissions: Permissions;
  readonly environment?: string;
  /** One run of the job for each row; or an expression that yields the rows. */
  readonly matrix?: readonly Readonly<Record<string, string>>[] | string;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** A job that is a reusable workflow's. */
export interface CallJob {
  readonly name: string;
  readonly permissions: Permissions;
  /** `OWNER/REPOSITORY/PATH@REF`. */
  readonly uses: string;
  readonly with: Readonly<Record<string, string>>;
}

export type Step = ActionStep | RunStep;

interface StepBase {
  readonly name: string;
  readonly id?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A step that runs a pinned action. */
export interface ActionStep extends StepBase {
  readonly uses: PinnedAction;
  readonly with?: Readonly<Record<string, string>>;
}

/** A step that runs a script. Values reach it through `env`: the script holds no expression. */
export interface RunStep extends StepBase {
  readonly run: string;
}

/** An action by full commit SHA, with the version that the SHA is. */
export interface PinnedAction {
  /** `owner/repository` or `owner/repository/path`. */
  readonly action: string;
  readonly sha: string;
  readonly version: string;
}
