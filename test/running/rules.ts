import { parse } from "yaml";
import { ACTIONS } from "../../workflow/pins";

/** What a generated workflow is triggered by, and nothing else. */
export interface Triggers {
  readonly branches: readonly string[];
  readonly tags: readonly string[];
}

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
}

interface Job {
  readonly "runs-on": unknown;
  readonly "timeout-minutes"?: unknown;
  readonly permissions?: unknown;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly steps: readonly Step[];
}

const PINS = new Set(Object.values(ACTIONS).map(({ action, sha }) => `${action}@${sha}`));
const NEEDED = { contents: "read", "id-token": "write" };
const LONGEST = 60;
const RUNNER = /^ubuntu-\d\d\.\d\d$/;
const GUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
const PIPED = /\b(curl|wget)\b[^\n]*\|[^\n]*\b(sh|bash|node|python3?|sudo)\b|\b(sh|bash) <\(/;

const DIGEST = /@sha256:[0-9a-f]{64}$/;

/** The variables that the first step sets: folders of the job. */
const FOLDERS = [
  "JOB_FOLDER=$folder",
  "DOCKER_CONFIG=$folder/docker",
  "AZURE_CONFIG_DIR=$folder/azure",
  "XDG_CONFIG_HOME=$folder/config",
  "NOTATION_CACHE=$folder/cache",
];

/** What a script writes for later steps. */
function variablesOf(script: string): string[] {
  if (!script.includes("GITHUB_ENV")) return [];
  const [block = script] = /^\{\n(.*?)\n\} >> "\$GITHUB_ENV"$/ms.exec(script) ?? [];
  return [...block.matchAll(/echo "(.*)"/g)].map(([, line = ""]) => line);
}

/** What is wrong with a workflow that no linter reports. */
export function ruleFaults(text: string, triggers: Triggers): string[] {
  const workflow = parse(text);
  const faults: string[] = [];
  const must = (holds: boolean, fault: string) => void (holds || faults.push(fault));
  const { workflow_call: _, ...on } = workflow.on;
  must(same(on, { push: triggers, workflow_dispatch: {} }), "its triggers are others");
  must(same(workflow.permissions, {}), "it grants permissions to every job");
  must(workflow.env === undefined, "every job has an environment variable");
  must(!GUID.test(text), "an id stands in the file");
  for (const [name, job] of Object.entries(workflow.jobs as Record<string, Job>)) {
    must(RUNNER.test(String(job["runs-on"])), `${name}: the runner is not a fixed one`);
    const minutes = job["timeout-minutes"];
    must(typeof minutes === "number" && minutes <= LONGEST, `${name}: no timeout`);
    const needed = name === "list" ? {} : NEEDED;
    must(same(job.permissions, needed), `${name}: not the permissions it needs`);
    must(!/secrets\./.test(JSON.stringify(job.env ?? {})), `${name}: a secret for every step`);
    must(job.env === undefined, `${name}: a variable for every step`);
    for (const step of job.steps) {
      if (step.uses !== undefined) must(PINS.has(step.uses), `${step.uses} is not the pinned one`);
      must(!step.run?.includes("${{"), `${step.name}: an expression in a script`);
      must(!PIPED.test(step.run ?? ""), `${step.name}: a download is run unseen`);
      must(
        same(variablesOf(step.run ?? ""), step.name === "Prepare the job" ? FOLDERS : []),
        `${step.name}: variables for every later step`,
      );
      const image = step.with?.["driver-opts"] ?? step.with?.image;
      const runsImage = /^docker\/setup-/.test(step.uses ?? "");
      must(!runsImage || DIGEST.test(String(image)), `${step.uses} runs an image without a digest`);
    }
  }
  return faults;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, sorted(each)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
