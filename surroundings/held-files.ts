import { type Held, heldNamed, typeOf } from "./held";

export type HeldInputs = Readonly<Record<string, string>>;

/** A file of a pipeline, as the state has it. */
export interface HeldFile {
  readonly key: string;
  readonly inputs: HeldInputs;
}

/** What the state holds of a proposal; after a refresh, what of it is still there. */
export interface HeldProposal {
  readonly digest: string;
  /** Declared once already so that its deletion leaves GitHub alone. */
  readonly released: boolean;
  /** Path of its workflow, which a refresh after the merge takes out of the state. */
  readonly workflow: string | undefined;
  /** Paths of older workflows that stay on the base branch until somebody deletes them. */
  readonly moved: readonly string[];
  readonly branch: HeldInputs | undefined;
  readonly files: readonly HeldFile[];
  readonly pullRequest: HeldInputs | undefined;
}

const COMMITTED = "countersign:index:CommittedFiles";
const PROPOSED = "countersign:index:ProposedFiles";
const BRANCH = "github:index/branch:Branch";
const FILE = "github:index/repositoryFile:RepositoryFile";
const PULL_REQUEST = "github:index/repositoryPullRequest:RepositoryPullRequest";

/** The proposals of a pipeline, whatever became of them. */
export function heldProposals(state: Held, pipeline: string): HeldProposal[] {
  return proposalNames(state)
    .filter((it) => it.pipeline === pipeline)
    .map(({ name, digest }) => {
      const own = heldNamed(state, PROPOSED, name);
      return {
        digest,
        released: own?.released === true,
        workflow: own?.workflow as string | undefined,
        moved: (own?.moved ?? []) as readonly string[],
        branch: heldNamed(state, BRANCH, `${name}-branch`) as HeldInputs | undefined,
        files: heldFiles(state, name),
        pullRequest: heldNamed(state, PULL_REQUEST, `${name}-pull-request`) as
          | HeldInputs
          | undefined,
      };
    });
}

/** Names of the pipelines that have proposals, also of those that the configuration has lost. */
export function proposingPipelines(state: Held): string[] {
  return [...new Set(proposalNames(state).map(({ pipeline }) => pipeline))];
}

function proposalNames(state: Held) {
  return Object.keys(state)
    .filter((urn) => typeOf(urn) === PROPOSED)
    .flatMap((urn) => {
      const [, pipeline, digest] = /::([^:]+)-proposal-([0-9a-f]{10})$/.exec(urn) ?? [];
      return pipeline && digest
        ? [{ name: `${pipeline}-proposal-${digest}`, pipeline, digest }]
        : [];
    });
}

/** The files that a pipeline commits itself. */
export interface HeldCommitted {
  readonly files: readonly HeldFile[];
  /** Whether it has let go of them, so that they stay when they leave the state. */
  readonly isReleased: boolean;
}

/** The files that a pipeline committed itself. */
export function heldCommitted(state: Held, pipeline: string): HeldCommitted {
  const name = `${pipeline}-files`;
  return {
    files: heldFiles(state, name),
    isReleased: heldNamed(state, COMMITTED, name)?.released === true,
  };
}

/** Paths of all workflows that the stack has brought to a repository for a pipeline. */
export function workflowPaths(
  proposals: readonly HeldProposal[],
  committed: HeldCommitted,
): string[] {
  const files = [...committed.files, ...proposals.flatMap((it) => it.files)];
  const paths = files.flatMap(({ key, inputs }) => (key === "workflow" ? (inputs.file ?? []) : []));
  const proposed = proposals.flatMap((it) => [it.workflow ?? [], it.moved].flat());
  return [...new Set([...paths, ...proposed])];
}

function heldFiles(state: Held, component: string): HeldFile[] {
  return ["timestamp-root", "workflow"].flatMap((key) => {
    const inputs = heldNamed(state, FILE, `${component}-${key}`) as HeldInputs | undefined;
    return inputs ? [{ key, inputs }] : [];
  });
}
