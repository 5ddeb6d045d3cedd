import type { GitHubHost } from "./hosts";

// Source: https://docs.github.com/actions/reference/security/oidc
/** The claim keys of GitHub's default subject. */
export const DEFAULT_KEYS: readonly string[] = ["repo", "context"];

/** The claim keys of subjects that also name the reusable workflow that a job belongs to. */
export const REUSABLE_WORKFLOW_KEYS: readonly string[] = ["repo", "context", "job_workflow_ref"];

/** What GitHub's tokens say about a repository. Names are spelled as GitHub spells them. */
export interface SubjectSource {
  readonly host: GitHubHost;
  readonly owner: { readonly login: string; readonly id: number };
  readonly repository: { readonly name: string; readonly id: number; readonly visibility: string };
  /** Claim keys of the subject template, in order. */
  readonly keys: readonly string[];
}

/** What a subject says about the job that logs in. */
export interface SubjectJob {
  /** Name of the job's environment. Default: the job has no environment. */
  readonly environment?: string;
  /** Path and name of the committed workflow. */
  readonly workflow: { readonly path: string; readonly name: string };
  /** The reusable workflow with the job, as `OWNER/REPOSITORY/PATH@REF`. Default: none. */
  readonly reusableWorkflow?: string;
}

/** What a subject says about a run. */
export interface SubjectRun extends SubjectJob {
  readonly kind: "branch" | "tag";
  /** Full ref or pattern. Undefined: no subject of such a run has the ref. */
  readonly ref: string | undefined;
  /** Whether a pull request starts the run. Default: something else does. */
  readonly isPullRequest?: boolean;
}

/** A value in a subject. GitHub escapes `:` in values. */
function claimText(value: string): string {
  return value.replaceAll(":", "%3A");
}

type Part = (source: SubjectSource, run: SubjectRun, prefix: string) => string | undefined;

/** The part of the subject for each claim key whose value is known before a run. */
const PARTS = new Map(
  Object.entries<Part>({
    repo: (_, __, prefix) => prefix,
    context: (_, { environment, ref, isPullRequest }) =>
      environment
        ? `environment:${claimText(environment)}`
        : isPullRequest
          ? "pull_request"
          : ref && `ref:${ref}`,
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
    job_workflow_ref: (_, { reusableWorkflow }) =>
      reusableWorkflow && `job_workflow_ref:${reusableWorkflow}`,
  }),
);

/** Keys that distinguish refs, repositories, and jobs with an environment from all others. */
export const REF_KEYS = ["ref", "workflow_ref"];
const REPOSITORY_KEYS = ["repo", "repository", "repository_id", "workflow_ref"];
const ENVIRONMENT_KEYS = ["context", "environment"];
const RUN_KEYS = [...ENVIRONMENT_KEYS, ...REF_KEYS];

/** Whether the subjects of a template name the ref. */
export function namesTheRef(keys: readonly string[], environment: string | undefined): boolean {
  return hasOneOf(keys, REF_KEYS) || (!environment && keys.includes("context"));
}

/** Whether the subjects of a template name the environment of a job that has one. */
export function namesTheEnvironment(keys: readonly string[]): boolean {
  return hasOneOf(keys, ENVIRONMENT_KEYS);
}

export function hasOneOf(keys: readonly string[], some: readonly string[]): boolean {
  return keys.some((key) => some.includes(key));
}

/** The subject of a run. GitHub joins the parts of the template's keys with colons. */
export function renderSubject(source: SubjectSource, run: SubjectRun, prefix: string): string {
  return source.keys
    .map((key) => {
      const part = PARTS.get(key)?.(source, run, prefix);
      if (!part) throw new Error(`the value of the claim key ${key} is not known for this run`);
      return part;
    })
    .join(":");
}

/** Why a pipeline cannot use a subject template; undefined if the pipeline can use it. */
export function templateProblem(
  keys: readonly string[],
  { environment, reusableWorkflow }: Omit<SubjectJob, "workflow">,
): { readonly expected: string; readonly fix: string } | undefined {
  const unknown = keys.find((key) => !PARTS.has(key));
  if (unknown) {
    const known = [...PARTS.keys()].join(", ");
    return {
      expected: `a subject template with only the keys whose values are known before a run: ${known}`,
      fix: `Remove \`${unknown}\` from the template, or reset the template.`,
    };
  }
  if (keys.includes("environment") && !environment) {
    return {
      expected: "an `environment`, because the subject template has the key `environment`",
      fix: "Add an `environment`. GitHub issues no tokens to jobs outside an environment.",
    };
  }
  if (keys.includes("job_workflow_ref") && !reusableWorkflow) {
    return {
      expected: "`trust.workflow`, because the subject template has the key `job_workflow_ref`",
      fix: "Set `trust.workflow`, or remove the key from the template.",
    };
  }
  const oneOf = (some: readonly string[]) =>
    `a subject template with one of the keys ${some.join(", ")}`;
  if (!hasOneOf(keys, REPOSITORY_KEYS)) {
    const fix = "Add one of these keys. Without it, other repositories have the same subject.";
    return { expected: oneOf(REPOSITORY_KEYS), fix };
  }
  if (!hasOneOf(keys, RUN_KEYS)) {
    const fix =
      "Add one of these keys. Without it, every branch and every pull request has the same subject.";
    return { expected: oneOf(RUN_KEYS), fix };
  }
  if (environment && !namesTheEnvironment(keys)) {
    const expected = `${oneOf(ENVIRONMENT_KEYS)}, because the pipeline has an \`environment\``;
    const fix =
      "Add one of these keys, or remove the `environment`. Without the key, jobs outside the environment have the same subject.";
    return { expected, fix };
  }
  return undefined;
}
