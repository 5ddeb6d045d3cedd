import type { PulumiFn } from "@pulumi/pulumi/automation";
import program from "../../index";
import { type Clouds, embeddedClouds } from "../clouds/clouds";
import type { Engine } from "../engine/find";
import { openSession, type Session } from "../engine/session";
import { bareProgram } from "./bare-program";
import { Recorder } from "./recorder";
import { PROJECT, stackOf } from "./stack";

/** What previews of one size took. Times are medians, in seconds. */
export interface Row {
  readonly pipelines: number;
  /** Milliseconds per GitHub read. */
  readonly delay: number;
  readonly resources: number;
  readonly seconds: number;
  /** Of these: until the first resource is registered. */
  readonly secondsBefore: number;
  readonly bareSeconds: number;
  readonly ratio: number;
  /** GitHub requests for each pipeline. */
  readonly requests: number;
  /** The most memory that this process held while the program ran, in MB. */
  readonly memory: number;
}

interface Sample {
  readonly seconds: number;
  readonly secondsBefore: number;
  readonly reads: number;
  readonly memory: number;
}

/** Previews a stack of so many pipelines with each delay, and the bare loop. */
export async function measure(
  engine: Engine,
  pipelines: number,
  delays: readonly number[],
  runs: number,
): Promise<Row[]> {
  const { stack, clouds } = stackOf(pipelines);
  const open = embeddedClouds(clouds);
  let current: PulumiFn = program;
  const run = () => current();
  const project = PROJECT;
  const session = await openSession({ engine, clouds: open, program: run, project, stack });
  const preview = async (next: PulumiFn, recorder = new Recorder()) => {
    current = recorder.program(next);
    return sampled(session, open, recorder);
  };
  try {
    const recorder = new Recorder();
    await preview(program, recorder);
    const bare = bareProgram(recorder.resources);
    const registered = new Recorder();
    await preview(bare, registered);
    mustBeEqual(recorder, registered);
    const all = delays.map((delay) => ({ delay, ours: [] as Sample[], bares: [] as Sample[] }));
    // In turn, so that a machine that is busy for a while slows all of them.
    for (let round = 0; round < runs; round += 1) {
      for (const { delay, ours, bares } of all) {
        open.traffic.readDelayMs = delay;
        ours.push(await preview(program));
        bares.push(await preview(bare));
      }
    }
    const resources = recorder.resources.length;
    return all.map(({ delay, ours, bares }) => rowOf(pipelines, delay, resources, ours, bares));
  } finally {
    await session.close();
  }
}

async function sampled(session: Session, { traffic }: Clouds, recorder: Recorder): Promise<Sample> {
  const before = traffic.reads.length;
  let memory = 0;
  const look = () => {
    memory = Math.max(memory, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 20);
  try {
    const { seconds } = await session.run("preview", "preview");
    look();
    const { secondsBefore } = recorder;
    return { seconds, secondsBefore, reads: traffic.reads.length - before, memory };
  } finally {
    clearInterval(timer);
  }
}

/** The bare loop is a comparison only while it registers the same. */
function mustBeEqual({ resources }: Recorder, bare: Recorder): void {
  const inWords = (of: Recorder["resources"]) => of.map((it) => JSON.stringify(it)).sort();
  const [ours, theirs] = [inWords(resources), inWords(bare.resources)];
  const odd = ours.find((it, index) => it !== theirs[index]);
  if (odd !== undefined || ours.length !== theirs.length) {
    throw new Error(`the bare loop does not register the same: ${odd}`);
  }
}

function rowOf(
  pipelines: number,
  delay: number,
  resources: number,
  ours: readonly Sample[],
  bares: readonly Sample[],
): Row {
  const of = (samples: readonly Sample[], what: keyof Sample) =>
    median(samples.map((it) => it[what]));
  const [seconds, bareSeconds] = [of(ours, "seconds"), of(bares, "seconds")];
  return {
    pipelines,
    delay,
    resources,
    seconds,
    secondsBefore: of(ours, "secondsBefore"),
    bareSeconds,
    ratio: seconds / bareSeconds,
    requests: of(ours, "reads") / pipelines,
    memory: of(ours, "memory") / 2 ** 20,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low = 0, high = low] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}
