import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { z } from "zod";

export interface StepResult {
  readonly job: string;
  /** In a matrix: the image of the job. */
  readonly image?: string;
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  /** What the step printed. */
  readonly said: readonly string[];
}

export interface ActResult {
  readonly ok: boolean;
  readonly steps: readonly StepResult[];
  /** The log of the run, by line. */
  readonly log: readonly string[];
  /** The job summary. */
  readonly summary: string;
}

export interface ActOptions {
  readonly command: readonly string[];
  readonly env: Record<string, string>;
  /** In a matrix: the image of the job. */
  readonly image?: string;
  readonly onStep?: (step: StepResult) => void;
  readonly signal?: AbortSignal;
}

const NANOSECONDS = 1e9;

/** Log lines that are about act, not about the run. */
const NOISE = /^LocalRepositoryCache |^Couldn't get a valid docker connection/;

const Entry = z.object({
  msg: z.string(),
  job: z.string().default(""),
  step: z.string().optional(),
  stage: z.string().optional(),
  stepResult: z.string().optional(),
  raw_output: z.boolean().default(false),
  executionTime: z.number().default(0),
  command: z.string().optional(),
  content: z.string().optional(),
  matrix: z.object({ image: z.string().optional() }).nullish(),
});

/** Runs act and reads its log. */
export async function act(options: ActOptions): Promise<ActResult> {
  const { command, env, image, onStep, signal } = options;
  signal?.throwIfAborted();
  const [program = "", ...args] = command;
  const child = spawn(program, [...args, "--json"], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
  const interrupt = () => interruptGroup(child.pid, ended);
  signal?.addEventListener("abort", interrupt);
  const steps: StepResult[] = [];
  const log: string[] = [];
  let summary = "";
  // Lines of two jobs can be mixed.
  const said = new Map<string, string[]>();
  const read = (line: string) => {
    const entry = parsed(line);
    if (!entry) return void log.push(line);
    if (!NOISE.test(entry.msg)) log.push(...entry.msg.trimEnd().split("\n"));
    if (entry.command === "summary") summary += entry.content ?? "";
    if (entry.raw_output || entry.command === "error") {
      const line = entry.msg.replace(/^.*::error::/, "").trimEnd();
      said.set(entry.job, [...(said.get(entry.job) ?? []), line]);
    }
    if (!entry.step || !entry.stepResult || (entry.stage && entry.stage !== "Main")) return;
    // A step whose condition does not hold.
    if (entry.stepResult === "skipped") return;
    const row = image ?? entry.matrix?.image;
    const step = {
      job: entry.job,
      ...(row !== undefined && { image: row }),
      name: entry.step,
      ok: entry.stepResult === "success",
      seconds: entry.executionTime / NANOSECONDS,
      said: said.get(entry.job) ?? [],
    };
    said.delete(entry.job);
    steps.push(step);
    onStep?.(step);
  };
  try {
    createInterface(child.stdout).on("line", read);
    createInterface(child.stderr).on("line", read);
    const code = await ended;
    signal?.throwIfAborted();
    return { ok: code === 0, steps, log, summary };
  } finally {
    signal?.removeEventListener("abort", interrupt);
  }
}

/** Interrupts act, which then ends its steps. Kills what still runs after a few seconds. */
function interruptGroup(pid: number | undefined, ended: Promise<unknown>): void {
  if (pid === undefined) return;
  const send = (signal: NodeJS.Signals) => {
    try {
      process.kill(-pid, signal);
    } catch {
      // All its processes have ended.
    }
  };
  send("SIGINT");
  const kill = setTimeout(() => send("SIGKILL"), 3000);
  ended.finally(() => clearTimeout(kill)).catch(() => undefined);
}

function parsed(line: string): z.infer<typeof Entry> | undefined {
  try {
    return Entry.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
