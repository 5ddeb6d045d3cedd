import { type Intent, sharers } from "../intent";
import { fits, fitsWithSlashes, sample, slashed } from "./patterns";

/** A run that somebody could start, with everything that its token depends on. */
export interface Run {
  readonly name: string;
  /** Whether the run should sign. A declared run gets the approval that it needs. */
  readonly declared: boolean;
  readonly event: "push" | "pull_request" | "workflow_dispatch";
  /** Full ref, for example `refs/heads/main`. */
  readonly ref: string;
  /** Environment of the job. A declared run uses the one in the committed workflow. */
  readonly environment?: string;
  /** Path of the workflow, if it is not the pipeline's. */
  readonly workflow?: string;
  /** `OWNER/REPOSITORY/PATH@REF` of the reusable workflow that another pipeline's job calls. */
  readonly calls?: string;
  /** Who approves the run. Default: a reviewer who did not start it. */
  readonly approved?: "by nobody" | "by its starter";
  /** Whether the tag fits a declared pattern only if `*` also matches `/`. */
  readonly slashed?: boolean;
  /** Whether its subject has no ids, even if the repository's subjects have them. */
  readonly namesOnly?: boolean;
  /** Whether the token is from the host's own issuer, and not from the enterprise's. */
  readonly plainIssuer?: boolean;
  /** Whether another pipeline of the repository runs, with an environment or a ref of its own. */
  readonly ofOther?: boolean;
  /** The repository that the token is for. Default: the pipeline's. */
  readonly from?:
    | "fork"
    | "other repository"
    | "recycled name"
    | "renamed"
    | "owner's case"
    | "repository's case";
}

/** All runs that the proof judges for a pipeline: the declared runs and the hostile runs. */
export function runsOf(intent: Intent, all: readonly Intent[] = [intent]): Run[] {
  return [...declaredRuns(intent), ...hostileRuns(intent), ...otherPipelines(intent, all)];
}

/**
 * The declared runs of the other pipelines of the repository. They must not log in as this one. A
 * pipeline whose runs have the same subjects is left out: for it, `another workflow` stands.
 */
function otherPipelines(intent: Intent, all: readonly Intent[]): Run[] {
  // Who can only pull needs no protection from other runs of the repository.
  if (intent.verifies) return [];
  const refs = declaredRuns(intent).map(({ ref }) => ref);
  return all
    .filter((it) => it.repository === intent.repository && !sharers(all, intent).includes(it))
    .flatMap((it) => {
      const { environment, workflow, pipeline, governed } = it;
      const run = declaredRuns(it).find(({ ref }) => environment || !refs.includes(ref));
      const isSame = intent.environment?.toLowerCase() === environment?.toLowerCase();
      if (!run || (environment && isSame)) return [];
      const name = it.verifies ? "a run that verifies" : `the workflow of pipeline ${pipeline}`;
      const its = { environment, workflow, ...(governed && { calls: governed }) };
      return [{ ...run, name, declared: false, ...its, ofOther: true }];
    });
}

export function declaredRuns({ branches, tags, pushes, verifies }: Intent): Run[] {
  // A called workflow has the token of its caller's run. On a ref, it has the same subject.
  const [event, start] = pushes
    ? (["push", "push to"] as const)
    : (["workflow_dispatch", "run on"] as const);
  const run = (kind: "branch" | "tag", pattern: string): Run => {
    const name = sample(pattern);
    const ref = `refs/${kind === "branch" ? "heads" : "tags"}/${name}`;
    const where = verifies && pattern === "*" ? `any ${kind}` : `${kind} ${name}`;
    return { name: `${start} ${where}`, declared: true, event, ref };
  };
  return [
    ...branches.map((pattern) => run("branch", pattern)),
    ...tags.map((pattern) => run("tag", pattern)),
    ...(verifies ? [{ name: "a pull request", declared: true, ...PULL }] : []),
  ];
}

const PULL = { event: "pull_request", ref: "refs/pull/1/merge" } as const;

function hostileRuns(intent: Intent): Run[] {
  const { environment, reviewed, tags, subjects, issuer, verifies } = intent;
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
  const anyRef = verifies && environment !== undefined;
  const gated = [
    hostile("the job without its environment", { environment: undefined }),
    hostile("the environment from another branch", { ref: stranger }),
    hostile("the environment from another tag", { ref: strayTag }),
    hostile("the environment from a pull request", PULL),
    // A reviewer can mistake it for the pipeline's workflow, so it counts as approved.
    hostile("another workflow in the environment", { workflow }),
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
    hostile(anyRef ? "a branch without the environment" : "another branch", {
      ref: stranger,
      environment: undefined,
    }),
    hostile(anyRef ? "a tag without the environment" : "a tag that is not declared", {
      ref: strayTag,
      environment: undefined,
      slashed: tags.some((pattern) => fitsWithSlashes(strayTag.replace("refs/tags/", ""), pattern)),
    }),
    ...(verifies ? [] : [hostile("a pull request", { ...PULL, environment: undefined })]),
    ...(verifies ? [] : environment ? gated : open),
    hostile("a fork", { from: "fork" }),
    hostile("another repository of the owner", { from: "other repository" }),
    hostile("a new repository of the same name", { from: "recycled name" }),
    // It is unverified whether a new repository can have such a subject. The proof assumes that
    // it can, while both forms are trusted.
    ...(subjects === "both"
      ? [hostile("a new one of that name, without ids", { from: "recycled name", namesOnly: true })]
      : []),
    hostile("the repository after a rename", { from: "renamed" }),
    ...(issuer ? [hostile("a token of GitHub's plain issuer", { plainIssuer: true })] : []),
    hostile("the owner in another case", { from: "owner's case" }),
    hostile("the repository in another case", { from: "repository's case" }),
  ];
}

/** A ref that fits no pattern. It can need several levels, because `*` does not match `/`. */
function outside(kind: "heads" | "tags", patterns: readonly string[]): string {
  const names = ["hostile", "hostile/deep", "hostile/deep/er", "a/b/c/d/e"];
  const found = names.find((name) => !patterns.some((pattern) => fits(name, pattern)));
  return `refs/${kind}/${found ?? "hostile/".repeat(20)}`;
}

/** The first tag that fits a pattern only for Entra, if there is one. */
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
