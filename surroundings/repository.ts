import type * as pulumi from "@pulumi/pulumi";
import { type Problem, refuse } from "../configuration/problems";
import {
  type SubjectCustomization,
  type SubjectPrefix,
  type SubjectPrefixes,
  subjectPrefix,
} from "../trust/subjects";
import { get, path } from "./github";

/** A GitHub repository as GitHub spells it, and the subjects its tokens carry. */
export interface Repository {
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  /** Whether that branch is protected, so that not every token may commit to it. */
  readonly isProtected: boolean;
  readonly url: string;
  readonly subjects: SubjectPrefixes;
}

interface RepositoryAnswer {
  readonly id: number;
  readonly name: string;
  readonly full_name: string;
  readonly default_branch: string;
  readonly html_url: string;
  readonly archived: boolean;
  readonly owner: { readonly login: string; readonly id: number };
}

/**
 * Reads an existing repository.
 *
 * @param at where the name was given, for the error.
 * @throws ProblemsError where it is missing, archived, empty or customises its subjects.
 */
export async function readRepository(
  owner: string,
  name: string,
  at: string,
  opts?: pulumi.InvokeOptions,
): Promise<Repository> {
  const found = await get<RepositoryAnswer>(path`repos/${owner}/${name}`, opts);
  const problem = (allowed: string, remedy: string): Problem[] => [
    { path: at, given: `${owner}/${name}`, allowed, remedy },
  ];
  const subject = "The repository cannot be used";
  if (!found) {
    const remedy = "check `github:owner` and the name, and that the token may read it";
    refuse(subject, problem("an existing repository", remedy));
  }
  const repository = found as RepositoryAnswer;
  if (repository.archived) {
    refuse(subject, problem("a repository that is not archived", "unarchive it"));
  }
  const branch = path`repos/${owner}/${name}/branches/${repository.default_branch}`;
  const [head, customization] = await Promise.all([
    get<{ readonly protected: boolean }>(branch, opts),
    get<SubjectCustomization>(path`repos/${owner}/${name}/actions/oidc/customization/sub`, opts),
  ]);
  if (!head) {
    const remedy = `push a first commit to ${repository.default_branch}`;
    refuse(subject, problem("a repository with a commit on its default branch", remedy));
  }
  const subjects = subjectPrefix(customization, repository.full_name);
  if (!subjects) {
    const keys = customization?.include_claim_keys?.join(", ") || "those of the organisation";
    const allowed = "GitHub's default subject, or the claim keys repo, context";
    refuse(subject, problem(allowed, `its subject is built of ${keys}: reset the template`));
  }
  return {
    owner: repository.owner.login,
    name: repository.name,
    defaultBranch: repository.default_branch,
    isProtected: head?.protected === true,
    url: repository.html_url,
    subjects: { today: subjects as SubjectPrefix, other: otherForm(repository, subjects) },
  };
}

/** The form that GitHub does not issue today, for a migration. */
function otherForm(
  { id, name, full_name, owner }: RepositoryAnswer,
  today: SubjectPrefix | undefined,
): SubjectPrefix {
  return today?.form === "immutable"
    ? { form: "names", prefix: `repo:${full_name}` }
    : { form: "immutable", prefix: `repo:${owner.login}@${owner.id}/${name}@${id}` };
}
