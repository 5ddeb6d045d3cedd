import type { Intent } from "../intent";
import { fits, fitsWithSlashes, sample, slashed } from "./patterns";

/** A run of a workflow that somebody could start, as far as its token depends on it. */
export interface Run {
  readonly name: string;
  /** Whether the stack means it to sign. Such a run is approved, where that is asked. */
  readonly declared: boolean;
  readonly event: "push" | "pull_request";
  /** Full ref, e.g. `refs/heads/main`. */
  readonly ref: string;
  /** What the job asks for. A declared run asks for what the committed workflow says. */
  readonly environment?: string;
  /** Path of another workflow than the pipeline's. */
  readonly workflow?: string;
  /** Where its environment is reviewed. Default: by a reviewer who did not start it. */
  readonly approved?: "by nobody" | "by its starter";
  /** Its tag fits a declared pattern only where `*` is `/` too. */
  readonly slashed?: boolean;
  /** Its subject has no ids, whatever the pipeline's repository issues. */
  readonly namesOnly?: boolean;
  /** Whose token it is. Default: the pipeline's repository. */
  readonly from?:
    | "fork"
    | "other repository"
    | "recycled name"
    | "renamed"
    | "owner's case"
    | "repository's case";
}

/** All runs that the proof judges for a pipeline: each that is declared, and the hostile ones. */
export function runsOf(intent: Intent): Run[] {
  return [...declaredRuns(intent), ...hostileRuns(intent)];
}

export function declaredRuns({ branches, tags }: Intent): Run[] {
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

const PULL = { event: "pull_request", ref: "refs/pull/1/merge" } as const;

function hostileRuns(intent: Intent): Run[] {
  const { environment, reviewed, tags, subjects } = intent;
  const [good] = declaredRuns(intent);
  if (!good) throw new Error(`${intent.pipeline} declares no run`);
  const stranger = outside("heads", intent.branches);
  const strayTag = outside("tags", tags);
  const hostile = (name: string, run: Partial<Run>): Run => ({
    name,
    declared: false,
    event: "push",
    ref: good.ref,
    environment,
    ...run,
  });
  const workflow = another(intent.workflow);
  const gated = [
    hostile("the job without its environment", { environment: undefined }),
    hostile("the environment from another branch", { ref: stranger }),
    hostile("the environment from another tag", { ref: strayTag }),
    hostile("the environment from a pull request", PULL),
    // Its approver may have taken it for the pipeline's: it is approved.
    hostile("another workflow in the same environment", { workflow }),
    ...(reviewed
      ? [
          hostile("an unreviewed run", { approved: "by nobody" }),
          hostile("a run approved by its starter", { approved: "by its starter" }),
        ]
      : []),
  ];
  const open = [
    ...tagsWithSlash(tags).map((ref) =>
      hostile("a tag with a slash under the pattern", { ref, slashed: true }),
    ),
    hostile("another workflow of the repository", { workflow }),
  ];
  return [
    hostile("another branch", { ref: stranger, environment: undefined }),
    hostile("a tag that is not declared", {
      ref: strayTag,
      environment: undefined,
      slashed: tags.some((pattern) => fitsWithSlashes(strayTag.replace("refs/tags/", ""), pattern)),
    }),
    hostile("a pull request", { ...PULL, environment: undefined }),
    ...(environment ? gated : open),
    hostile("a fork", { from: "fork" }),
    hostile("another repository of the owner", { from: "other repository" }),
    hostile("a new repository of the same name", { from: "recycled name" }),
    // That a new one can have such a subject is unverified (github.md, 1.2); while both forms are
    // trusted, it is taken to.
    ...(subjects === "both"
      ? [hostile("a new one of that name, without ids", { from: "recycled name", namesOnly: true })]
      : []),
    hostile("the repository after a rename", { from: "renamed" }),
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

/** The first tag that GitHub's patterns do not admit, and Entra's do; if there is one. */
function tagsWithSlash(patterns: readonly string[]): string[] {
  return patterns
    .flatMap((pattern) => slashed(pattern) ?? [])
    .filter((name) => !patterns.some((pattern) => fits(name, pattern)))
    .map((name) => `refs/tags/${name}`)
    .slice(0, 1);
}

function another(workflow: string): string {
  const path = ".github/workflows/another.yml";
  return path === workflow ? ".github/workflows/yet-another.yml" : path;
}
