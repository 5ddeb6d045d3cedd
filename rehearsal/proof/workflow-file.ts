import type { PushFilters } from "./triggers";

/** The part of a workflow's file that the proof reads, in GitHub's syntax. */
export interface WorkflowFile {
  readonly name?: string;
  /** An event, a list of events, or events with their settings. */
  readonly on?: string | readonly string[] | Events;
  readonly permissions?: Permissions;
  readonly jobs?: Readonly<Record<string, FileJob>>;
}

interface Events {
  readonly push?: PushFilters | null;
  readonly workflow_call?: {
    readonly inputs?: Readonly<Record<string, { readonly default?: unknown } | null>>;
  } | null;
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

/** The filters of pushes. Null: all pushes start the workflow. Undefined: none does. */
export function pushFilters({ on = [] }: WorkflowFile): PushFilters | null | undefined {
  if (typeof on !== "string" && !isList(on)) return on.push;
  return [on].flat().includes("push") ? null : undefined;
}

/** The events that start the workflow. */
export function eventsOf({ on = [] }: WorkflowFile): readonly string[] {
  return typeof on === "string" || isList(on) ? [on].flat() : Object.keys(on);
}

/** The inputs of a reusable workflow, by name. */
export function inputsOf({ on = [] }: WorkflowFile) {
  if (typeof on === "string" || isList(on)) return {};
  return on.workflow_call?.inputs ?? {};
}

function isList(on: readonly string[] | Events): on is readonly string[] {
  return Array.isArray(on);
}

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
