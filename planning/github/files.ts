import type { StateResource } from "../../snapshot";
import { committedFilesName, fileName } from "../../trust/resource-names";
import { isOfStack, type PlannedFile } from "../../workflow/committed-files";
import { answerValue } from "../answers";
import { type Context, stackOf } from "../context";
import type { FilesPlan } from "../stack-plan";
import type { CommitMode } from "./commit-mode";
import { closing, type Proposal, planProposal } from "./proposal";

/** How a pipeline's files get to the default branch, and what to tell about it. */
export interface PlannedFiles extends Proposal {
  readonly committed?: FilesPlan["committed"];
  readonly retained: readonly string[];
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
  const held = heldFiles(of, files);
  const formerWorkflows = formerOnes(of, files);
  // What is committed directly is deleted where it moves away from, unless it was adopted.
  const deleted = mode === "direct" && !adopt ? held.map(({ outputs }) => outputs.file) : [];
  const left = formerWorkflows
    .filter((path) => !deleted.includes(path))
    .map((it) => `${defaultBranch} still has ${it}: delete it, or both workflows sign`);
  if (mode === "propose") {
    const proposal = planProposal(of, files, isChange);
    // Declared so once, they can leave the state: with the next proposal, or when one is finished.
    const isNext = proposal.chosen?.id !== record?.proposal?.id;
    return {
      ...proposal,
      warnings: [...proposal.warnings, ...left],
      retained: record?.retainsFiles && isNext ? [] : held.map(({ key }) => key),
      formerWorkflows,
    };
  }
  if (!adopt) checkExisting(of, files, held);
  const pull = answerValue(proposals?.pullRequest);
  return {
    committed: { files, retain: adopt },
    retained: [],
    formerWorkflows,
    notes: pull?.state === "open" ? [closing(pull, undefined)] : [],
    warnings: [...left, ...staleness(of, held)],
  };
}

interface HeldFile {
  readonly key: string;
  readonly outputs: StateResource["outputs"];
}

/** The files that the state has as committed directly. */
function heldFiles({ name: of, snapshot }: Context, files: readonly PlannedFile[]): HeldFile[] {
  const component = committedFilesName(of);
  return files.flatMap(({ key }) => {
    const found = snapshot.state.resources.find(
      ({ type, name }) => type === FILE && name === fileName(component, key),
    );
    return found ? [{ key, outputs: found.outputs }] : [];
  });
}

/** The provider would overwrite what exists, and delete it later. */
function checkExisting(
  { repository, snapshot, report }: Context,
  files: readonly PlannedFile[],
  held: readonly HeldFile[],
): void {
  const { id, defaultBranch, files: found, owner, name } = repository.snapshot;
  const stack = stackOf(snapshot);
  const isMarked = files.some(({ path }) => isOfStack(found[path] ?? "", stack));
  for (const { key, path, content } of files) {
    const text = found[path];
    const own = held.find((it) => it.key === key)?.outputs;
    const isOwn = own?.file === path && Number(own?.repositoryId) === id;
    if (text === undefined || isOwn || isOfStack(text, stack)) continue;
    if (isMarked && text === content) continue;
    const given = `file ${path} on branch ${defaultBranch} of ${owner.login}/${name}`;
    const other = key === "workflow" ? ", or choose another path with `workflow`" : "";
    report(
      key === "workflow" ? "workflow" : "adopt",
      given,
      "a file that does not exist yet",
      `Set \`adopt: true\` to overwrite the file and to keep it on \`pulumi destroy\`${other}. If an interrupted run wrote the file, delete it.`,
    );
  }
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
function formerOnes(
  { repository, record, snapshot }: Context,
  files: readonly PlannedFile[],
): string[] {
  const { files: found } = repository.snapshot;
  const recorded = [
    ...(record?.formerWorkflows ?? []),
    ...(record?.plans.map(({ workflow }) => workflow.path) ?? []),
  ];
  return [...new Set(recorded)].filter(
    (path) =>
      !files.some((it) => it.path === path) && isOfStack(found[path] ?? "", stackOf(snapshot)),
  );
}
