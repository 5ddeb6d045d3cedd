import type { Credential } from "../clouds/azure/state";
import { type GitHubState, PAID } from "../clouds/github/state";
import type { Intent } from "../intent";
import type { Run } from "./runs";

/** Why a run that nobody means may log in all the same, where nothing declared withholds it. */
export function reachOf(
  github: GitHubState,
  intent: Intent,
  run: Run,
  credential: Credential,
): string | undefined {
  if (run.from === "recycled name" && !holdsIds(credential)) return recycled(github, intent);
  if (isSameRepository(run) && holdsRepositoryId(github, intent, credential)) {
    return "ids survive a rename: it is the same repository";
  }
  if (run.approved && isReviewed(github, intent, run)) {
    const where = intent.createsEnvironment
      ? ""
      : ` on ${intent.environment}, by its settings on GitHub`;
    return run.approved === "by nobody"
      ? `administrators may skip the review; remedy: adminsCanBypass: false${where}`
      : `a reviewer may approve a run of their own; remedy: preventSelfReview: true${where}`;
  }
  if (run.slashed) {
    const tag = run.ref.replace("refs/tags/", "");
    return `Entra's * also stands for /: whoever may push a tag ${tag} logs in; remedy: an environment`;
  }
  // Where one workflow is demanded, another must not log in.
  if (run.workflow !== undefined && !intent.governed) {
    const where = intent.environment
      ? `in the environment ${intent.environment}`
      : "on a declared ref";
    return `any workflow that runs ${where} can log in; remedy: trust.workflow`;
  }
  return undefined;
}

/** Whether a review is asked for at all, of those who may not skip it. */
function isReviewed(github: GitHubState, intent: Intent, { environment = "" }: Run): boolean {
  const repository = github.repository(intent.repository);
  const found = repository.environments.get(environment.toLowerCase());
  return (found?.reviewers.length ?? 0) > 0 && !github.withheld(repository, PAID);
}

/** Its name is another, or in another case; its id is the same. */
function isSameRepository({ from }: Run): boolean {
  return from !== undefined && ["renamed", "owner's case", "repository's case"].includes(from);
}

function recycled(github: GitHubState, { repository }: Intent): string {
  // Of a template without `repo`, the ids that GitHub would put there are no help (github.md, 2.4).
  const found = github.repository(repository);
  const immutable = github.immutableSubjects(found)
    ? "subjects: immutable"
    : "immutable subjects (use_immutable_subject)";
  const remedy =
    github.host === "github.com" && github.subjectKeys(found).includes("repo")
      ? immutable
      : "repository_id in the repository's subject template";
  return `whoever gets the name of this repository after a rename or deletion gets its trust; remedy: ${remedy}`;
}

/** Whether the owner or the repository is demanded by its id, which no other one ever has. */
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
