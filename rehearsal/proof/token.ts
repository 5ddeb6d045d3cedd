import { type Environment, type GitHubState, PAID } from "../clouds/github/state";
import type { Intent } from "../intent";
import { claimsOf, type Job } from "./claims";
import { committedJob, committedWorkflow, reusableWorkflow } from "./committed";
import { fits } from "./patterns";
import type { Run } from "./runs";
import { type Claims, type Form, subjectOf } from "./subject";

/** A token as GitHub would issue it, or the reason why the job does not get one. */
export type Minted =
  | { readonly subject: string; readonly claims: Claims }
  | { readonly subject: ""; readonly refused: string };

/** The token of a run: from the repository's state, and for declared runs its committed workflow. */
export function mint(github: GitHubState, intent: Intent, run: Run): Minted {
  const repository = github.repository(intent.repository);
  const job = run.declared
    ? committedJob(github, intent, run.ref)
    : jobOf(github, intent, run.environment, run.workflow);
  if ("refused" in job) return { subject: "", refused: job.refused };
  const own = run.from === undefined || run.from === "renamed";
  if (job.environment && own) {
    const found = repository.environments.get(job.environment.toLowerCase());
    // On such a plan GitHub ignores what guards it (github.md, 7).
    const guarded = github.withheld(repository, PAID) ? undefined : found;
    const refused = turnedAway(guarded, job.environment, run);
    if (refused) return { subject: "", refused };
  }
  const claims = claimsOf(github, repository, run, job);
  // Whoever runs elsewhere can give that repository the same template.
  const form = github.immutableSubjects(repository) && !run.namesOnly ? "immutable" : "names";
  const sub = subjectOf(github.subjectKeys(repository), claims, form);
  return "refused" in sub
    ? { subject: "", refused: sub.refused }
    : { subject: sub.subject, claims: { ...claims, sub: sub.subject } };
}

/** The claims of a declared run in each form of its subject, whichever GitHub issues today. */
export function declaredClaims(github: GitHubState, intent: Intent, run: Run): Claims[] {
  const repository = github.repository(intent.repository);
  const job = jobOf(github, intent, intent.environment);
  const claims = claimsOf(github, repository, run, job);
  // Only github.com has the other form (github.md, 1.2).
  const forms: Form[] = github.host === "github.com" ? ["names", "immutable"] : ["names"];
  const subjects = forms.flatMap((form) => {
    const sub = subjectOf(github.subjectKeys(repository), claims, form);
    return "refused" in sub ? [] : [sub.subject];
  });
  return [...new Set(subjects)].map((sub) => ({ ...claims, sub }));
}

/** A job as it is meant, or as close to that as a hostile one can come. */
function jobOf(
  github: GitHubState,
  intent: Intent,
  environment: string | undefined,
  workflow?: string,
): Job {
  const { governed } = intent;
  const committed = committedWorkflow(github, intent);
  const name = "refused" in committed ? undefined : committed.file.name;
  const calls = governed && (reusableWorkflow(github, governed)?.reference ?? governed);
  return {
    path: workflow ?? intent.workflow,
    name: name ?? intent.workflow,
    environment,
    calls: workflow === undefined ? calls : undefined,
  };
}

function turnedAway(found: Environment | undefined, name: string, run: Run): string | undefined {
  // GitHub makes an unknown environment on the spot, without protection (github.md, 8.6).
  if (!found) return undefined;
  const [, kind, ref = ""] = /^refs\/(heads|tags)\/(.+)$/.exec(run.ref) ?? [];
  const type = kind === "tags" ? "tag" : "branch";
  const admits = (it: { readonly type: string; readonly name: string }) =>
    kind !== undefined && it.type === type && fits(ref, it.name);
  if (found.policies && !found.policies.some(admits)) {
    return `environment ${name} turns ${run.ref} away`;
  }
  if (found.reviewers.length === 0) return undefined;
  const waits = run.approved === "by nobody" && !found.adminsCanBypass;
  if (waits) return `environment ${name} waits for a review`;
  const own = run.approved === "by its starter" && found.preventSelfReview;
  return own ? `environment ${name} waits for the review of another` : undefined;
}
