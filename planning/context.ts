import type { PipelineConfiguration } from "../configuration/schema";
import type { PipelineRecord, Snapshot } from "../snapshot";
import type { Repository } from "./github/repository";
import type { Report } from "./report";

/** Branches and tags whose pushes sign. */
export interface Refs {
  readonly branches: readonly string[];
  readonly tags: readonly string[];
}

/** What decides about one pipeline. */
export interface Context {
  readonly name: string;
  readonly wanted: PipelineConfiguration;
  readonly repository: Repository;
  readonly refs: Refs;
  readonly snapshot: Snapshot;
  /** What earlier runs recorded. */
  readonly record: PipelineRecord | undefined;
  readonly report: Report;
}

/** `PROJECT/STACK`, as the banner of what this stack writes has it. */
export function stackOf({ stack }: Snapshot): string {
  return `${stack.project}/${stack.name}`;
}

/** The names that the stack has had, today's last: a rename changes neither what it made nor its files. */
export function stacksOf({ snapshot, record }: Pick<Context, "snapshot" | "record">): string[] {
  return [...new Set([...(record?.stacks ?? []), stackOf(snapshot)])];
}
