import type { Credential } from "../clouds/azure/state";
import { type GitHubState, PAID } from "../clouds/github/state";
import type { Intent } from "../intent";
import type { Run } from "./runs";

const REVIEWS = "docs/environments.md#reviewers";

/**
 * Why a run can log in although it should not, if the configuration cannot prevent it. The text ends
 * with the way to close this door, and the page that describes it.
 */
export function reachOf(
  github: GitHubState,
  intent: Intent,
  run: Run,
  credential: Credential,
): string | undefined {
  if (run.from === "recycled name" && !holdsIds(credential)) return recycled(github, intent);
  if (isSameRepository(run) && holdsRepositoryId(github, intent, credential)) {
    return "A renamed repository keeps its id, so it is the same repository";
  }
  if (run.approved && isReviewed(github, intent, run)) {
    const where = intent.createsEnvironment
      ? ""
      : ` in the GitHub settings of ${intent.environment}`;
    return run.approved === "by nobody"
      ? `Administrators can skip the review. Fix: set adminsCanBypass: false${where} (${REVIEWS})`
      : `A reviewer can approve their own run. Fix: set preventSelfReview: true${where} (${REVIEWS})`;
  }
  if (run.slashed) {
    const tag = run.ref.replace("refs/tags/", "");
    return `Entra's * also matches /, so anyone who can push the tag ${tag} can log in. Fix: use an environment (docs/identity.md#tag-patterns-without-an-environment)`;
  }
  // If the configuration demands one workflow, no other workflow may log in.
  if (run.workflow !== undefined && !run.ofOther && !intent.governed) {
    const where = intent.environment
      ? `in the environment ${intent.environment}`
      : "on a declared ref";
    return `Any workflow that runs ${where} can log in. Fix: set trust.workflow (docs/subjects.md#one-reusable-workflow)`;
  }
  return undefined;
}

/** Whether GitHub asks for a review at all. */
function isReviewed(github: GitHubState, intent: Intent, { environment = "" }: Run): boolean {
  const repository = github.repository(intent.repository);
  const found = repository.environments.get(environment.toLowerCase());
  return (found?.reviewers.length ?? 0) > 0 && !github.withheld(repository, PAID);
}

/** Whether the run's repository is the same one under another name or in another case. */
function isSameRepository({ from }: Run): boolean {
  return from !== undefined && ["renamed", "owner's case", "repository's case"].includes(from);
}

function recycled(github: GitHubState, { repository }: Intent): string {
  // If a template has no key `repo`, immutable subjects change nothing.
  const found = github.repository(repository);
  const immutable = github.immutableSubjects(found)
    ? "subjects: immutable"
    : "immutable subjects (use_immutable_subject)";
  const remedy =
    github.host === "github.com" && github.subjectKeys(found).includes("repo")
      ? immutable
      : "repository_id in the repository's subject template";
  const page =
    remedy === immutable ? "docs/subjects.md#forms" : "docs/subjects.md#custom-templates";
  return `After a rename or deletion, anyone who gets this repository's name also gets its trust. Fix: ${remedy} (${page})`;
}

/** Whether the credential demands an id of the owner or of the repository. Ids are never reused. */
function holdsIds({ subject, expression }: Credential): boolean {
  const ids = /(?:^|')repo:[^/:]+@\d+\/|repository(?:_owner)?_id(?::|'\] eq )/;
  return ids.test(expression ?? subject);
}

function holdsRepositoryId(
  github: GitHubState,
  { repository }: Intent,
  { subject, expression }: Credential,
): boolean {
  const { id } = github.repository(repository).settings;
  if (expression !== undefined) return expression.includes(`claims['repository_id'] eq '${id}'`);
  return `:${subject}:`.includes(`:repository_id:${id}:`);
}
