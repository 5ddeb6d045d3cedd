import type { Phase } from "./engine/session";
import type { Acceptance } from "./proof/acceptance";
import type { ProofRow } from "./proof/prove";

/**
 * The result of a rehearsal, as `report.json` and as `--json` prints it. A version can get new
 * fields, but its fields never change.
 */
export interface Report {
  readonly version: 1;
  /** Whether every phase succeeded and the trust proof holds. */
  readonly holds: boolean;
  /** Why the rehearsal failed. Empty if it passed. */
  readonly reasons: readonly string[];
  /** What the program reported about its pipelines, for example the state of a proposal. */
  readonly notes: readonly string[];
  readonly engine: { readonly version: string; readonly source: string };
  readonly phases: readonly Phase[];
  /** The stack's outputs. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What was taken for granted: neither the configuration nor the world's file states it. */
  readonly assumed: readonly string[];
  /** The trust proof on a registry in the other mode, if nothing states the mode. */
  readonly otherMode?: OtherMode;
  /** Everything that the first `up` created: by pipeline, and each resource after what it needs. */
  readonly made: ReadonlyArray<{
    readonly type: string;
    readonly name: string;
    /** The pipeline that it belongs to. Undefined if it belongs to the whole stack. */
    readonly pipeline?: string;
  }>;
  /** Pull requests that were merged after the second `up`: `owner/repository#1: title`. */
  readonly merged: readonly string[];
  /** Files of the program that are on the default branch after that. */
  readonly committed: readonly CommittedFile[];
  /** The subjects or expressions that the credentials of declared runs accept, by pipeline. */
  readonly trusts: Readonly<Record<string, readonly string[]>>;
  readonly proof: readonly ProofRow[];
  /**
   * Which images a verifier accepts, and who can make one, by pipeline. Empty while it is not known
   * what verifiers trust.
   */
  readonly accepts: readonly Acceptance[];
  /** With `--run`: the runs of the committed workflows, and the signatures of their images. */
  readonly runs: readonly RunReport[];
}

/** The result of a second, shorter rehearsal on a registry in another mode. */
export interface OtherMode {
  readonly mode: "rbac";
  /** Why it failed. Empty if the trust proof holds in this mode, too. */
  readonly reasons: readonly string[];
  /** What can be done although it should not, because the configuration cannot prevent it. */
  readonly reaches: readonly string[];
}

export interface CommittedFile {
  /** `owner/repository`. */
  readonly repository: string;
  readonly path: string;
  readonly sha256: string;
}

/** A run of a committed workflow, and the signed images. */
export interface RunReport {
  readonly pipeline: string;
  readonly run: string;
  readonly ok: boolean;
  /** Why the run failed: the failed step, or what is wrong with a signature. */
  readonly reasons: readonly string[];
  readonly steps: ReadonlyArray<{
    readonly name: string;
    readonly seconds: number;
    /** In a matrix: the image of the job. */
    readonly image?: string;
  }>;
  readonly images: ReadonlyArray<{
    /** `login-server/repository@digest`. */
    readonly reference: string;
    /** The output of `notation inspect` and `notation verify`. */
    readonly inspect: string;
    readonly verify: string;
  }>;
  /**
   * What the stack's `verify.sh` says of the images, run in an empty home folder. Undefined while it
   * is not known what verifiers trust.
   */
  readonly script?: string;
  readonly seconds: number;
  /** Seconds without building and pushing. */
  readonly overhead: number;
}
