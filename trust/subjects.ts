import { createHash } from "node:crypto";

/** The issuer of every GitHub Actions token on github.com; no trailing slash (azure.md, 4.1). */
export const GITHUB_ISSUER = "https://token.actions.githubusercontent.com";

/** The one audience Entra accepts for a federated credential in the public cloud (azure.md, 4.1). */
export const ENTRA_AUDIENCE = "api://AzureADTokenExchange";

/** Entra: at most this many federated credentials on one identity (azure.md, 4.1). */
export const MAX_CREDENTIALS = 20;

/** Entra: a subject may have at most this many characters (azure.md, 4.1). */
export const MAX_SUBJECT = 600;

/** Whether GitHub puts the ids of owner and repository into the subject (github.md, 1.1). */
export type SubjectForm = "immutable" | "names";

/** What precedes the context in a repository's subjects, e.g. `repo:contoso@5/web@7`. */
export interface SubjectPrefix {
  readonly prefix: string;
  readonly form: SubjectForm;
}

/** What a repository's subjects begin with: in the form GitHub issues today, and in the other. */
export interface SubjectPrefixes {
  readonly today: SubjectPrefix;
  readonly other: SubjectPrefix;
}

/**
 * Which forms of its subjects a pipeline trusts. `auto` is the one that GitHub issues today; `both`
 * is for a migration: add, switch on GitHub, verify, remove.
 */
export type TrustedForms = "auto" | SubjectForm | "both";

/** GitHub's answer to `GET repos/O/R/actions/oidc/customization/sub`, as far as we read it. */
export interface SubjectCustomization {
  readonly use_default?: boolean;
  readonly include_claim_keys?: readonly string[];
  readonly sub_claim_prefix?: string;
}

/** One subject that Entra shall accept, and the stable name of the credential that holds it. */
export interface DeclaredSubject {
  readonly name: string;
  readonly subject: string;
}

/**
 * The prefix GitHub uses today. `sub_claim_prefix` decides; `use_immutable_subject` is known to
 * contradict the tokens (github.md, 1.3). Hosts without the field issue the canonical names.
 *
 * @returns undefined where a custom template makes prefix + context the wrong subject.
 */
export function subjectPrefix(
  answer: SubjectCustomization | undefined,
  fullName: string,
): SubjectPrefix | undefined {
  const keys = answer?.include_claim_keys ?? [];
  const standard = answer?.use_default !== false || keys.join() === "repo,context";
  if (!standard) return undefined;
  const prefix = answer?.sub_claim_prefix || `repo:${fullName}`;
  return { prefix, form: /^repo:[^/@]+@\d+\/[^/@]+@\d+$/.test(prefix) ? "immutable" : "names" };
}

/** The prefixes that a choice trusts, today's first; undefined where no run would be trusted. */
export function trustedPrefixes(
  choice: TrustedForms,
  { today, other }: SubjectPrefixes,
): SubjectPrefix[] | undefined {
  if (choice === "both") return [today, other];
  return choice === "auto" || choice === today.form ? [today] : undefined;
}

/** Where a migration stands, for those who trust both forms. */
export function migrationNote({ today, other }: SubjectPrefixes): string {
  const next =
    today.form === "immutable"
      ? `the ${other.form} form may go: set \`subjects: immutable\``
      : "opt the repository in to immutable subjects, run the workflow, then set `subjects: immutable`";
  return `trusts both forms of its subjects; a run uses the ${today.form} one today, ${today.prefix}:…; ${next}`;
}

/**
 * The subjects of a pipeline. A job with an environment never carries its ref (github.md, 1.1),
 * so an environment yields one subject; otherwise there is one for each branch.
 */
export function declaredSubjects(
  prefixes: readonly SubjectPrefix[],
  runs: { readonly branches: readonly string[]; readonly environment?: string },
): DeclaredSubject[] {
  const contexts = runs.environment
    ? [{ kind: "environment", value: runs.environment, context: `environment:${runs.environment}` }]
    : runs.branches.map((value) => ({
        kind: "branch",
        value,
        context: `ref:refs/heads/${value}`,
      }));
  return contexts.flatMap(({ kind, value, context }) =>
    prefixes.map(({ prefix, form }) => ({
      name: credentialName(kind, value, form),
      subject: `${prefix}:${context}`,
    })),
  );
}

/**
 * Entra: 3 to 120 of `[A-Za-z0-9_-]`, in any case. A value that must be bent to fit gets its hash,
 * so that names stay apart.
 */
function credentialName(kind: string, value: string, form: SubjectForm): string {
  const slug = value
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .slice(0, 60);
  const hash = createHash("sha256").update(value).digest("hex").slice(0, 8);
  return `${kind}-${slug === value ? slug : `${slug}-${hash}`}-${form}`;
}
