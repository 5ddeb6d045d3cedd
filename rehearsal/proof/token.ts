import { type Environment, type GitHubState, PAID } from "../clouds/github/state";
import type { Intent } from "../intent";
import { claimsOf, type Job } from "./claims";
import { committedJob, committedWorkflow, type Refused, reusableWorkflow } from "./committed";
import { letsIn } from "./policies";
import type { Run } from "./runs";
import { type Claims, type Form, subjectOf } from "./subject";

/** A token as GitHub issues it, or the reason why the job gets none. */
export type Minted =
  | { readonly subject: string; readonly claims: Claims }
  | ({ readonly subject: "" } & Refused);

/** The token of a run. For a declared run, it depends on the committed workflow. */
export function mint(github: GitHubState, intent: Intent, run: Run): Minted {
  const repository = github.repository(intent.repository);
  const job = run.declared
    ? committedJob(github, intent, run)
    : jobOf(github, intent, run.environment, run);
  if ("refused" in job) return { subject: "", ...job };
  const own = run.from === undefined || run.from === "renamed";
  if (job.environment && own) {
    const found = repository.environments.get(job.environment.toLowerCase());
    // Without a paid plan, GitHub ignores its protection:
    // https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
    const guarded = github.withheld(repository, PAID) ? undefined : found;
    const refused = turnedAway(guarded, job.environment, run);
    if (refused) return { subject: "", refused };
  }
  const claims = claimsOf(github, repository, run, job);
  // The owner of another repository can give it the same subject template.
  const form = github.immutableSubjects(repository) && !run.namesOnly ? "immutable" : "names";
  const sub = subjectOf(github.subjectKeys(repository), claims, form);
  return "refused" in sub
    ? { subject: "", refused: sub.refused }
    : { subject: sub.subject, claims: { ...claims, sub: sub.subject } };
}

/** The claims of a declared run, for each form that its subject can have. */
export function declaredClaims(github: GitHubState, intent: Intent, run: Run): Claims[] {
  const repository = github.repository(intent.repository);
  const job = jobOf(github, intent, intent.environment);
  const claims = claimsOf(github, repository, run, job);
  // Only github.com has immutable subjects:
  // https://learn.microsoft.com/entra/workload-id/workload-identities-github-immutable-subjects
  const forms: Form[] = github.host === "github.com" ? ["names", "immutable"] : ["names"];
  const subjects = forms.flatMap((form) => {
    const sub = subjectOf(github.subjectKeys(repository), claims, form);
    return "refused" in sub ? [] : [sub.subject];
  });
  return [...new Set(subjects)].map((sub) => ({ ...claims, sub }));
}

/** A declared job, or a hostile job that imitates it. */
function jobOf(
  github: GitHubState,
  intent: Intent,
  environment: string | undefined,
  { workflow, calls: itsOwn }: Pick<Run, "workflow" | "calls"> = {},
): Job {
  const governed = workflow === undefined ? intent.governed : itsOwn;
  const committed = committedWorkflow(github, intent);
  const name = "refused" in committed ? undefined : committed.file.name;
  const calls = governed && (reusableWorkflow(github, governed)?.reference ?? governed);
  return {
    path: workflow ?? intent.workflow,
    name: name ?? intent.workflow,
    environment,
    calls,
  };
}

function turnedAway(found: Environment | undefined, name: string, run: Run): string | undefined {
  // GitHub creates a missing environment when a job names it, without protection.
  if (!found) return undefined;
  const [, kind, ref = ""] = /^refs\/(heads|tags)\/(.+)$/.exec(run.ref) ?? [];
  const type = kind === "tags" ? "tag" : "branch";
  const admits = (it: { readonly type: string; readonly name: string }) =>
    kind !== undefined && it.type === type && letsIn(it.name, ref);
  if (found.policies && !found.policies.some(admits)) {
    return `environment ${name} does not admit ${run.ref}`;
  }
  if (found.reviewers.length === 0) return undefined;
  const waits = run.approved === "by nobody" && !found.adminsCanBypass;
  if (waits) return `environment ${name} waits for a review`;
  const own = run.approved === "by its starter" && found.preventSelfReview;
  return own ? `environment ${name} waits for a review by somebody else` : undefined;
}
