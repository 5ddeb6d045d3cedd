import type { GitHubState, Repository } from "../clouds/github/state";
import type { Run } from "./runs";
import type { Claims } from "./subject";

/** The properties of a job that its token contains. */
export interface Job {
  /** Path of the workflow's file. */
  readonly path: string;
  readonly name: string;
  readonly environment?: string;
  /** `OWNER/REPOSITORY/PATH@REF` of the reusable workflow that the job calls. */
  readonly calls?: string;
}

const FOREIGN_ID = 99_999_999;
/** A commit. Its value does not matter. */
const SHA = "0123456789abcdef0123456789abcdef01234567";

/**
 * All claims of a run's token except `sub`. https://docs.github.com/actions/reference/security/oidc
 */
export function claimsOf(
  github: GitHubState,
  repository: Repository,
  run: Run,
  { path, name, environment, calls }: Job,
): Claims {
  const source = sourceOf(github, repository, run.from);
  const full = `${source.owner}/${source.name}`;
  const workflowRef = `${full}/${path}@${run.ref}`;
  return {
    actor: run.declared ? "alice" : "mallory",
    actor_id: run.declared ? "1001" : String(FOREIGN_ID),
    event_name: run.event,
    ref: run.ref,
    ref_type: run.ref.startsWith("refs/tags/") ? "tag" : "branch",
    repository: full,
    repository_id: String(source.id),
    repository_owner: source.owner,
    repository_owner_id: String(source.ownerId),
    repository_visibility: repository.settings.private ? "private" : "public",
    workflow: name,
    workflow_ref: workflowRef,
    workflow_sha: SHA,
    // An ordinary job has its own workflow here, as public logs of azure/login show.
    job_workflow_ref: calls ?? workflowRef,
    job_workflow_sha: SHA,
    runner_environment: "github-hosted",
    run_id: "1",
    run_number: "1",
    run_attempt: "1",
    ...(environment && { environment }),
    ...(run.event === "pull_request" && {
      base_ref: repository.settings.defaultBranch,
      head_ref: "hostile",
    }),
  };
}

interface Source {
  readonly owner: string;
  readonly ownerId: number;
  readonly name: string;
  readonly id: number;
}

/** The repository that the token is for. */
function sourceOf(github: GitHubState, { settings }: Repository, from: Run["from"]): Source {
  const { name, id } = settings;
  const { login: owner, id: ownerId } = github.owner;
  const own = { owner, ownerId, name, id };
  switch (from) {
    case "fork":
      return { owner: "mallory", ownerId: FOREIGN_ID, name, id: FOREIGN_ID };
    case "other repository":
      return { ...own, name: `${name}-other`, id: FOREIGN_ID };
    case "recycled name":
      return { ...own, id: FOREIGN_ID };
    case "renamed":
      return { ...own, name: `${name}-renamed` };
    case "owner's case":
      return { ...own, owner: otherCase(owner) };
    case "repository's case":
      return { ...own, name: otherCase(name) };
    default:
      return own;
  }
}

function otherCase(text: string): string {
  const upper = text.toUpperCase();
  return upper === text ? text.toLowerCase() : upper;
}
