import type { PlannedFile } from "../workflow/committed-files";
import { findFiles } from "./found-files";
import { heldResources } from "./held";
import { type HeldFile, type HeldProposal, heldCommitted, heldProposals } from "./held-files";
import { chooseDigest, type Proposals, planProposals } from "./proposal-plan";
import type { Repository } from "./repository";
import { leftBehind, type Standing, staleness, standing } from "./standing";

/** How the files of a pipeline get to the default branch. */
export interface FilesPlan extends Proposals, Standing {
  /** `direct` commits them; `propose` opens a pull request where they differ from what is there. */
  readonly mode: "direct" | "propose";
  /** All that the default branch holds of the files was brought there by this stack. */
  readonly isOurs: boolean;
  /** The default branch has a workflow of this pipeline already. */
  readonly isChange?: boolean;
  /** Paths of older workflows that the default branch still holds. */
  readonly moved: readonly string[];
  /** Committed directly by an earlier run: kept in the state, and left alone. */
  readonly committed: readonly HeldFile[];
}

/** Reads what the default branch holds and what earlier runs left, and decides. */
export async function planFiles(
  pipeline: string,
  repository: Repository,
  files: readonly PlannedFile[],
  mode: "direct" | "propose",
): Promise<FilesPlan> {
  const state = await heldResources();
  const isDirect = mode === "direct";
  const held = heldProposals(state, pipeline);
  const committed = heldCommitted(state, pipeline);
  const found = await findFiles(repository, files, held, committed, isDirect);
  const { base, moved, isOurs, pulls, elsewhere, isThere } = found;
  const isEqual = files.every(({ path, content }) => base.get(path) === content);
  const isChange =
    moved.length > 0 || files.some((it) => it.key === "workflow" && base.has(it.path));

  const change = { repositoryId: repository.id, branch: repository.defaultBranch, files, base };
  const isSpent = (it: HeldProposal) =>
    it.pullRequest ? pulls.get(it.digest)?.merged === true : !isThere(it);
  const digest = isDirect || isEqual ? undefined : chooseDigest(change, held, isSpent);
  const isElsewhere = ({ branch, pullRequest }: HeldProposal) =>
    elsewhere.has(branch?.repository ?? pullRequest?.baseRepository ?? "");
  const isMerged = (it: HeldProposal) =>
    !isElsewhere(it) &&
    pulls.get(it.digest)?.merged !== false &&
    it.files.every(({ inputs }) => base.get(inputs.file ?? "") === inputs.content);
  const plan = planProposals(held, { digest, isDirect, isThere, isMerged, isElsewhere });

  const so = standing({ repository, held, pulls, digest, isDirect, plan, isChange });
  // What is committed directly is deleted where it goes; the rest stays.
  const staying = isDirect ? [] : [...committed.files, ...held.flatMap((it) => it.files)];
  const stale = isDirect ? await staleness(repository, committed.files, base) : [];
  const left = await leftBehind(repository, moved, staying, elsewhere);
  return {
    mode,
    ...plan,
    ...so,
    warnings: [...so.warnings, ...stale, ...left],
    isOurs,
    isChange,
    moved,
    committed: isDirect || (committed.isReleased && plan.propose) ? [] : committed.files,
  };
}
