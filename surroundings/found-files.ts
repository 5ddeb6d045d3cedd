import { isOfStack, type PlannedFile } from "../workflow/committed-files";
import { contentsOf, othersOf } from "./content";
import { isBranch } from "./github";
import {
  type HeldCommitted,
  type HeldInputs,
  type HeldProposal,
  workflowPaths,
} from "./held-files";
import { type PullRequest, pullRequests } from "./pull-requests";
import type { Repository } from "./repository";
import { stackName } from "./stack";

/** What GitHub has of a pipeline's files by now, and of what earlier runs did about them. */
export interface FoundFiles {
  /** Path → text, of those on the default branch. */
  readonly base: ReadonlyMap<string, string>;
  /** Paths of this stack's older workflows there, which nothing that is declared takes away. */
  readonly moved: readonly string[];
  /** All that is there was brought by this stack. */
  readonly isOurs: boolean;
  /** Pull requests of proposals, by digest. */
  readonly pulls: ReadonlyMap<string, PullRequest>;
  /** Names of repositories in the state that are not this one. */
  readonly elsewhere: ReadonlySet<string>;
  /** Whether the branch of a proposal is on GitHub, or has left the state already. */
  isThere(proposal: HeldProposal): boolean;
}

/** Reads all of it at once. */
export async function findFiles(
  repository: Repository,
  files: readonly PlannedFile[],
  held: readonly HeldProposal[],
  committed: HeldCommitted,
  isDirect: boolean,
): Promise<FoundFiles> {
  const wanted = files.map((it) => it.path);
  // Those that are committed here are deleted where they move away from.
  const own = isDirect ? committed.files.map(({ inputs }) => inputs.file) : [];
  const old = workflowPaths(held, committed).filter(
    (file) => !wanted.includes(file) && !own.includes(file),
  );
  const all = [...committed.files, ...held.flatMap((it) => it.files)];
  const [base, branches, elsewhere, pulls] = await Promise.all([
    contentsOf(repository, [...wanted, ...old]),
    branchesThere(repository, held),
    othersOf(
      repository,
      all.flatMap(({ inputs }) => inputs.repository ?? []),
    ),
    pullRequests(repository.owner, held),
  ]);
  return {
    base,
    moved: old.filter((file) => saysOurs(base.get(file))),
    isOurs: isOurs(base, files, held),
    pulls,
    elsewhere,
    isThere: ({ branch }) => !branch || branches.has(placeOf(branch)),
  };
}

/**
 * Whether each file that is there was proposed by an earlier run; or lies beside a workflow that
 * says this stack wrote it.
 */
function isOurs(
  base: ReadonlyMap<string, string>,
  files: readonly PlannedFile[],
  held: readonly HeldProposal[],
): boolean {
  const proposed = held.flatMap((it) => it.files.map(({ inputs }) => inputs));
  const isMarked = files.some(({ path: file }) => saysOurs(base.get(file)));
  return files.every(({ path: file, content }) => {
    const found = base.get(file);
    if (found === undefined || saysOurs(found)) return true;
    const isProposed = proposed.some((it) => it.file === file && it.content === found);
    return isProposed || (isMarked && found === content);
  });
}

function saysOurs(text = ""): boolean {
  return isOfStack(text, stackName());
}

/** They are looked for where they were made, which may be another repository than today's. */
async function branchesThere({ owner }: Repository, held: readonly HeldProposal[]) {
  const branches = held.flatMap(({ branch }) => (branch ? [branch] : []));
  const found = await Promise.all(
    branches.map(({ repository = "", branch = "" }) => isBranch(owner, repository, branch)),
  );
  return new Set(branches.filter((_, index) => found[index]).map(placeOf));
}

function placeOf({ repository, branch }: HeldInputs): string {
  return `${repository}/${branch}`;
}
