import type { PlannedFile } from "../workflow/committed-files";
import { get, path } from "./github";
import { type Held, heldResources, typeOf } from "./held";
import {
  digestOf,
  type HeldInputs,
  type HeldProposal,
  type Proposals,
  planProposals,
} from "./proposal-plan";
import type { Repository } from "./repository";
import { type Standing, standing, withMoved } from "./standing";

/** How the files of a pipeline get to the default branch. */
export interface FilesPlan extends Proposals, Standing {
  /** `direct` commits them; `propose` opens a pull request where they differ from what is there. */
  readonly mode: "direct" | "propose";
  /** All that the default branch holds of the files, a merge of ours has brought there. */
  readonly isOurs: boolean;
  /** The default branch has a workflow at that path already. */
  readonly isChange?: boolean;
  /** Committed directly by an earlier run: kept in the state, and left alone. */
  readonly committed: readonly HeldFile[];
}

export interface HeldFile {
  readonly key: string;
  readonly inputs: HeldInputs;
}

/** Reads what the default branch holds and what earlier runs left, and decides. */
export async function planFiles(
  pipeline: string,
  repository: Repository,
  files: readonly PlannedFile[],
  mode: "direct" | "propose",
): Promise<FilesPlan> {
  const state = (await heldResources()) ?? {};
  const held = heldProposals(state, pipeline);
  const base = await baseOf(repository, files);
  const equal = files.every(({ path: file, content }) => base.get(file) === content);
  const there = await branchesThere(repository, held);
  const isDirect = mode === "direct";
  const isChange = files.some(
    ({ key, path: file }) => key === "workflow" && base.get(file) !== undefined,
  );
  const digest = isDirect || equal ? undefined : digestOf(repository.id, files, base);
  const plan = planProposals(held, {
    digest,
    isDirect,
    isThere: ({ branch }) => !branch || there.has(placeOf(branch)),
    isMerged: (it) =>
      it.files.every(({ inputs }) => base.get(inputs.file ?? "") === inputs.content),
  });
  const direct = heldFiles(state, `${pipeline}-files`);
  const wasReleased = outputsOf(state, COMMITTED, `${pipeline}-files`)?.released === true;
  return {
    mode,
    ...plan,
    isOurs: held.length > 0 && isOurs(base, files, held),
    committed: isDirect || (wasReleased && plan.propose) ? [] : direct,
    isChange,
    ...(await withMoved(
      repository,
      files,
      isDirect ? [] : [...direct, ...held.flatMap((it) => it.files)],
      await standing(repository, held, digest, plan, isChange),
    )),
  };
}

const COMMITTED = "countersign:index:CommittedFiles";
const PROPOSED = "countersign:index:ProposedFiles";
const BRANCH = "github:index/branch:Branch";
const FILE = "github:index/repositoryFile:RepositoryFile";
const PULL_REQUEST = "github:index/repositoryPullRequest:RepositoryPullRequest";

async function baseOf(repository: Repository, files: readonly PlannedFile[]) {
  const contents = files.map(async ({ path: file }) => {
    const url = path`repos/${repository.owner}/${repository.name}/contents/${file}?ref=${repository.defaultBranch}`;
    const found = await get<{ readonly content: string }>(url);
    return [file, found && Buffer.from(found.content, "base64").toString("utf8")] as const;
  });
  return new Map(await Promise.all(contents));
}

/** Whether each file that is there was proposed by an earlier run, or says that this stack wrote it. */
function isOurs(
  base: ReadonlyMap<string, string | undefined>,
  files: readonly PlannedFile[],
  held: readonly HeldProposal[],
): boolean {
  const proposed = held.flatMap((it) => it.files.map(({ inputs }) => inputs));
  const heading = (text: string) => /^# .*/.exec(text)?.[0];
  return files.every(({ path: file, content }) => {
    const found = base.get(file);
    if (found === undefined || found === content) return true;
    const isProposed = proposed.some((it) => it.file === file && it.content === found);
    const title = heading(content);
    return isProposed || (title !== undefined && title === heading(found));
  });
}

/** Held ones are looked for where they were made, which may be another repository than today's. */
async function branchesThere({ owner }: Repository, held: readonly HeldProposal[]) {
  const branches = held.flatMap(({ branch }) => (branch ? [branch] : []));
  const found = await Promise.all(
    branches.map(({ repository = "", branch = "" }) =>
      get(path`repos/${owner}/${repository}/branches/${branch}`),
    ),
  );
  return new Set(branches.filter((_, index) => found[index]).map(placeOf));
}

function placeOf({ repository, branch }: HeldInputs): string {
  return `${repository}/${branch}`;
}

function heldProposals(state: Held, pipeline: string): HeldProposal[] {
  const prefix = `${pipeline}-proposal-`;
  return Object.keys(state)
    .filter((urn) => typeOf(urn) === PROPOSED)
    .map((urn) => urn.split("::").at(-1) ?? "")
    .filter((name) => name.startsWith(prefix) && /^[0-9a-f]{10}$/.test(name.slice(prefix.length)))
    .map((name) => ({
      digest: name.slice(prefix.length),
      released: outputsOf(state, PROPOSED, name)?.released === true,
      branch: outputsOf(state, BRANCH, `${name}-branch`) as HeldInputs | undefined,
      files: heldFiles(state, name),
      pullRequest: outputsOf(state, PULL_REQUEST, `${name}-pull-request`) as HeldInputs | undefined,
    }));
}

function heldFiles(state: Held, component: string): HeldFile[] {
  return Object.entries(state)
    .filter(([urn]) => typeOf(urn) === FILE)
    .map(([urn, inputs]) => [urn.split("::").at(-1) ?? "", inputs as HeldInputs] as const)
    .filter(([name]) =>
      ["timestamp-root", "workflow"].some((key) => name === `${component}-${key}`),
    )
    .map(([name, inputs]) => ({ key: name.slice(component.length + 1), inputs }));
}

function outputsOf(state: Held, type: string, name: string): Held[string] | undefined {
  const urn = Object.keys(state).find((it) => typeOf(it) === type && it.endsWith(`::${name}`));
  return urn ? state[urn] : undefined;
}
