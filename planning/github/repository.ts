import type { StackConfiguration } from "../../configuration/schema";
import type { PipelineRecord, RepositorySnapshot, Snapshot, StateResource } from "../../snapshot";
import type { SubjectSource } from "../../trust/subject-template";
import { type SubjectPrefixes, subjectPrefix, templateKeys } from "../../trust/subjects";
import { answerValue } from "../answers";
import type { Report } from "../report";

/** An existing repository, and what its tokens' subjects are made of. */
export interface Repository {
  readonly snapshot: RepositorySnapshot;
  readonly source: SubjectSource;
  readonly prefixes: SubjectPrefixes;
}

/** Checks that a repository can be used, and reads its subjects. */
export function planRepository(
  name: string,
  { owner, host, pipelines }: StackConfiguration,
  { github, state }: Snapshot,
  report: Report,
): Repository | undefined {
  const given = `${owner}/${pipelines[name]?.repository}`;
  const problem = (expected: string, fix: string) => report("repository", given, expected, fix);
  const snapshot = answerValue(github.repositories[name]);
  if (!snapshot) {
    const fix =
      "Check `github:owner` and the name, and that the token can read the repository. To create it, write `repository: { create: {} }`.";
    problem("an existing repository", fix);
    return undefined;
  }
  if (snapshot.archived) problem("a repository that is not archived", "Unarchive the repository.");
  if (snapshot.hidden) {
    const fix = "Give the token the permission Contents: read and write for the repository.";
    problem("a repository whose files the token can read", fix);
  }
  if (snapshot.empty) {
    const fix = `Push a first commit to ${snapshot.defaultBranch}.`;
    problem("a repository with a commit on its default branch", fix);
  }
  // Nothing else matters of another repository.
  if (isOther(name, snapshot, state, github, problem)) return undefined;
  const keys = keysOf(snapshot, problem);
  if (!keys) return undefined;
  const { owner: account, name: spelled, id, private: isPrivate } = snapshot;
  const visibility = snapshot.visibility ?? (isPrivate ? "private" : "public");
  const source = { host, owner: account, repository: { name: spelled, id, visibility }, keys };
  return {
    snapshot,
    source,
    prefixes: prefixesOf(snapshot, host.kind, keys, state.pipelines[name]),
  };
}

/** A repository that only has another one's name would inherit trust and resources. */
function isOther(
  name: string,
  { id, name: spelled }: RepositorySnapshot,
  { pipelines: records, resources }: Snapshot["state"],
  { repositories }: Snapshot["github"],
  problem: (expected: string, fix: string) => void,
): boolean {
  const ids = Object.values(repositories).flatMap((it) => answerValue(it)?.id ?? []);
  const former = Object.entries(records).find(([of, { repository }]) => {
    const hasName = repository.name.toLowerCase() === spelled.toLowerCase();
    const isRenamed = of !== name && ids.includes(repository.id);
    // A record outlives `pulumi refresh`, which is how the state forgets a repository that is gone.
    const isThere = resources.some((it) => idsOf(it).includes(repository.id));
    return hasName && repository.id !== id && !isRenamed && isThere;
  });
  if (!former) return false;
  problem(
    `the repository with id ${former[1].repository.id}, in which this stack's resources are`,
    `This is a different repository (id ${id}) with the same name. Set \`repository\` to the original repository's current name. If the original repository is gone, delete what this stack wrote from the new repository, run \`pulumi refresh\`, and then \`pulumi up\`.`,
  );
  return true;
}

/** Ids of the repositories that a resource is in, or for. */
function idsOf({ outputs }: StateResource): number[] {
  const { repositoryId, selectedRepositoryIds } = outputs;
  return [repositoryId, selectedRepositoryIds].flat().map(Number);
}

/** The claim keys of the repository's subjects; its organization's where it uses those. */
function keysOf(
  { subjects, organizationSubjects, owner }: RepositorySnapshot,
  problem: (expected: string, fix: string) => void,
): readonly string[] | undefined {
  if (subjects.status === "forbidden") {
    problem(
      "a subject template that the token can read",
      `Give the token the repository permission Actions: read. GitHub said: ${subjects.said}`,
    );
    return undefined;
  }
  const own = answerValue(subjects);
  if (organizationSubjects && organizationSubjects.status !== "found") {
    problem(
      `a subject template that the token can read: the repository uses the template of the organization ${owner.login}`,
      "Let the token read the organization's template (classic token: `read:org`; otherwise the organization's Administration), or give the repository a template of its own.",
    );
    return undefined;
  }
  return templateKeys(own, organizationSubjects?.value.include_claim_keys);
}

function prefixesOf(
  { subjects, owner, name, id }: RepositorySnapshot,
  host: SubjectSource["host"]["kind"],
  keys: readonly string[],
  record: PipelineRecord | undefined,
): SubjectPrefixes {
  const own = answerValue(subjects);
  const names = { form: "names", prefix: `repo:${owner.login}/${name}` } as const;
  const ids = `repo:${owner.login}@${owner.id}/${name}@${id}`;
  const immutable = { form: "immutable", prefix: ids } as const;
  // A server of one's own issues no other form, so it need not say so.
  const only = host === "server" ? names : undefined;
  // The template that this stack declares may hide the form that GitHub reported before.
  const recorded = record?.subjectForm && { names, immutable }[record.subjectForm];
  const today = subjectPrefix(own, `${owner.login}/${name}`, keys) ?? only ?? recorded;
  return { today, names, immutable };
}
