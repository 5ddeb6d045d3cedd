/** The part of a workflow's file that the proof reads, in GitHub's syntax. */
export interface WorkflowFile {
  readonly name?: string;
  readonly on?: {
    readonly push?: { readonly branches?: readonly string[]; readonly tags?: readonly string[] };
    readonly workflow_call?: {
      readonly inputs?: Readonly<Record<string, { readonly default?: unknown } | null>>;
    };
  };
  readonly permissions?: Permissions;
  readonly jobs?: Readonly<Record<string, FileJob>>;
}

type Permissions = Readonly<Record<string, string>>;

export interface FileJob {
  readonly environment?: string | { readonly name?: string };
  readonly permissions?: Permissions;
  /** The reusable workflow that the job calls. */
  readonly uses?: string;
  readonly with?: Inputs;
  readonly steps?: ReadonlyArray<{ readonly uses?: string; readonly with?: Inputs }>;
}

export type Inputs = Readonly<Record<string, unknown>>;

/** The step that logs in to Azure. */
export function loginStep(job: FileJob) {
  return job.steps?.find(({ uses }) => uses?.startsWith("azure/login@"));
}

/** The job that logs in or calls a reusable workflow; else the first job. */
export function signingJob({ jobs = {} }: WorkflowFile): FileJob | undefined {
  const all = Object.values(jobs);
  return all.find((job) => job.uses || loginStep(job)) ?? all[0];
}

/** The context and the name of a value that is a single expression. */
export function expressionOf(value: unknown): { context: string; name: string } | undefined {
  const match = /^\$\{\{\s*(secrets|vars|inputs)\.([\w-]+)\s*\}\}$/.exec(String(value ?? ""));
  return match ? { context: match[1] as string, name: match[2] as string } : undefined;
}
