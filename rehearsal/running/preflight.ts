import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { startsOn } from "../proof/triggers";
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
  uses: z.string().optional(),
  with: z.record(z.string(), z.coerce.string()).default({}),
});
const Job = z.object({
  if: z.string().optional(),
  "runs-on": z.union([z.string(), z.array(z.string())]),
  permissions: z.record(z.string(), z.string()).optional(),
  strategy: z
    .object({ matrix: z.object({ include: z.array(z.record(z.string(), z.coerce.string())) }) })
    .optional(),
  steps: z.array(Step),
});
const Patterns = z.array(z.string()).optional();
const Workflow = z.object({
  on: z.object({ push: z.object({ branches: Patterns, tags: Patterns }) }),
  permissions: z.record(z.string(), z.string()).default({}),
  jobs: z.record(z.string(), Job),
});

/** act does not know `github.repository_id`, so the condition of a job is decided here. */
const CONDITION = /^github\.repository_id == '(\d+)'$/;

/** The jobs that a push to the ref starts in a repository. */
export function jobRuns(file: string, ref: string, repositoryId: number): JobRun[] {
  const workflow = read(file);
  if (!startsOn(workflow.on.push, ref))
    throw new Refused(`a push to ${ref} does not start the workflow`);
  return Object.entries(workflow.jobs).flatMap(([job, description]) => {
    const [, id] = CONDITION.exec(description.if ?? "") ?? [];
    if (description.if && !id) throw new Refused(`unexpected condition: ${description.if}`);
    if (id && Number(id) !== repositoryId) return [];
    const { steps, strategy, permissions } = description;
    const granted = permissions ?? workflow.permissions;
    for (const step of steps) refuseUnknown(step, granted);
    return (strategy?.matrix.include ?? [{}]).map((matrix) => ({
      job,
      runsOn: [description["runs-on"]].flat(),
      matrix,
      idToken: granted["id-token"] === "write",
      dockerfiles: steps.flatMap((step) => step.with.file ?? []).map((name) => fill(name, matrix)),
    }));
  });
}

/** The text of a workflow without the conditions of its jobs. */
export function unconditional(text: string): string {
  return text.replace(/^ {4}if: .*\n/gm, "");
}

/** The folder that stands in for each repository of actions, by `owner/repository@sha`. */
export function localRepositories(file: string, folder: string): string[] {
  const workflow = read(file);
  const used = Object.values(workflow.jobs).flatMap((job) => job.steps.map((step) => step.uses));
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
