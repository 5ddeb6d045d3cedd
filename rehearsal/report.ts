import type { Phase } from "./engine/session";
import type { ProofRow } from "./proof/prove";
import type { RunReport } from "./running/rehearsed-runs";

/**
 * What a rehearsal found; `report.json`, and what `--json` prints. Within a version, fields are
 * added and never changed.
 */
export interface Report {
  readonly version: 1;
  /** Whether every phase passed and the proof holds. */
  readonly holds: boolean;
  /** Why not; empty when it holds. */
  readonly reasons: readonly string[];
  /** What the program says of its pipelines, e.g. where a migration stands. */
  readonly notes: readonly string[];
  readonly engine: { readonly version: string; readonly source: string };
  readonly phases: readonly Phase[];
  /** The stack's outputs. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Every write of the first `up`, in order. */
  readonly made: ReadonlyArray<{ readonly type: string; readonly name: string }>;
  /** Pull requests merged after `up again`, as a person would: `owner/repository#1: title`. */
  readonly merged: readonly string[];
  /** What the default branch then holds of the program's files. */
  readonly committed: readonly CommittedFile[];
  /** By pipeline: what the credentials of its declared runs accept, as subjects or expressions. */
  readonly trusts: Readonly<Record<string, readonly string[]>>;
  readonly proof: readonly ProofRow[];
  /** With `--run`: the committed workflows, run here, and their images' signatures. */
  readonly runs: readonly RunReport[];
}

export interface CommittedFile {
  /** `owner/repository`. */
  readonly repository: string;
  readonly path: string;
  readonly sha256: string;
}
