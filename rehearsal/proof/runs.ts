import type { Intent } from "../intent";
import { fits, sample } from "./patterns";

/** A run of a workflow that somebody could start, as far as its token depends on it. */
export interface Run {
  readonly name: string;
  /** Whether the stack means it to sign. */
  readonly declared: boolean;
  readonly event: "push" | "pull_request";
  /** Full ref, e.g. `refs/heads/main`. */
  readonly ref: string;
  /** What the job asks for. A declared run asks for what the committed workflow says. */
  readonly environment?: string;
  /** Whose token it is. Default: the pipeline's repository. */
  readonly from?:
    | "fork"
    | "other repository"
    | "recycled name"
    | "owner's case"
    | "repository's case";
}

/** All runs that the proof judges for a pipeline: each that is declared, and the hostile ones. */
export function runsOf(intent: Intent): Run[] {
  return [...declaredRuns(intent), ...hostileRuns(intent)];
}

function declaredRuns({ branches, tags }: Intent): Run[] {
  const run = (kind: "branch" | "tag", pattern: string): Run => {
    const name = sample(pattern);
    const ref = `refs/${kind === "branch" ? "heads" : "tags"}/${name}`;
    return { name: `push to ${kind} ${name}`, declared: true, event: "push", ref };
  };
  return [
    ...branches.map((pattern) => run("branch", pattern)),
    ...tags.map((pattern) => run("tag", pattern)),
  ];
}

function hostileRuns(intent: Intent): Run[] {
  const { environment } = intent;
  const [good] = declaredRuns(intent);
  if (!good) throw new Error(`${intent.pipeline} declares no run`);
  const stranger = outside("heads", intent.branches);
  const strayTag = outside("tags", intent.tags);
  const hostile = (name: string, run: Partial<Run>): Run => ({
    name,
    declared: false,
    event: "push",
    ref: good.ref,
    environment,
    ...run,
  });
  return [
    hostile("another branch", { ref: stranger, environment: undefined }),
    hostile("a tag that is not declared", { ref: strayTag, environment: undefined }),
    hostile("a pull request", {
      event: "pull_request",
      ref: "refs/pull/1/merge",
      environment: undefined,
    }),
    ...(environment
      ? [
          hostile("the job without its environment", { environment: undefined }),
          hostile("the environment from another branch", { ref: stranger }),
          hostile("the environment from another tag", { ref: strayTag }),
          hostile("the environment from a pull request", {
            event: "pull_request",
            ref: "refs/pull/1/merge",
          }),
        ]
      : []),
    hostile("a fork", { from: "fork" }),
    hostile("another repository of the owner", { from: "other repository" }),
    hostile("a new repository of the same name", { from: "recycled name" }),
    hostile("the owner in another case", { from: "owner's case" }),
    hostile("the repository in another case", { from: "repository's case" }),
  ];
}

/** A ref that no pattern fits; three levels deep, since `*` is anything but `/`. */
function outside(kind: "heads" | "tags", patterns: readonly string[]): string {
  const names = ["hostile", "hostile/deep", "hostile/deep/er", "a/b/c/d/e"];
  const found = names.find((name) => !patterns.some((pattern) => fits(name, pattern)));
  return `refs/${kind}/${found ?? "hostile/".repeat(20)}`;
}
