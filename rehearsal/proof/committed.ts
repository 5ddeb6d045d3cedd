import { parse } from "yaml";
import type { GitHubState, Repository } from "../clouds/github/state";
import type { Intent } from "../intent";
import type { Job } from "./claims";
import type { Run } from "./runs";
import { startsOn } from "./triggers";
import {
  eventsOf,
  expressionOf,
  type FileJob,
  type Inputs,
  inputsOf,
  pushFilters,
  signingJob,
  type WorkflowFile,
} from "./workflow-file";

export interface Refused {
  readonly refused: string;
  /** Whether GitHub does not even start the run. */
  readonly idle?: true;
}

/** A pipeline's committed workflow, and the job that logs in. */
export interface Committed {
  readonly file: WorkflowFile;
  readonly job: FileJob;
  /** How the job is called, if it belongs to a reusable workflow. */
  readonly call?: { readonly reference: string; readonly caller: FileJob; readonly with: Inputs };
  /** Whether the job has the permission to request tokens. */
  readonly mayAsk: boolean;
}

/** Reads the committed workflow from the repository. */
export function committedWorkflow(
  github: GitHubState,
  { repository, workflow }: Intent,
  ref?: string,
): Committed | Refused {
  const text = committedText(github.repository(repository), workflow, ref);
  if (!text) return { refused: `there is no workflow at ${workflow}`, idle: true };
  const file: WorkflowFile = parse(text) ?? {};
  const job = signingJob(file);
  if (!job) return { refused: `the workflow ${workflow} has no job` };
  const mayAsk = asks(job, file) === "write";
  return job.uses ? called(github, file, job, job.uses, mayAsk) : { file, job, mayAsk };
}

function called(
  github: GitHubState,
  file: WorkflowFile,
  caller: FileJob,
  uses: string,
  mayAsk: boolean,
): Committed | Refused {
  const found = reusableWorkflow(github, uses);
  if (!found) return { refused: `there is no reusable workflow at ${uses}` };
  const callee: WorkflowFile = parse(found.text) ?? {};
  const job = signingJob(callee);
  if (!job) return { refused: `the workflow ${found.reference} has no job` };
  const inputs = Object.entries(inputsOf(callee));
  const defaults = Object.fromEntries(inputs.map(([name, input]) => [name, input?.default]));
  return {
    file,
    job,
    call: { reference: found.reference, caller, with: { ...defaults, ...caller.with } },
    // A called workflow can have fewer permissions than its caller, but not more.
    mayAsk: mayAsk && (asks(job, callee) ?? "write") === "write",
  };
}

function asks(job: FileJob, file: WorkflowFile): string | undefined {
  const permissions = job.permissions ?? file.permissions;
  return permissions && (permissions["id-token"] ?? "none");
}

/** The job that the committed file starts for the run's event on its ref. */
export function committedJob(
  github: GitHubState,
  intent: Intent,
  { ref, event }: Pick<Run, "ref" | "event">,
): Job | Refused {
  const committed = committedWorkflow(github, intent, ref);
  if ("refused" in committed) return committed;
  const { file, call, mayAsk } = committed;
  const push = pushFilters(file);
  // A workflow that verifies is called by the workflow of a pull request.
  const by = event === "pull_request" && intent.verifies ? "workflow_call" : event;
  const starts =
    by === "push" ? push !== undefined && startsOn(push, ref) : eventsOf(file).includes(by);
  if (!starts) return { refused: `the workflow does not start on ${ref}`, idle: true };
  if (!mayAsk) return { refused: "the job has no permission to request tokens" };
  return {
    path: intent.workflow,
    name: file.name ?? intent.workflow,
    environment: environmentOf(committed),
    calls: call?.reference,
  };
}

/** The environment of the job. A called job can get it as an input. */
export function environmentOf({ job, call }: Committed): string | undefined {
  const { environment } = job;
  const given = typeof environment === "object" ? environment.name : environment;
  const input = expressionOf(given);
  const value = input?.context === "inputs" ? call?.with[input.name] : given;
  return value ? String(value) : undefined;
}

/** A reusable workflow by its reference, with a short or a full ref. Owner and name in any case. */
export function reusableWorkflow(
  { callableWorkflows }: GitHubState,
  uses: string,
): { readonly reference: string; readonly text: string } | undefined {
  const [, owner = "", path, ref] = /^([^/]+\/[^/]+)\/(.+)@(.+)$/.exec(uses) ?? [];
  for (const full of [`refs/heads/${ref}`, `refs/tags/${ref}`, ref]) {
    const found = Object.entries(callableWorkflows).find(([reference]) => {
      const start = reference.slice(0, owner.length).toLowerCase();
      return start === owner.toLowerCase() && reference.slice(owner.length) === `/${path}@${full}`;
    });
    if (found) return { reference: found[0], text: found[1] };
  }
  return undefined;
}

/**
 * GitHub runs the file of the pushed ref. A ref that does not exist yet starts from the default
 * branch. If the default branch has no file, a proposed file counts as merged.
 */
function committedText(
  { branches, settings, pullRequests }: Repository,
  path: string,
  ref = "",
): string | undefined {
  const { defaultBranch } = settings;
  const [, branch = defaultBranch] = /^refs\/heads\/(.+)$/.exec(ref) ?? [];
  const pushed = branches.get(branch);
  if (pushed && branch !== defaultBranch) return pushed.get(path);
  const merged = branches.get(defaultBranch)?.get(path);
  if (merged !== undefined) return merged;
  const proposals = [...pullRequests.values()]
    .filter(({ state, base }) => state === "open" && base === defaultBranch)
    .map(({ head }) => branches.get(head)?.get(path));
  return proposals.filter((text) => text !== undefined).at(-1);
}
