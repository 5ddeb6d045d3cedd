import type { ProposalRecord, PullRequestAnswer } from "../../snapshot";
import { digest, filesDigest } from "../../trust/pending";
import { proposalBranch, proposalBranchName, proposalName } from "../../trust/resource-names";
import type { PlannedFile } from "../../workflow/committed-files";
import { answerValue } from "../answers";
import type { Context } from "../context";
import type { PipelinePlan } from "../stack-plan";

/** Which proposal brings a change, and what to tell about it. */
export interface Proposal {
  /** Undefined where the default branch has what is wanted. */
  readonly chosen?: ProposalRecord;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Keeps the recorded proposal, and updates its files, while it can still bring the change: not after
 * its merge, after it was closed and its files change, or when the default branch changed under it.
 */
export function planProposal(
  of: Context,
  files: readonly PlannedFile[],
  isChange: boolean,
): Proposal {
  const before = of.record?.proposal;
  const repository = of.repository.snapshot;
  const { defaultBranch } = repository;
  const pull = answerValue(repository.proposals?.pullRequest);
  if (files.every(({ path, content }) => repository.files[path] === content)) {
    if (!before) return { notes: [], warnings: [] };
    const isOpen = pull?.state === "open";
    return { notes: [isOpen ? closing(pull, defaultBranch) : FINISHED], warnings: [] };
  }
  const base = digest([
    repository.id,
    defaultBranch,
    files.map(({ path }) => [path, repository.files[path] ?? null]),
  ]);
  const content = filesDigest(files);
  const isSpent =
    pull?.merged === true || (pull?.state === "closed" && before?.content !== content);
  // An earlier version also compared the timestamp root.
  const isSameBase = before?.base === base || of.record?.stacks === undefined;
  if (before && isSameBase && !isSpent) {
    const chosen = { ...before, base, content };
    return { chosen, ...standing(pull, defaultBranch, isChange) };
  }
  const id = freeId(of, files);
  const effect = isChange
    ? `proposes a change of its files in a pull request, which takes effect when it is merged into ${defaultBranch}`
    : `proposes its files in a pull request: signing starts when it is merged into ${defaultBranch}`;
  const chosen = { id, repository: repository.name, base, content };
  return { chosen, notes: [effect], warnings: [] };
}

const FINISHED =
  "removes its finished proposal from the state: the pull request and its branch stay on GitHub";

/** What happens to an open pull request that brings nothing any more. */
export function closing({ html_url }: PullRequestAnswer, branch: string | undefined): string {
  const why = branch ? `${branch} has what is wanted` : "its files are committed directly";
  return `closes ${html_url}, because ${why}`;
}

/** What the pull request of an earlier run waits for. */
function standing(
  pull: PullRequestAnswer | undefined,
  branch: string,
  isChange: boolean,
): Pick<Proposal, "notes" | "warnings"> {
  const meanwhile = isChange ? `the workflow on ${branch} stays as it is` : "nothing is signed";
  const told = (note: string) => ({ notes: [note], warnings: [] });
  const warned = (warning: string) => ({ notes: [], warnings: [warning] });
  if (!pull) return { notes: [], warnings: [] };
  const { html_url: url, state, base } = pull;
  if (state === "open" && base.ref === branch) {
    return told(`waits for the merge of ${url}: until then ${meanwhile}`);
  }
  const now = `now targets ${base.ref}, so ${meanwhile}: change its base back to ${branch}`;
  if (state === "open") return warned(`pull request ${url} ${now}`);
  const other = isChange ? "change the configuration back" : "remove the pipeline";
  const way = `reopen and merge it (restore its branch first if it is gone), or ${other}`;
  return warned(`pull request ${url} was closed without a merge, so ${meanwhile}: ${way}`);
}

/** The first id that is free, or that an interrupted run left together with its branch. */
function freeId(
  { name: pipeline, repository, record, snapshot }: Context,
  files: readonly PlannedFile[],
): string {
  const { id: repositoryId, defaultBranch, files: base, proposals } = repository.snapshot;
  const taken = answerValue(proposals?.branches);
  const change = files.map(({ path, content }) => [path, content, base[path] ?? null]);
  for (let turn = 0; ; turn += 1) {
    const id = digest([repositoryId, defaultBranch, change, ...(turn > 0 ? [turn] : [])]);
    if (id === record?.proposal?.id) continue;
    const branch = proposalBranchName(proposalName(pipeline, id));
    const isHeld = snapshot.state.resources.some(({ name }) => name === branch);
    const isThere = taken?.includes(proposalBranch(pipeline, id)) ?? isHeld;
    if (isThere === isHeld) return id;
  }
}

/** What pushes can reach beyond the pipeline's own images; undefined where nothing. */
export function reachOf(
  { identity }: Pick<PipelinePlan, "identity">,
  registry: { readonly name: string; readonly permissions: string },
): string | undefined {
  if (registry.permissions === "rbac") return `every image of the registry \`${registry.name}\``;
  return identity.kind === "shared"
    ? "the images of all pipelines that share its identity"
    : undefined;
}
