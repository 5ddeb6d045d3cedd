import type { GitHubHost } from "./hosts";

/** The keys whose subject is GitHub's default one (github.md, 1.3). */
export const DEFAULT_KEYS: readonly string[] = ["repo", "context"];

/** The keys that a governed workflow takes (github.md, 2.3). */
export const GOVERNED_KEYS: readonly string[] = ["repo", "context", "job_workflow_ref"];

/** What of a repository and its owner stands in a token's claims, in GitHub's spelling. */
export interface SubjectSource {
  readonly host: GitHubHost;
  readonly owner: { readonly login: string; readonly id: number };
  readonly repository: { readonly name: string; readonly id: number; readonly visibility: string };
  /** Claim keys that the subject is built of, in order. */
  readonly keys: readonly string[];
}

/** A run as far as its subject depends on it. */
export interface SubjectRun {
  readonly kind: "branch" | "tag";
  /** Full ref or pattern; undefined where the environment admits several. */
  readonly ref: string | undefined;
  readonly environment: string | undefined;
  /** The workflow that is committed here. */
  readonly workflow: { readonly path: string; readonly name: string };
  /** `OWNER/REPOSITORY/PATH@REF` of the workflow that it calls. */
  readonly governed: string | undefined;
}

/** A value as it stands in a subject: GitHub escapes `:` in it (github.md, 2.4). */
export function claimText(value: string): string {
  return value.replaceAll(":", "%3A");
}

/** The ref of a branch, as claims have it; a pattern's likewise. */
export function branchRef(branch: string): string {
  return `refs/heads/${branch}`;
}

/** The ref of a tag, likewise. */
export function tagRef(tag: string): string {
  return `refs/tags/${tag}`;
}

type Part = (source: SubjectSource, run: SubjectRun, prefix: string) => string | undefined;

/** What each key that can be known beforehand becomes; the others are of one run only. */
const PARTS: Readonly<Record<string, Part>> = {
  repo: (_, __, prefix) => prefix,
  context: (_, { environment, ref }) =>
    environment ? `environment:${claimText(environment)}` : ref && `ref:${ref}`,
  environment: (_, { environment }) => environment && `environment:${claimText(environment)}`,
  ref: (_, { ref }) => ref && `ref:${ref}`,
  ref_type: (_, { kind }) => `ref_type:${kind}`,
  repository: ({ owner, repository }) => `repository:${owner.login}/${repository.name}`,
  repository_id: ({ repository }) => `repository_id:${repository.id}`,
  repository_owner: ({ owner }) => `repository_owner:${owner.login}`,
  repository_owner_id: ({ owner }) => `repository_owner_id:${owner.id}`,
  repository_visibility: ({ repository }) => `repository_visibility:${repository.visibility}`,
  workflow: (_, { workflow }) => `workflow:${claimText(workflow.name)}`,
  workflow_ref: ({ owner, repository }, { workflow, ref }) =>
    ref && `workflow_ref:${owner.login}/${repository.name}/${workflow.path}@${ref}`,
  job_workflow_ref: (_, { governed }) => governed && `job_workflow_ref:${governed}`,
};

function partOf(key: string): Part | undefined {
  return Object.hasOwn(PARTS, key) ? PARTS[key] : undefined;
}

/** Keys that say which ref runs; with them each branch and tag has a subject of its own. */
const OF_THE_REF = ["ref", "workflow_ref"];

/** Keys of which at least one must be there, or a subject would admit other repositories. */
const OF_THE_REPOSITORY = ["repo", "repository", "repository_id", "workflow_ref"];

/** Keys of which at least one must be there, or a job would get past its environment. */
const OF_THE_ENVIRONMENT = ["context", "environment"];

/** Keys of which at least one must be there, or a subject would admit every branch. */
const OF_THE_RUN = [...OF_THE_ENVIRONMENT, ...OF_THE_REF];

/** Whether subjects of these keys differ from ref to ref. */
export function namesTheRef(keys: readonly string[], environment: string | undefined): boolean {
  return keys.some((key) => OF_THE_REF.includes(key)) || (!environment && keys.includes("context"));
}

/** Whether subjects of these keys carry the environment of a job that has one. */
export function namesTheEnvironment(keys: readonly string[]): boolean {
  return keys.some((key) => OF_THE_ENVIRONMENT.includes(key));
}

/** The subject of a run: the template's parts, joined as GitHub joins them (github.md, 2.3). */
export function renderSubject(source: SubjectSource, run: SubjectRun, prefix: string): string {
  return source.keys
    .map((key) => {
      const part = partOf(key)?.(source, run, prefix);
      if (!part) throw new Error(`the key ${key} is not known of this run`);
      return part;
    })
    .join(":");
}

/** What is wrong with a template for a pipeline, and the way out; undefined where nothing is. */
export function templateFault(
  keys: readonly string[],
  run: { readonly environment?: string; readonly governed?: string },
): { readonly allowed: string; readonly remedy: string } | undefined {
  const unknown = keys.find((key) => !partOf(key));
  if (unknown) {
    const allowed = `the claim keys that are known before a run: ${Object.keys(PARTS).join(", ")}`;
    return { allowed, remedy: `\`${unknown}\` is not: ${TAKE_OUT}` };
  }
  if (keys.includes("environment") && !run.environment) {
    const allowed = "an `environment`, as the key `environment` stands in the template";
    return { allowed, remedy: "add one: GitHub issues no token to a job without" };
  }
  if (keys.includes("job_workflow_ref") && !run.governed) {
    const allowed = "`trust.workflow`, as the key `job_workflow_ref` stands in the template";
    const remedy = "add it: what GitHub puts there for a job of one's own is not documented";
    return { allowed, remedy };
  }
  if (!keys.some((key) => OF_THE_REPOSITORY.includes(key))) {
    const allowed = `a template with one of ${OF_THE_REPOSITORY.join(", ")}`;
    return { allowed, remedy: "without, other repositories have the same subject: add one" };
  }
  if (!keys.some((key) => OF_THE_RUN.includes(key))) {
    const allowed = `a template with one of ${OF_THE_RUN.join(", ")}`;
    const remedy = "without, every branch and pull request has the same subject: add one";
    return { allowed, remedy };
  }
  if (run.environment && !namesTheEnvironment(keys)) {
    const allowed = `a template with one of ${OF_THE_ENVIRONMENT.join(", ")}, as there is an \`environment\``;
    const remedy =
      "without, a job that leaves the environment out has the same subject: add one, or take the environment out here";
    return { allowed, remedy };
  }
  return undefined;
}

const TAKE_OUT = "take it out of the template, or reset that";
