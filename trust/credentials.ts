import { createHash } from "node:crypto";
import {
  DEFAULT_KEYS,
  hasOneOf,
  namesTheEnvironment,
  namesTheRef,
  REF_KEYS,
  renderSubject,
  type SubjectJob,
  type SubjectRun,
  type SubjectSource,
} from "./subject-template";
import type { SubjectPrefix } from "./subjects";

// Limits: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
// and https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust
/** Maximum number of federated credentials on one identity. */
export const MAX_CREDENTIALS = 20;
/** Maximum length of a subject, in characters. */
export const MAX_SUBJECT = 600;
/** Maximum length of an expression. Unverified: Microsoft documents only the limit of subjects. */
export const MAX_EXPRESSION = 600;

/** A federated credential that a pipeline declares. */
export interface DeclaredCredential {
  /** Name in Entra: 3 to 120 letters, digits, hyphens, and underscores. */
  readonly name: string;
  /** Name in Entra of a credential that was imported: another one would replace it. */
  readonly heldAs?: string;
  /** The subject that Entra accepts, or the pattern in the `expression`. */
  readonly subject: string;
  /**
   * What a token must fulfill; only for applications. Default: Entra compares the subject exactly.
   * Source: https://learn.microsoft.com/entra/workload-id/workload-identities-flexible-federated-identity-credentials
   */
  readonly expression?: string;
}

/** The tokens that Entra accepts. */
export interface TokenTerms {
  /** URL of the issuer, without a slash at the end. */
  readonly issuer: string;
  /** Each of Azure's clouds has its own audience. */
  readonly audience: string;
}

/** What starts the runs that a pipeline trusts, and the job that is trusted in these runs. */
export interface TrustedTriggers extends SubjectJob {
  /** Names of branches. Patterns are possible only with an environment. */
  readonly branches: readonly string[];
  /** Names or patterns of tags. */
  readonly tags: readonly string[];
  /** Whether pull requests are trusted. Default: they are not. */
  readonly pullRequests?: boolean;
}

/**
 * The federated credentials of a pipeline: one for each branch and each tag. But in an environment,
 * GitHub's default subject has no ref, and one credential accepts all branches and tags.
 *
 * @param prefixes The forms of the subject that are trusted. Each form has its own credentials.
 * @param owner Name of the pipeline, which begins the names. Default: no other pipeline uses the
 * identity, and the names do not need it.
 */
export function declaredCredentials(
  source: SubjectSource,
  prefixes: readonly SubjectPrefix[],
  { branches, tags, pullRequests = false, ...job }: TrustedTriggers,
  owner?: string,
): DeclaredCredential[] {
  const { keys } = source;
  const hasForm = keys.includes("repo");
  const hasRef = namesTheRef(keys, job.environment);
  const refs = [
    ...branches.map((value) => ({ kind: "branch" as const, value, ref: `refs/heads/${value}` })),
    ...tags.map((value) => ({ kind: "tag" as const, value, ref: `refs/tags/${value}` })),
  ];
  const declared = refs.flatMap(({ kind, value, ref }) => {
    const run = { ...job, kind, ref: hasRef ? ref : undefined };
    const gate = keys.includes("ref_type") ? `${kind}-environment` : "environment";
    const label =
      hasRef || !job.environment
        ? labelOf(kind, value, owner)
        : labelOf(gate, job.environment, owner);
    return (hasForm ? prefixes : prefixes.slice(0, 1)).map(({ prefix, form }) => {
      const name = [label, ...(hasForm ? [form] : []), ...templateMark(source, run)].join("-");
      const subject = renderSubject(source, run, prefix);
      if (!run.ref?.includes("*")) return { name, subject };
      return { name, subject, expression: expressionOf(subject, source) };
    });
  });
  const pull = pullRequests ? pullRequestCredentials(source, prefixes, job) : [];
  // Two runs have the same subject if the template does not distinguish them.
  return [...declared, ...pull].filter(
    (it, index, all) => all.findIndex(({ subject }) => subject === it.subject) === index,
  );
}

/** The ref of a pull request has its number. So a template that names the ref fits none. */
function pullRequestCredentials(
  source: SubjectSource,
  prefixes: readonly SubjectPrefix[],
  job: SubjectJob,
): DeclaredCredential[] {
  const run = { ...job, kind: "branch" as const, ref: undefined, isPullRequest: true };
  if (job.environment || hasOneOf(source.keys, REF_KEYS)) return [];
  const forms = source.keys.includes("repo") ? prefixes : prefixes.slice(0, 1);
  return forms.map(({ prefix, form }) => {
    const name = ["pull-request", form, ...templateMark(source, run)].join("-");
    return { name, subject: renderSubject(source, run, prefix) };
  });
}

/**
 * Entra requires the claim `repository_id` or `repository_owner_id` in expressions for GitHub. The
 * id of the repository is narrower, and no other repository can take it over.
 * Source: https://github.com/hashicorp/terraform-provider-azuread/issues/1901
 */
function expressionOf(pattern: string, { repository }: SubjectSource): string {
  return `claims['sub'] matches '${pattern}' and claims['repository_id'] eq '${repository.id}'`;
}

/**
 * The end of a credential's name under a custom template. After any change of the subject, Pulumi
 * creates the new credential first. Without a ref, the label already contains the environment.
 */
function templateMark(
  { keys }: SubjectSource,
  { reusableWorkflow, workflow, environment, ref }: SubjectRun,
): string[] {
  if (keys.join() === DEFAULT_KEYS.join()) return [];
  const path = keys.includes("workflow_ref") ? `#${workflow.path}` : "";
  const gate = ref && environment && namesTheEnvironment(keys) ? `#${environment}` : "";
  return [hash(`${keys.join()}#${reusableWorkflow ?? ""}${path}${gate}`).slice(0, 6)];
}

/**
 * The beginning of a credential's name. A hash follows a value that is too long or has characters
 * that are not allowed in names. It also follows uppercase letters, because Azure ignores case.
 */
function labelOf(kind: string, value: string, owner: string | undefined): string {
  const slug = value
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .slice(0, owner ? 30 : 60);
  const fit = slug === value ? slug : `${slug}-${hash(value).slice(0, 8)}`;
  // No kind and no slug contains an underscore. Therefore the owner ends at the last underscore.
  return `${owner ? `${owner}_` : ""}${kind}-${fit}`;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
