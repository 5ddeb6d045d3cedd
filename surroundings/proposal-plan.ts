import { createHash } from "node:crypto";
import type { PlannedFile } from "../workflow/committed-files";

/** What the state holds of a proposal; after a refresh, what of it is still there. */
export interface HeldProposal {
  readonly digest: string;
  /** Declared once already so that its deletion leaves GitHub alone. */
  readonly released: boolean;
  readonly branch: HeldInputs | undefined;
  readonly files: ReadonlyArray<{ readonly key: string; readonly inputs: HeldInputs }>;
  readonly pullRequest: HeldInputs | undefined;
}

export type HeldInputs = Readonly<Record<string, string>>;

/** A proposal that stays declared. */
export type KeptProposal = HeldProposal;

/** What becomes of proposals in this run. */
export interface Proposals {
  /** Digest of what is proposed for the first time; undefined where nothing new is. */
  readonly propose: string | undefined;
  readonly keep: readonly KeptProposal[];
}

/** Says which change is proposed: where, what shall be there, and what is there now. */
export function digestOf(
  repositoryId: number,
  files: readonly PlannedFile[],
  base: ReadonlyMap<string, string | undefined>,
): string {
  const change = files.map(({ path, content }) => [path, content, base.get(path) ?? null]);
  const text = JSON.stringify([repositoryId, change]);
  return createHash("sha256").update(text).digest("hex").slice(0, 10);
}

/** What decides about proposals, beside what is held of them. */
export interface Situation {
  /** undefined where the base branch holds what is wanted, or is committed to directly. */
  readonly digest: string | undefined;
  readonly isDirect: boolean;
  /** Whether the branch of a held proposal is on GitHub, or has left the state already. */
  isThere(proposal: HeldProposal): boolean;
  /** Whether the base branch holds what a held proposal brings. */
  isMerged(proposal: HeldProposal): boolean;
}

/**
 * Decides from what is wanted, what the base branch holds, and what earlier runs proposed.
 *
 * A branch that is gone from GitHub cannot be deleted once more: the provider fails (github.md, 5).
 * So its proposal stays declared for one change as released, and only then leaves the state. As long
 * as nothing new is proposed it stays, so that a second run shows no difference.
 */
export function planProposals(held: readonly HeldProposal[], at: Situation): Proposals {
  const { digest, isDirect } = at;
  // An interrupted run leaves one without its pull request: it is declared as if it were new.
  const isProposed = held.some((it) => it.digest === digest && it.pullRequest);
  const propose = isProposed ? undefined : digest;
  const isWanted = (it: HeldProposal) =>
    digest ? it.digest === digest : !isDirect && it.pullRequest && at.isMerged(it);
  const stays = (it: HeldProposal) => {
    const isGone = !at.isThere(it);
    // What leaves the state is deleted, or not, as the last run declared it.
    return isWanted(it) || it.released !== isGone || (isGone && !propose && !isDirect);
  };
  const keep = held
    .filter((it) => it.digest !== propose && stays(it))
    .map((it) => ({ ...it, released: !at.isThere(it) }));
  return { propose, keep };
}

/** The branch that a change is proposed from. */
export function proposalBranch(pipeline: string, digest: string): string {
  return `countersign/${pipeline}-${digest}`;
}
