import type { PlannedFile } from "../workflow/committed-files";
import { get, path } from "./github";
import type { HeldInputs, HeldProposal, Proposals } from "./proposal-plan";
import type { Repository } from "./repository";

/** How a proposal stands, and what to tell about it. */
export interface Standing {
  /** Digest of an earlier proposal whose pull request is open still. */
  readonly open: string | undefined;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

interface PullRequestAnswer {
  readonly number: number;
  readonly state: string;
  readonly merged: boolean;
  readonly html_url: string;
}

/** What became of the pull request that proposes what is still wanted. */
export async function standing(
  { owner, name, defaultBranch: branch }: Repository,
  held: readonly HeldProposal[],
  digest: string | undefined,
  plan: Proposals,
  isChange: boolean,
): Promise<Standing> {
  if (plan.propose) {
    const note = isChange
      ? `proposes a change of its files in a pull request: it takes effect with its merge into ${branch}`
      : `proposes its files in a pull request: signing starts with its merge into ${branch}`;
    return { open: undefined, notes: [note], warnings: [] };
  }
  const number = held.find((it) => it.digest === digest)?.pullRequest?.number;
  if (!number) return { open: undefined, notes: [], warnings: [] };
  const found = await get<PullRequestAnswer>(path`repos/${owner}/${name}/pulls/${String(number)}`);
  const until = `the workflow on ${branch} stays as it is`;
  if (found?.state === "open") {
    const note = `waits for the merge of ${found.html_url}: ${isChange ? `until then ${until}` : "signing starts with it"}`;
    return { open: digest, notes: [note], warnings: [] };
  }
  const what = found ? `pull request ${found.html_url}` : `its pull request #${number}`;
  const effect = isChange ? until : "nothing signs";
  const other = isChange ? "change the configuration back" : "remove the pipeline";
  const warning = found?.merged
    ? `${what} was merged, but ${branch} does not hold its files any more: restore them, or change the configuration to propose anew`
    : `${what} was closed without a merge, so ${effect}: reopen and merge it (restore its branch first, if that is gone), or ${other}`;
  return { open: undefined, notes: [], warnings: [warning] };
}

/** A workflow that moved leaves its old file behind, as a proposal only adds; both would sign. */
export async function withMoved(
  { owner, name, defaultBranch }: Repository,
  files: readonly PlannedFile[],
  held: ReadonlyArray<{ readonly key: string; readonly inputs: HeldInputs }>,
  so: Standing,
): Promise<Standing> {
  const wanted = files.map(({ path: file }) => file);
  const paths = held.flatMap(({ key, inputs }) => (key === "workflow" ? (inputs.file ?? []) : []));
  const old = [...new Set(paths)].filter((file) => !wanted.includes(file));
  const there = await Promise.all(
    old.map((file) => get(path`repos/${owner}/${name}/contents/${file}?ref=${defaultBranch}`)),
  );
  const warnings = old
    .filter((_, index) => there[index])
    .map((file) => `${defaultBranch} still holds ${file}: delete it, or both workflows sign`);
  return { ...so, warnings: [...so.warnings, ...warnings] };
}
