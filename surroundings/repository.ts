import type * as pulumi from "@pulumi/pulumi";
import { type Problem, refuse, together } from "../configuration/problems";
import type { GitHubHost } from "../trust/hosts";
import type { SubjectSource } from "../trust/subject-template";
import {
  type SubjectCustomization,
  type SubjectPrefix,
  type SubjectPrefixes,
  subjectPrefix,
  templateKeys,
} from "../trust/subjects";
import { get, getIfAllowed, path } from "./github";
import { holdsTemplate } from "./governed";
import { type Held, heldResources } from "./held";

/** A GitHub repository as GitHub spells it, and the subjects its tokens carry. */
export interface Repository {
  readonly owner: string;
  readonly name: string;
  readonly id: number;
  readonly defaultBranch: string;
  readonly url: string;
  readonly isPrivate: boolean;
  /** Whether an organisation owns it, and not a person. */
  readonly isOrganizations: boolean;
  readonly subjects: SubjectPrefixes;
  /** What its subjects are built of today. */
  readonly source: SubjectSource;
}

interface RepositoryAnswer {
  readonly id: number;
  readonly name: string;
  readonly full_name: string;
  readonly private: boolean;
  readonly visibility?: string;
  readonly default_branch: string;
  readonly html_url: string;
  readonly archived: boolean;
  readonly owner: { readonly login: string; readonly id: number; readonly type: string };
}

/**
 * Reads an existing repository.
 *
 * @param at where the name was given, for the error.
 * @throws ProblemsError where it is missing, archived or empty.
 */
export async function readRepository(
  owner: string,
  name: string,
  host: GitHubHost,
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
  const [head, template] = await together(subject, [
    get(branch, opts),
    readTemplate(repository, host, problem),
  ]);
  if (!head) {
    const remedy = `push a first commit to ${repository.default_branch}`;
    refuse(subject, problem("a repository with a commit on its default branch", remedy));
  }
  return {
    owner: repository.owner.login,
    name: repository.name,
    id: repository.id,
    defaultBranch: repository.default_branch,
    url: repository.html_url,
    isPrivate: repository.private,
    isOrganizations: repository.owner.type === "Organization",
    subjects: template.subjects,
    source: {
      host,
      owner: repository.owner,
      repository: {
        name: repository.name,
        id: repository.id,
        visibility: repository.visibility ?? (repository.private ? "private" : "public"),
      },
      keys: template.keys,
    },
  };
}

/** The subject template, and what its key `repo` becomes. */
async function readTemplate(
  { id, name, full_name, owner }: RepositoryAnswer,
  host: GitHubHost,
  problem: (allowed: string, remedy: string) => Problem[],
) {
  const own = await get<SubjectCustomization>(
    path`repos/${owner.login}/${name}/actions/oidc/customization/sub`,
  );
  const inherits =
    owner.type === "Organization" && own?.use_default === false && !own.include_claim_keys?.length;
  const organization = inherits
    ? await getIfAllowed<SubjectCustomization>(
        path`orgs/${owner.login}/actions/oidc/customization/sub`,
      )
    : undefined;
  if (inherits && !organization) {
    const allowed = `a subject template that the token may read: it is that of the organisation ${owner.login}`;
    const remedy =
      "let the token read it (classic `read:org`, else the organisation's Administration), or give the repository one of its own";
    refuse("The repository cannot be used", problem(allowed, remedy));
  }
  const keys = templateKeys(own, organization?.include_claim_keys);
  const held = await heldResources();
  const isOurs = holdsTemplate(held, id);
  const names = { form: "names", prefix: `repo:${full_name}` } as const;
  const ids = {
    form: "immutable",
    prefix: `repo:${owner.login}@${owner.id}/${name}@${id}`,
  } as const;
  // An own server issues no other form, so that it need not say so (github.md, 1.2).
  const known = host.kind === "server" ? names : undefined;
  const before = isOurs ? formTrusted(held, [names, ids]) : undefined;
  const subjects: SubjectPrefixes = {
    today: subjectPrefix(own, full_name, keys) ?? known ?? before,
    names,
    immutable: ids,
  };
  return { keys, subjects };
}

/** The one form that this stack trusts, as GitHub reported it before our template may have hidden it. */
function formTrusted(held: Held, forms: readonly SubjectPrefix[]): SubjectPrefix | undefined {
  const subjects = Object.values(held).map(({ subject }) => String(subject));
  const trusted = forms.filter(({ prefix }) => subjects.some((it) => it.startsWith(`${prefix}:`)));
  return trusted.length === 1 ? trusted[0] : undefined;
}
