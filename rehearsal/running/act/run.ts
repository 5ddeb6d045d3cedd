import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Pushed, pushedImages } from "../services/images";
import type { ActResult, StepResult } from "./act";
import { isolate, NONE } from "./isolation";
import { type JobOptions, runJob } from "./job";
import { type JobRun, jobRuns, Refused, sequential, unconditional } from "./preflight";
import { makeRepository } from "./repository";

export interface RunOptions extends JobOptions {
  /** The folder that holds the committed files. */
  readonly repository: string;
  /** Whether to use a network namespace, if the system allows it. Default: true. */
  readonly isolate?: boolean;
}

export interface RunResult {
  readonly ok: boolean;
  /** Why the run failed, in one line. */
  readonly reason?: string;
  readonly log: string;
  readonly steps: readonly StepResult[];
  readonly summary: string;
  /** Hosts outside of this machine that the run tried to reach. */
  readonly unexpectedHosts: readonly string[];
  /** Images that the run pushed, one for each digest. */
  readonly pushed: readonly Pushed[];
  readonly seconds: number;
  /** Whether the run had no network. Otherwise only programs that use a proxy had none. */
  readonly isolated: boolean;
}

/** Runs a committed workflow for a push, on this machine and offline. Only one run at a time. */
export async function runWorkflow(options: RunOptions): Promise<RunResult> {
  const started = Date.now();
  const { grants, services } = options;
  const { registry, ports, standIns, unexpected } = services.backstage;
  const folder = mkdtempSync(join(tmpdir(), "countersign-run-"));
  const before = await pushedImages(services, grants.push);
  const hosts = unexpected.length;
  registry.allowPushes(grants.push);
  const { node } = options.tools;
  const place = { folder: join(folder, "ports"), ports, node, modules: standIns.modules };
  const isolation = options.isolate === false ? NONE : await isolate(place);
  try {
    const results = await runJobs(options, folder, isolation.prefix);
    const log = results.flatMap((result) => result.log);
    const unexpectedHosts = [...new Set(unexpected.slice(hosts))];
    const reason = reasonOf(results, log, unexpectedHosts);
    const known = new Set(before.map(({ repository, digest }) => `${repository}@${digest}`));
    const after = await pushedImages(services, grants.push);
    return {
      ok: reason === undefined,
      ...(reason !== undefined && { reason }),
      log: log.join("\n"),
      steps: results.flatMap((result) => result.steps),
      summary: results.map((result) => result.summary).join(""),
      unexpectedHosts,
      pushed: after.filter(({ repository, digest }) => !known.has(`${repository}@${digest}`)),
      seconds: (Date.now() - started) / 1000,
      isolated: isolation.prefix.length > 0,
    };
  } finally {
    isolation.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A job with a matrix runs once for each row, one after the other. */
async function runJobs(
  options: RunOptions,
  folder: string,
  prefix: readonly string[],
): Promise<ActResult[]> {
  let runs: JobRun[];
  try {
    runs = jobRuns(join(options.repository, options.workflow), options.event);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return [{ ok: false, steps: [], log: [`Error: ${error.message}`], summary: "" }];
  }
  const repository = join(folder, "repository");
  const dockerfiles = runs.flatMap((run) => run.dockerfiles);
  const { ref, changed } = options.event;
  const before = await makeRepository(options.repository, repository, ref, dockerfiles, changed);
  // A job can call another workflow of the repository.
  const folderOfAll = join(repository, ".github", "workflows");
  const workflows = readdirSync(folderOfAll).map((name) => join(folderOfAll, name));
  for (const file of workflows) {
    writeFileSync(file, sequential(unconditional(readFileSync(file, "utf8"))));
  }
  const workflow = join(repository, options.workflow);
  const results: ActResult[] = [];
  for (const [index, run] of runs.entries()) {
    const home = join(folder, `job-${index}`);
    const place = { repository, workflow, workflows, home, prefix, before };
    results.push(await runJob(options, run, place));
  }
  return results;
}

/** Last lines of a failed step that the reason includes. */
const LAST_WORDS = 4;

/** Lines that make a run fail even if every step succeeds. */
const NEVER_SAID = [
  // act runs an empty script where an expression fails.
  "Unable to interpolate expression",
  // Notation signs what a tag currently points to, and only warns.
  "Always sign the artifact using digest",
];

function reasonOf(
  results: readonly ActResult[],
  log: readonly string[],
  hosts: readonly string[],
): string | undefined {
  const bad = log.find((line) => NEVER_SAID.some((text) => line.includes(text)));
  if (bad) return bad;
  if (hosts.length > 0) return `unexpected host: ${hosts.join(", ")}`;
  if (results.every((result) => result.ok)) return undefined;
  // A job can go on after a failed step, which it tries again. The last one made the job fail.
  const failed = results
    .find(({ ok }) => !ok)
    ?.steps.filter((step) => !step.ok)
    .at(-1);
  if (failed) {
    const of = failed.image === undefined ? "" : `${failed.image}: `;
    const words = failed.said.slice(-LAST_WORDS).join("; ") || "failed without a message";
    return `${of}step "${failed.name}": ${words}`;
  }
  return log.filter((line) => line.includes("rror")).at(-1) ?? "act failed";
}
