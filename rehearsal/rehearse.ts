import type { EngineEvent, PulumiFn } from "@pulumi/pulumi/automation";
import { parse } from "yaml";
import { callableWorkflows } from "./callable-workflows";
import { type Clouds, embeddedClouds } from "./clouds/clouds";
import { configurationOf, RefusedError } from "./configuration";
import { assumptions } from "./derived/assumptions";
import { derivedWorld } from "./derived-world";
import type { Engine } from "./engine/find";
import { outputsOf } from "./engine/outputs";
import { OperationError, openSession, type Phase, type Session } from "./engine/session";
import { type Intent, intents } from "./intent";
import { byPipeline } from "./made";
import { noteOf } from "./notes";
import { rehearseRbac, takesBothModes } from "./other-mode";
import { clusterFaults } from "./proof/cluster";
import { type ProofRow, prove } from "./proof/prove";
import { accepted, strayTrust } from "./proof/stray";
import { refusedReport } from "./refused";
import type { CommittedFile, OtherMode, Report, RunReport } from "./report";
import type { StackFile } from "./stack-file";
import {
  committedFiles,
  keptByProtection,
  leftovers,
  type Merged,
  mergeProposals,
  ownFiles,
} from "./traces";
import { acceptancesOf, meantBy } from "./verification";
import type { World } from "./world/world";

export interface Rehearsal {
  readonly engine: Engine;
  readonly program: PulumiFn;
  readonly project: string;
  readonly stack: StackFile;
  /** What exists. Default: everything that the configuration requires. */
  readonly world?: World;
  /** The world's file as written, or an empty object if there is none. Default: the world. */
  readonly stated?: unknown;
  readonly onPhase?: (name: string, done?: Phase) => void;
  readonly onEvent?: (event: EngineEvent) => void;
  /** Runs the committed workflows, between `up` and `destroy`. */
  readonly whileUp?: (standing: Standing) => Promise<readonly RunReport[]>;
  readonly signal?: AbortSignal;
}

/** What exists between `up` and `destroy`. */
export interface Standing {
  readonly clouds: Clouds;
  readonly intents: readonly Intent[];
  readonly proof: readonly ProofRow[];
  readonly files: Rehearsed["files"];
  readonly outputs: Report["outputs"];
}

/** The result of a rehearsal: its report, and the committed files with their content. */
export interface Rehearsed {
  readonly report: Report;
  readonly files: ReadonlyArray<CommittedFile & { readonly content: string }>;
  /** Texts of the reusable workflows, by `OWNER/REPOSITORY/PATH@REF`. */
  readonly callable: Readonly<Record<string, string>>;
}

/** Runs preview, up, a second up, and destroy, and proves who can log in. */
export async function rehearse(rehearsal: Rehearsal): Promise<Rehearsed> {
  try {
    return await rehearseChecked(rehearsal);
  } catch (failure) {
    if (!(failure instanceof RefusedError)) throw failure;
    return { report: refusedReport(rehearsal.engine, failure), files: [], callable: {} };
  }
}

async function rehearseChecked(rehearsal: Rehearsal): Promise<Rehearsed> {
  const { engine, stack } = rehearsal;
  const configuration = configurationOf(stack.config, process.env);
  const world = rehearsal.world ?? derivedWorld(configuration);
  const stated = rehearsal.stated ?? rehearsal.world ?? {};
  const assumed = assumptions(configuration, world, stated);
  const all = intents(configuration, world);
  let meant: readonly Intent[] = all;
  const clouds = embeddedClouds(world);
  const before = withoutOwn(clouds, rehearsal);
  const phases: Phase[] = [];
  let proof: ProofRow[] = [];
  let accepts: Report["accepts"] = [];
  let trusts: Report["trusts"] = {};
  let runs: readonly RunReport[] = [];
  let made: Report["made"] = [];
  let outputs: Report["outputs"] = {};
  let files: Rehearsed["files"] = [];
  let otherMode: OtherMode | undefined;
  let merged: Merged = { pullRequests: [], stays: [] };
  const reasons: string[] = [];
  const blame = (found: readonly string[]) =>
    reasons.push(...found.filter((reason) => !reasons.includes(reason)));
  const notes = new Set<string>();
  const onEvent = (event: EngineEvent) => {
    const note = noteOf(event);
    if (note) notes.add(note);
    rehearsal.onEvent?.(event);
  };
  const report = (): Report => ({
    version: 1,
    holds: reasons.length === 0,
    reasons,
    notes: [...notes],
    engine: { version: engine.version, source: engine.source },
    phases,
    assumed,
    ...(otherMode && { otherMode }),
    outputs,
    made,
    merged: merged.pullRequests,
    committed: files.map(({ content, ...file }) => file),
    trusts,
    proof,
    accepts,
    runs,
  });

  const session = await openSession({ ...rehearsal, clouds });
  const phase = async (operation: Parameters<Session["run"]>[0], name: string) => {
    rehearsal.onPhase?.(name);
    const { signal } = rehearsal;
    const done = await session.run(operation, name, { onEvent, signal, excludeProtected: true });
    phases.push(done);
    rehearsal.onPhase?.(name, done);
    return done;
  };
  // The proof counts proposed files as merged. It runs again after the merge.
  const judge = async () => {
    outputs = await outputsOf(session);
    meant = meantBy(all, outputs);
    proof = prove(clouds, meant);
    trusts = Object.fromEntries(meant.map((it) => [it.pipeline, accepted(clouds, it)]));
    blame([...proof.flatMap(({ violations }) => violations), ...strayTrust(clouds, meant)]);
    blame(clusterFaults(clouds, meant, configuration.cluster?.issuer));
    accepts = acceptancesOf(clouds, meant, outputs);
    blame(accepts.flatMap(({ violations }) => violations));
  };
  try {
    await phase("preview", "preview");
    await phase("up", "up");
    made = byPipeline(clouds.traffic.writes, meant);
    blame(changesOf(await phase("up", "up again")));
    await judge();
    merged = mergeProposals(clouds);
    if (merged.pullRequests.length > 0) {
      // The finished proposal leaves the state, and nothing else happens.
      blame(changesOf({ ...(await phase("up", "up after the merge")), deleted: 0 }));
      blame(changesOf(await phase("up", "up once more")));
      await judge();
    }
    files = committedFiles(clouds, meant);
    runs = (await rehearsal.whileUp?.({ clouds, intents: meant, proof, files, outputs })) ?? [];
    blame(runs.flatMap((run) => run.reasons));
    await phase("destroy", "destroy");
    const { stays, names } = keptByProtection(await session.stack.exportStack(), clouds);
    if (names.length > 0) notes.add(`destroy leaves what is protected: ${names.join(", ")}`);
    blame(leftovers([...before, ...merged.stays, ...stays], clouds.inventory(), meant));
  } catch (failure) {
    if (!(failure instanceof OperationError)) throw failure;
    blame([failure.message]);
  } finally {
    await session.close();
  }
  // A stack that fails in one mode needs no second mode.
  if (proof.length > 0 && takesBothModes(configuration, world, stated)) {
    otherMode = await rehearseRbac(rehearsal, configuration, world);
    const only = otherMode.reasons.filter((reason) => !reasons.includes(reason));
    blame(only.map((reason) => `In RBAC mode: ${reason}`));
  }
  return { report: report(), files, callable: callableWorkflows(configuration, world.azure) };
}

/** What exists before, without the workflows that this stack wrote: it takes those over. */
function withoutOwn(clouds: Clouds, { project, stack }: Rehearsal): string[] {
  const own = ownFiles(clouds, `${parse(project).name}/${stack.name}`);
  return clouds.inventory().filter((thing) => !own.includes(thing));
}

function changesOf({ name, created, updated, replaced, deleted }: Phase): string[] {
  const changed = created + updated + replaced + deleted;
  return changed === 0 ? [] : [`${name} changed ${changed} resources, but nothing should change`];
}
