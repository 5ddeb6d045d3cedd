import { type StateResource, workflowsOf } from "../../snapshot";
import { sha256 } from "../../trust/pending";
import { committedFilesName, fileName, proposalName } from "../../trust/resource-names";
import { FILE_KEYS, isOfStack, type PlannedFile, writerOf } from "../../workflow/committed-files";
import { answerValue } from "../answers";
import { type Context, stacksOf } from "../context";
import type { FilesPlan } from "../stack-plan";
import type { CommitMode } from "./commit-mode";
import { closing, type Proposal, planProposal } from "./proposal";

/** How a pipeline's files get to the default branch, and what to tell about it. */
export interface PlannedFiles extends Proposal {
  readonly committed?: FilesPlan["committed"];
  readonly retained: readonly string[];
  readonly retainedInProposal?: readonly string[];
  /** Whether this run writes files. */
  readonly writes: boolean;
  /** Older workflows of this pipeline that the default branch still has. */
  readonly formerWorkflows: readonly string[];
}

const FILE = "github:index/repositoryFile:RepositoryFile";

export function planFiles(
  of: Context,
  files: readonly PlannedFile[],
  mode: CommitMode,
  isChange: boolean,
): PlannedFiles {
  const { record } = of;
  const { adopt } = of.wanted;
  const { defaultBranch, proposals } = of.repository.snapshot;
  const held = heldFiles(of, committedFilesName(of.name));
  const formerWorkflows = formerOnes(of, files);
  // What is committed directly is deleted where it moves away from, unless it was adopted.
  const deleted = mode === "direct" && !adopt ? held.map(({ outputs }) => outputs.file) : [];
  const left = formerWorkflows
    .filter((path) => !deleted.includes(path))
    .map((it) => `${defaultBranch} still has ${it}: delete it, or it goes on running`);
  if (mode === "propose") {
    const proposal = planProposal(of, files, isChange);
    // Declared so once, they can leave the state: with the next proposal, or when one is finished.
    const isNext = proposal.chosen?.id !== record?.proposal?.id;
    const component = proposal.chosen && proposalName(of.name, proposal.chosen.id);
    const proposed = component ? heldFiles(of, component) : [];
    const { chosen } = proposal;
    const before = record?.proposal;
    return {
      ...proposal,
      writes:
        chosen !== undefined && (chosen.id !== before?.id || chosen.content !== before.content),
      retainedInProposal: former(of, proposed, files),
      warnings: [...proposal.warnings, ...left],
      retained: record?.retainsFiles && isNext ? [] : held.map(({ key }) => key),
      formerWorkflows,
    };
  }
  checkExisting(of, files, held);
  const back = takenBack(of, files, held);
  const pull = answerValue(proposals?.pullRequest);
  return {
    committed: { files, retain: adopt },
    writes: files.some(({ path, content }) => of.repository.snapshot.files[path] !== content),
    retained: former(of, held, files),
    formerWorkflows,
    notes: [...(pull?.state === "open" ? [closing(pull, undefined)] : []), ...back],
    warnings: [...left, ...staleness(of, held)],
  };
}

/** Keys of files that the repository has from an earlier version, and that other branches may need. */
function former(
  { repository }: Context,
  held: readonly HeldFile[],
  files: readonly PlannedFile[],
): string[] {
  return held
    .filter(({ outputs }) => Number(outputs.repositoryId) === repository.snapshot.id)
    .filter(({ key }) => key === FORMER_KEY && !files.some((it) => it.key === key))
    .map(({ key }) => key);
}

interface HeldFile {
  readonly key: string;
  readonly outputs: StateResource["outputs"];
}

/** The key of the timestamp root, which earlier versions committed, and which is in the workflow now. */
const FORMER_KEY = "timestamp-root";
const KEYS = [FORMER_KEY, ...Object.values(FILE_KEYS)];

/** The files of a component that the state has. */
function heldFiles({ snapshot }: Context, component: string): HeldFile[] {
  return KEYS.flatMap((key) => {
    const found = snapshot.state.resources.find(
      ({ type, name }) => type === FILE && name === fileName(component, key),
    );
    return found ? [{ key, outputs: found.outputs }] : [];
  });
}

/** The provider would overwrite what exists, and delete it later. */
function checkExisting(
  of: Context,
  files: readonly PlannedFile[],
  held: readonly HeldFile[],
): void {
  const { wanted, repository, report } = of;
  const { id, defaultBranch, files: found, owner, name } = repository.snapshot;
  for (const { key, path } of files) {
    const text = found[path];
    const own = held.find((it) => it.key === key)?.outputs;
    const isOwn = own?.file === path && Number(own?.repositoryId) === id;
    if (text === undefined || isOwn || isWritten(of, path)) continue;
    const given = `file ${path} on branch ${defaultBranch} of ${owner.login}/${name}`;
    const writer = writerOf(text);
    const setting = key === FILE_KEYS.verify ? "verify.workflow" : "workflow";
    if (writer) {
      const expected = `a file that no other stack wrote; stack ${writer} wrote this one`;
      const way = `Choose another path with \`${setting}\`. If that stack is gone, delete the file.`;
      report(setting, given, expected, way);
      continue;
    }
    if (wanted.adopt) continue;
    const fix = `Set \`adopt: true\` to overwrite the file and to keep it on \`pulumi destroy\`, or choose another path with \`${setting}\`. If an interrupted run wrote the file, delete it.`;
    report(setting, given, "a file that does not exist yet", fix);
  }
}

/** A workflow that names this stack, or whose text a record has, is this stack's. */
function isWritten(of: Context, path: string): boolean {
  const text = of.repository.snapshot.files[path];
  if (text === undefined) return false;
  const recorded = of.record?.plans ?? [];
  return (
    stacksOf(of).some((stack) => isOfStack(text, stack)) ||
    recorded.some(({ workflow }) => workflow.path === path && workflow.sha256 === sha256(text))
  );
}

/** What an interrupted or forgotten run of this stack wrote, and somebody may have edited. */
function takenBack(
  of: Context,
  files: readonly PlannedFile[],
  held: readonly HeldFile[],
): string[] {
  const found = of.repository.snapshot.files;
  return files
    .filter(({ key }) => !held.some((it) => it.key === key))
    .filter(({ path, content }) => isWritten(of, path) && found[path] !== content)
    .map(
      ({ path }) =>
        `takes over ${path}, which names this stack, and writes its own text there: edits are lost`,
    );
}

/** Where the state does not know what GitHub has, the provider fails in its own words only. */
function staleness({ repository }: Context, held: readonly HeldFile[]): string[] {
  const { id, defaultBranch, files: found } = repository.snapshot;
  const own = held.filter(({ outputs }) => Number(outputs.repositoryId) === id);
  const fix = "run `pulumi up --refresh`, or GitHub refuses the change";
  const branches = own.flatMap(({ outputs: { branch } }) =>
    branch === defaultBranch ? [] : [String(branch)],
  );
  const edited = own.filter(({ outputs: { branch, file, content } }) => {
    const text = found[String(file)];
    return branch === defaultBranch && text !== undefined && text !== content;
  });
  return [
    ...[...new Set(branches)].map(
      (branch) =>
        `the default branch is ${defaultBranch}, and the files were committed to ${branch}: if ${branch} is gone, ${fix}`,
    ),
    ...edited.map(
      ({ outputs: { file } }) => `${file} on ${defaultBranch} was changed on GitHub: ${fix}`,
    ),
  ];
}

/** Older workflows of this pipeline that the default branch still has. */
function formerOnes(of: Context, files: readonly PlannedFile[]): string[] {
  const { record } = of;
  const recorded = [
    ...(record?.formerWorkflows ?? []),
    ...(record?.plans.flatMap(workflowsOf) ?? []),
  ];
  return [...new Set(recorded)].filter(
    (path) => !files.some((it) => it.path === path) && isWritten(of, path),
  );
}
