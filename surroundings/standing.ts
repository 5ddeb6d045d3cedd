import { get, isBranch, path } from "./github";
import type { HeldFile, HeldProposal } from "./held-files";
import type { Proposals } from "./proposal-plan";
import type { PullRequest } from "./pull-requests";
import type { Repository } from "./repository";

/** How a pipeline's files stand, and what to tell about it. */
export interface Standing {
  /** Digest of an earlier proposal whose pull request is open still. */
  readonly open: string | undefined;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

/** What decides about what is told of a proposal. */
export interface Proposed {
  readonly repository: Repository;
  readonly held: readonly HeldProposal[];
  readonly pulls: ReadonlyMap<string, PullRequest>;
  /** Digest of the change that is wanted; undefined where nothing is to be proposed. */
  readonly digest: string | undefined;
  readonly isDirect: boolean;
  readonly plan: Proposals;
  /** A workflow of this pipeline is there already, and runs as it is until the merge. */
  readonly isChange: boolean;
}

/** What became of the pull request that proposes what is still wanted. */
export function standing(proposed: Proposed): Standing {
  const { repository, held, pulls, digest, plan, isChange } = proposed;
  const branch = repository.defaultBranch;
  const told = (notes: string[], warnings: string[] = []) => ({ open: undefined, notes, warnings });
  if (plan.propose) {
    const what = isChange
      ? `proposes a change of its files in a pull request: it takes effect with its merge into ${branch}`
      : `proposes its files in a pull request: signing starts with its merge into ${branch}`;
    return told([what]);
  }
  if (!digest) return told(needless(proposed));
  const found = pulls.get(digest);
  const number = held.find((it) => it.digest === digest)?.pullRequest?.number;
  const until = `the workflow on ${branch} stays as it is`;
  if (found?.state === "open" && found.base.ref === branch) {
    const effect = isChange ? `until then ${until}` : "signing starts with it";
    return { ...told([`waits for the merge of ${found.html_url}: ${effect}`]), open: digest };
  }
  const effect = isChange ? until : "nothing signs";
  if (found?.state === "open") {
    const astray = `pull request ${found.html_url} goes to ${found.base.ref} by now, so ${effect}: change its base back to ${branch}`;
    return { ...told([], [astray]), open: digest };
  }
  const what = found ? `pull request ${found.html_url}` : `its pull request #${number}`;
  const other = isChange ? "change the configuration back" : "remove the pipeline";
  const closed = `${what} was closed without a merge, so ${effect}: reopen and merge it (restore its branch first, if that is gone), or ${other}`;
  return told([], [closed]);
}

/** Open ones that bring nothing by now: they are closed. */
function needless({ repository, held, pulls, plan, isDirect }: Proposed): string[] {
  const why = isDirect
    ? "its files are committed directly"
    : `${repository.defaultBranch} holds what is wanted`;
  return held
    .filter(({ digest }) => !plan.keep.some((it) => it.digest === digest))
    .flatMap(({ digest }) => pulls.get(digest) ?? [])
    .filter(({ state }) => state === "open")
    .map(({ html_url }) => `closes ${html_url}: ${why}`);
}

/**
 * Files that are committed to, where the state does not know what GitHub has by now. The provider
 * would fail, and say why in its own words only (github.md, 5).
 */
export async function staleness(
  { owner, name, defaultBranch }: Repository,
  committed: readonly HeldFile[],
  base: ReadonlyMap<string, string>,
): Promise<string[]> {
  const own = committed.map(({ inputs }) => inputs).filter(({ repository }) => repository === name);
  const left = [...new Set(own.flatMap(({ branch = "" }) => branch))];
  const gone = await Promise.all(
    left
      .filter((branch) => branch !== defaultBranch)
      .map(async (branch) => ((await isBranch(owner, name, branch)) ? [] : [branch])),
  );
  const edited = own.filter(({ branch, file = "", content }) => {
    const now = base.get(file);
    return branch === defaultBranch && now !== undefined && now !== content;
  });
  return [
    ...gone
      .flat()
      .map((branch) => `branch ${branch}, where its files are by the stack's state, is gone`),
    ...edited.map(({ file }) => `${defaultBranch} holds another ${file} than the stack's state`),
  ].map((fault) => `${fault}: run \`pulumi up --refresh\`, or GitHub refuses what changes`);
}

/** A proposal only adds: what an older workflow was called stays, and would sign too. */
export async function leftBehind(
  { owner, defaultBranch }: Repository,
  moved: readonly string[],
  files: readonly HeldFile[],
  elsewhere: ReadonlySet<string>,
): Promise<string[]> {
  const away = files.filter(
    ({ key, inputs }) => key === "workflow" && elsewhere.has(inputs.repository ?? ""),
  );
  const found = await Promise.all(
    away.map(async ({ inputs: { repository = "", file = "" } }) => {
      const there = await get(path`repos/${owner}/${repository}/contents/${file}`);
      return there ? [`${repository} still holds ${file}`] : [];
    }),
  );
  const here = moved.map((file) => `${defaultBranch} still holds ${file}`);
  return [...here, ...found.flat()].map((what) => `${what}: delete it, or both workflows sign`);
}
