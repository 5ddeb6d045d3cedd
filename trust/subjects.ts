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

/**
 * The subjects of a pipeline. A job with an environment never carries its ref (github.md, 1.1),
 * so an environment yields one subject; otherwise there is one for each branch.
 */
export function declaredSubjects(
  { prefix, form }: SubjectPrefix,
  runs: { readonly branches: readonly string[]; readonly environment?: string },
): DeclaredSubject[] {
  const contexts = runs.environment
    ? [{ kind: "environment", value: runs.environment, context: `environment:${runs.environment}` }]
    : runs.branches.map((value) => ({
        kind: "branch",
        value,
        context: `ref:refs/heads/${value}`,
      }));
  return contexts.map(({ kind, value, context }) => ({
    name: credentialName(kind, value, form),
    subject: `${prefix}:${context}`,
  }));
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
