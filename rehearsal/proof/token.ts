import { parse } from "yaml";
import type { Environment, GitHubState, Repository } from "../clouds/github/state";
import type { Intent } from "../intent";
import { fits } from "./patterns";
import type { Run } from "./runs";

/** A token as GitHub would issue it, or the reason why the job does not get one. */
export type Minted =
  | { readonly subject: string }
  | { readonly subject: ""; readonly refused: string };

const FOREIGN_ID = 99_999_999;

/** The token of a run: from the repository's state, and for declared runs its committed workflow. */
export function mint(github: GitHubState, intent: Intent, run: Run): Minted {
  const repository = github.repository(intent.repository);
  const job = run.declared
    ? committedJob(repository, intent, run)
    : { environment: run.environment };
  if ("refused" in job) return { subject: "", refused: job.refused };
  const own = run.from === undefined;
  if (job.environment && own) {
    const found = repository.environments.get(job.environment.toLowerCase());
    const refused = turnedAway(found, job.environment, run);
    if (refused) return { subject: "", refused };
  }
  const context = job.environment
    ? `environment:${job.environment}`
    : run.event === "pull_request"
      ? "pull_request"
      : `ref:${run.ref}`;
  return { subject: `${prefix(github, repository, run)}:${context}` };
}

/** The subject of a declared run in both forms, whichever GitHub issues today. */
export function bothForms(github: GitHubState, intent: Intent, run: Run): string[] {
  const { settings } = github.repository(intent.repository);
  const context = intent.environment ? `environment:${intent.environment}` : `ref:${run.ref}`;
  const { login, id } = github.owner;
  return [
    `repo:${login}/${settings.name}:${context}`,
    `repo:${login}@${id}/${settings.name}@${settings.id}:${context}`,
  ];
}

/** What the committed file would do on this event; nobody's word is taken for it. */
function committedJob(
  repository: Repository,
  intent: Intent,
  run: Run,
): { readonly environment?: string } | { readonly refused: string } {
  const [, kind, name = ""] = /^refs\/(heads|tags)\/(.+)$/.exec(run.ref) ?? [];
  // GitHub reads the file of the pushed ref; a ref yet to come is taken from the default branch.
  const { branches, settings } = repository;
  const files = branches.get(name) ?? branches.get(settings.defaultBranch);
  const text = files?.get(intent.workflow);
  if (!text) return { refused: `no workflow is at ${intent.workflow}` };
  const workflow = parse(text);
  const patterns: string[] = workflow.on?.push?.[kind === "heads" ? "branches" : "tags"] ?? [];
  if (!patterns.some((pattern) => fits(name, pattern))) {
    return { refused: `the workflow does not start on ${run.ref}` };
  }
  const [job] = Object.values<Record<string, never>>(workflow.jobs);
  if (job?.permissions?.["id-token"] !== "write")
    return { refused: "the job may not ask for tokens" };
  return { environment: job.environment };
}

function turnedAway(found: Environment | undefined, name: string, run: Run): string | undefined {
  // GitHub makes an unknown environment on the spot, without protection (github.md, 8.6).
  if (!found?.policies) return undefined;
  const [, kind, ref = ""] = /^refs\/(heads|tags)\/(.+)$/.exec(run.ref) ?? [];
  const type = kind === "tags" ? "tag" : "branch";
  const admitted = found.policies.some((it) => kind && it.type === type && fits(ref, it.name));
  return admitted ? undefined : `environment ${name} turns ${run.ref} away`;
}

function prefix(github: GitHubState, repository: Repository, run: Run): string {
  const { owner } = github;
  const { name, id, immutableSubjects } = repository.settings;
  const render = (login: string, ownerId: number, repo: string, repoId: number) =>
    immutableSubjects ? `repo:${login}@${ownerId}/${repo}@${repoId}` : `repo:${login}/${repo}`;
  switch (run.from) {
    case "fork":
      return render("mallory", FOREIGN_ID, name, FOREIGN_ID);
    case "other repository":
      return render(owner.login, owner.id, `${name}-other`, FOREIGN_ID);
    case "recycled name":
      return render(owner.login, owner.id, name, FOREIGN_ID);
    case "owner's case":
      return render(otherCase(owner.login), owner.id, name, id);
    case "repository's case":
      return render(owner.login, owner.id, otherCase(name), id);
    default:
      return github.subjectPrefix(repository);
  }
}

function otherCase(text: string): string {
  const upper = text.toUpperCase();
  return upper === text ? text.toLowerCase() : upper;
}
