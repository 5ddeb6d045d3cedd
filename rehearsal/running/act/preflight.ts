import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { startsOn } from "../../proof/triggers";
import { CHECKOUT, STAND_INS } from "./actions";

/** One run of a job. act runs each of them alone, because GitHub uses a machine for each. */
export interface JobRun {
  readonly job: string;
  readonly matrix: Readonly<Record<string, string>>;
  /** Labels of the runner. */
  readonly runsOn: readonly string[];
  /** Whether the job has the permission to request an identity token. */
  readonly idToken: boolean;
  /** Files that the workflow builds from. */
  readonly dockerfiles: readonly string[];
}

/** Something that GitHub refuses and act does not. */
export class Refused extends Error {}

const Step = z.object({
  id: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.coerce.string()).default({}),
  env: z.record(z.string(), z.coerce.string()).default({}),
});
/** The images that a job can select, with the rows of the matrix. */
const Selectable = z.array(z.object({ row: z.object({ file: z.string() }) }));
const Rows = z.array(z.record(z.string(), z.coerce.string()));
const Job = z.object({
  if: z.string().optional(),
  needs: z.array(z.string()).default([]),
  "runs-on": z.union([z.string(), z.array(z.string())]).default([]),
  permissions: z.record(z.string(), z.string()).optional(),
  /** An expression returns rows that only a run knows. */
  strategy: z.object({ matrix: z.object({ include: z.union([z.string(), Rows]) }) }).optional(),
  steps: z.array(Step).default([]),
});
const Patterns = z.array(z.string()).optional();
const Workflow = z.object({
  on: z.object({
    push: z.object({ branches: Patterns, tags: Patterns }).optional(),
    workflow_dispatch: z.unknown().optional(),
    workflow_call: z.unknown().optional(),
    schedule: z.unknown().optional(),
  }),
  permissions: z.record(z.string(), z.string()).default({}),
  jobs: z.record(z.string(), Job),
});

/** act does not know `github.repository_id`, so the condition of a job is decided here. */
const CONDITION = /^github\.repository_id == '(\d+)'$/;
/** A condition about another job, which act evaluates. */
const OF_NEEDS = /^needs\.\w+\.outputs\.\w+ != '\[\]'$/;

/** What starts a run: the ref, and the inputs if somebody starts it by hand. */
export interface Start {
  readonly ref: string;
  readonly repositoryId: number;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Whether a schedule starts the run. */
  readonly scheduled?: boolean;
}

const STARTS = {
  workflow_dispatch: "a start by hand on",
  schedule: "a schedule on",
  push: "a push to",
} as const;

/** The event of a start. */
export function eventOf({ inputs, scheduled }: Start): "workflow_dispatch" | "schedule" | "push" {
  if (scheduled) return "schedule";
  return inputs ? "workflow_dispatch" : "push";
}

/**
 * The jobs that a start runs in a repository. A job that another one needs runs together with that
 * one. A job after a matrix is left out: act does not join the outputs of its rows.
 */
export function jobRuns(file: string, start: Start): JobRun[] {
  const { ref, repositoryId } = start;
  const { on, jobs, permissions: byDefault } = read(file);
  const event = eventOf(start);
  if (event === "push" ? !on.push || !startsOn(on.push, ref) : on[event] === undefined) {
    throw new Refused(`${STARTS[event]} ${ref} does not start the workflow`);
  }
  const kept = Object.entries(jobs).filter(
    ([, { needs }]) => !needs.some((it) => jobs[it]?.strategy),
  );
  const needed = kept.flatMap(([, { needs }]) => needs);
  const granted = ({ permissions }: z.infer<typeof Job>) => permissions ?? byDefault;
  for (const [, job] of kept) for (const step of job.steps) refuseUnknown(step, granted(job));
  return kept.flatMap(([job, description]) => {
    const { steps, strategy, needs } = description;
    const [, id] = CONDITION.exec(description.if ?? "") ?? [];
    if (description.if && !id && !OF_NEEDS.test(description.if)) {
      throw new Refused(`unexpected condition: ${description.if}`);
    }
    if ((id && Number(id) !== repositoryId) || needed.includes(job)) return [];
    const together = [description, ...needs.flatMap((it) => jobs[it] ?? [])];
    const rows = strategy?.matrix.include ?? [{}];
    return (typeof rows === "string" ? [{}] : rows).map((matrix) => ({
      job,
      runsOn: [...new Set(together.flatMap((it) => it["runs-on"]))],
      matrix,
      idToken: together.some((it) => granted(it)["id-token"] === "write"),
      dockerfiles: [
        ...steps.flatMap((step) => step.with.file ?? []).map((name) => fill(name, matrix)),
        ...together.flatMap((it) =>
          it.steps.flatMap(({ id, env }) => (id === "select" ? filesOf(env) : [])),
        ),
      ].filter((name) => name !== ""),
    }));
  });
}

function filesOf({ IMAGES = "[]" }: Readonly<Record<string, string>>): string[] {
  return Selectable.parse(JSON.parse(IMAGES)).map(({ row }) => row.file);
}

/** The text of a workflow without the conditions that act cannot evaluate. */
export function unconditional(text: string): string {
  return text.replace(/^ {4}if: .*github\.repository_id.*\n/gm, "");
}

/** The text of a workflow whose rows of a matrix run one after the other, in one home folder. */
export function sequential(text: string): string {
  return text.replace(/^( {4}strategy:\n)/gm, "$1      max-parallel: 1\n");
}

/** The folder that stands in for each repository of actions, by `owner/repository@sha`. */
export function localRepositories(files: readonly string[], folder: string): string[] {
  const jobs = files.flatMap((file) => Object.values(read(file).jobs));
  const used = jobs.flatMap((job) => job.steps.map((step) => step.uses));
  const mapped = used.flatMap((uses) => {
    const [, repository = "", sha] = /^([^/]+\/[^/@]+).*@(.+)$/.exec(uses ?? "") ?? [];
    return repository && repository !== CHECKOUT.action
      ? [`${repository}@${sha}=${folder}/${repository}`]
      : [];
  });
  return [...new Set(mapped)];
}

function read(file: string): z.infer<typeof Workflow> {
  const { data, error } = Workflow.safeParse(parse(readFileSync(file, "utf8")));
  if (!data) throw new Refused(`not a generated workflow: ${z.prettifyError(error)}`);
  return data;
}

function refuseUnknown(step: z.infer<typeof Step>, granted: Record<string, string>): void {
  if (!step.uses) return;
  const [, action = "", sha = ""] = /^(.+)@(.+)$/.exec(step.uses) ?? [];
  if (!/^[0-9a-f]{40}$/.test(sha)) throw new Refused(`not pinned to a commit: ${step.uses}`);
  if (action !== CHECKOUT.action) {
    if (!STAND_INS[action]) throw new Refused(`unexpected action: ${step.uses}`);
    return;
  }
  if (granted.contents !== "read" && granted.contents !== "write") {
    throw new Refused(`${action} needs the permission contents: read`);
  }
  for (const input of Object.keys(step.with)) {
    if (!(CHECKOUT.inputs as readonly string[]).includes(input)) {
      throw new Refused(`Unexpected input(s) '${input}' of ${action}`);
    }
  }
}

function fill(text: string, matrix: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{ matrix\.(\w+) \}\}/g, (_, key: string) => matrix[key] ?? "");
}
