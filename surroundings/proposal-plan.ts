import { createHash } from "node:crypto";
import type { PlannedFile } from "../workflow/committed-files";
import type { HeldProposal } from "./held-files";

/** What becomes of proposals in this run. */
export interface Proposals {
  /** Digest of what is proposed for the first time; undefined where nothing new is. */
  readonly propose: string | undefined;
  /** Those that stay declared. */
  readonly keep: readonly HeldProposal[];
}

/** A change of a branch: where, what shall be there, and what is there now. */
export interface Change {
  readonly repositoryId: number;
  readonly branch: string;
  readonly files: readonly PlannedFile[];
  readonly base: ReadonlyMap<string, string | undefined>;
}

/**
 * Says which change is proposed. The same change may come again, after it was merged and undone:
 * then its turn sets it apart.
 */
export function digestOf({ repositoryId, branch, files, base }: Change, turn = 0): string {
  const change = files.map(({ path, content }) => [path, content, base.get(path) ?? null]);
  const text = JSON.stringify([repositoryId, branch, change, ...(turn > 0 ? [turn] : [])]);
  return createHash("sha256").update(text).digest("hex").slice(0, 10);
}

/**
 * The digest of a change: of the proposal that brings it, else of a turn that no proposal had.
 *
 * @param isSpent whether a held proposal can bring nothing any more.
 */
export function chooseDigest(
  change: Change,
  held: readonly HeldProposal[],
  isSpent: (proposal: HeldProposal) => boolean,
): string {
  const digests = Array.from({ length: TURNS }, (_, turn) => digestOf(change, turn));
  const heldAs = (digest: string) => held.find((it) => it.digest === digest);
  const live = digests.find((digest) => {
    const found = heldAs(digest);
    return found !== undefined && !isSpent(found);
  });
  return live ?? (digests.find((digest) => !heldAs(digest)) as string);
}

/** More than a state ever holds: spent ones leave it with the next proposal. */
const TURNS = 20;

/** What decides about proposals, beside what is held of them. */
export interface Situation {
  /** undefined where the base branch holds what is wanted, or is committed to directly. */
  readonly digest: string | undefined;
  readonly isDirect: boolean;
  /** Whether the branch of a held proposal is on GitHub, or has left the state already. */
  isThere(proposal: HeldProposal): boolean;
  /** Whether it was merged, and the base branch holds what it brought. */
  isMerged(proposal: HeldProposal): boolean;
  /** Whether it was made in another repository than the pipeline's of today. */
  isElsewhere(proposal: HeldProposal): boolean;
}

/**
 * Decides from what is wanted, what the base branch holds, and what earlier runs proposed.
 *
 * A branch that is gone from GitHub cannot be deleted once more: the provider fails (github.md, 5).
 * So its proposal stays declared for one change as released, and only then leaves the state. As long
 * as nothing new is proposed it stays, so that a second run shows no difference; but not in another
 * repository, which may go altogether.
 */
export function planProposals(held: readonly HeldProposal[], at: Situation): Proposals {
  const { digest, isDirect } = at;
  // An interrupted run leaves one without its pull request: it is declared as if it were new.
  const isProposed = held.some((it) => it.digest === digest && it.pullRequest);
  const propose = isProposed ? undefined : digest;
  const isWanted = (it: HeldProposal) =>
    digest ? it.digest === digest : !isDirect && it.pullRequest && at.isMerged(it);
  const lingers = (it: HeldProposal) => !propose && !isDirect && !at.isElsewhere(it);
  const stays = (it: HeldProposal) => {
    const isGone = !at.isThere(it);
    // What leaves the state is deleted, or not, as the last run declared it.
    return isWanted(it) || it.released !== isGone || (isGone && lingers(it));
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
