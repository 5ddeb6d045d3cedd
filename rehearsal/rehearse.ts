import { createHash } from "node:crypto";
import type { EngineEvent, PulumiFn } from "@pulumi/pulumi/automation";
import { checkConfiguration } from "../config";
import { ProblemsError } from "../configuration/problems";
import { type Clouds, embeddedClouds } from "./clouds/clouds";
import { derivedWorld } from "./derived-world";
import type { Engine } from "./engine/find";
import { OperationError, openSession, type Phase, type Session } from "./engine/session";
import { type Intent, intents } from "./intent";
import { type ProofRow, prove } from "./proof/prove";
import { strayTrust } from "./proof/stray";
import type { CommittedFile, Report } from "./report";
import type { RunReport } from "./running/rehearsed-runs";
import type { StackFile } from "./stack-file";
import type { World } from "./world";

export interface Rehearsal {
  readonly engine: Engine;
  readonly program: PulumiFn;
  readonly project: string;
  readonly stack: StackFile;
  /** What exists. Default: what the configuration takes for granted. */
  readonly world?: World;
  readonly onPhase?: (name: string, done?: Phase) => void;
  readonly onEvent?: (event: EngineEvent) => void;
  /** Between `up` and `destroy`: runs what was committed. */
  readonly whileUp?: (standing: Standing) => Promise<readonly RunReport[]>;
  readonly signal?: AbortSignal;
}

/** What stands between `up` and `destroy`. */
export interface Standing {
  readonly clouds: Clouds;
  readonly intents: readonly Intent[];
  readonly proof: readonly ProofRow[];
  readonly files: Rehearsed["files"];
}

/** What a rehearsal leaves: its report, and the committed files with their content. */
export interface Rehearsed {
  readonly report: Report;
  readonly files: ReadonlyArray<CommittedFile & { readonly content: string }>;
}

/** Takes a stack through preview, up, up again and destroy, and proves whom it trusts. */
export async function rehearse(rehearsal: Rehearsal): Promise<Rehearsed> {
  try {
    return await rehearseChecked(rehearsal);
  } catch (failure) {
    if (!(failure instanceof ProblemsError)) throw failure;
    return refused(rehearsal, failure);
  }
}

/** The report of a configuration that no engine need see. */
function refused({ engine }: Rehearsal, { message }: ProblemsError): Rehearsed {
  const { version, source } = engine;
  const nothing = { phases: [], outputs: {}, made: [], committed: [], proof: [], runs: [] };
  return {
    report: {
      version: 1,
      holds: false,
      reasons: [message],
      notes: [],
      engine: { version, source },
      ...nothing,
    },
    files: [],
  };
}

async function rehearseChecked(rehearsal: Rehearsal): Promise<Rehearsed> {
  const { engine, stack } = rehearsal;
  const configuration = checkConfiguration(stack.config, process.env);
  const world = rehearsal.world ?? derivedWorld(configuration);
  const meant = intents(configuration, world);
  const clouds = embeddedClouds(world);
  const before = clouds.inventory();
  const phases: Phase[] = [];
  let proof: ProofRow[] = [];
  let runs: readonly RunReport[] = [];
  let made: Report["made"] = [];
  let outputs: Report["outputs"] = {};
  let files: Rehearsed["files"] = [];
  const reasons: string[] = [];
  const notes = new Set<string>();
  const onEvent = (event: EngineEvent) => {
    const { urn = "", severity, message = "" } = event.diagnosticEvent ?? {};
    if (severity === "info" && urn.includes("countersign:index:")) {
      notes.add(`${urn.split("::").at(-1)} ${message.replace(/<\{%[^%]*%\}>/g, "").trim()}`);
    }
    rehearsal.onEvent?.(event);
  };
  const report = (): Report => ({
    version: 1,
    holds: reasons.length === 0,
    reasons,
    notes: [...notes],
    engine: { version: engine.version, source: engine.source },
    phases,
    outputs,
    made,
    committed: files.map(({ content, ...file }) => file),
    proof,
    runs,
  });

  const session = await openSession({ ...rehearsal, clouds });
  const phase = async (operation: Parameters<Session["run"]>[0], name: string) => {
    rehearsal.onPhase?.(name);
    const { signal } = rehearsal;
    const done = await session.run(operation, name, { onEvent, signal });
    phases.push(done);
    rehearsal.onPhase?.(name, done);
    return done;
  };
  try {
    await phase("preview", "preview");
    await phase("up", "up");
    made = clouds.traffic.writes.map(({ token, name }) => ({ type: token, name }));
    reasons.push(...changesOf(await phase("up", "up again")));
    outputs = Object.fromEntries(
      Object.entries(await session.outputs()).map(([name, { value }]) => [name, value]),
    );
    files = committedFiles(clouds, meant);
    proof = prove(clouds, meant);
    reasons.push(...proof.flatMap(({ violations }) => violations), ...strayTrust(clouds, meant));
    runs = (await rehearsal.whileUp?.({ clouds, intents: meant, proof, files })) ?? [];
    reasons.push(...runs.flatMap((run) => run.reasons));
    await phase("destroy", "destroy");
    reasons.push(...leftovers(before, clouds.inventory(), meant));
  } catch (failure) {
    if (!(failure instanceof OperationError)) throw failure;
    reasons.push(failure.message);
  } finally {
    await session.close();
  }
  return { report: report(), files };
}

function changesOf({ created, updated, replaced, deleted }: Phase): string[] {
  const changed = created + updated + replaced + deleted;
  return changed === 0 ? [] : [`up again changed ${changed} resources; nothing was to change`];
}

function committedFiles({ github }: Clouds, meant: readonly Intent[]): Rehearsed["files"] {
  return meant.flatMap(({ repository: name }) => {
    const { settings, branches, commits } = github.repository(name);
    const files = branches.get(settings.defaultBranch);
    return [...new Set(commits.map(({ path }) => path))].map((path) => {
      const content = files?.get(path) ?? "";
      const sha256 = createHash("sha256").update(content).digest("hex");
      return { repository: `${github.owner.login}/${settings.name}`, path, sha256, content };
    });
  });
}

/** After destroy there is what was there before; of what was adopted, the files. */
function leftovers(
  before: readonly string[],
  after: readonly string[],
  meant: readonly Intent[],
): string[] {
  const adopted = meant.filter(({ adopt }) => adopt).map(({ repository }) => `${repository}/`);
  const isAdopted = (kind: string, thing: string) =>
    adopted.some((repository) => thing.startsWith(`${kind} ${repository}`));
  return [
    ...after
      .filter((thing) => !before.includes(thing) && !isAdopted("file", thing))
      .map((thing) => `destroy left ${thing}`),
    ...before
      .filter((thing) => !after.includes(thing) && !isAdopted("secret", thing))
      .map((thing) => `destroy took ${thing}, which was there before`),
  ];
}
