import { DEFAULT_KEYS } from "./subject-template";

/**
 * The form of subjects: with the names and the ids of the owner and the repository, or names only.
 * Source: https://learn.microsoft.com/entra/workload-id/workload-identities-github-immutable-subjects
 */
export type SubjectForm = "immutable" | "names";

/** The first part of a repository's subjects. GitHub writes it for the template key `repo`. */
export interface SubjectPrefix {
  /** Such as `repo:contoso@5/web@7`. */
  readonly prefix: string;
  readonly form: SubjectForm;
}

/** The prefixes that a repository can have. */
export interface SubjectPrefixes {
  /** The prefix that GitHub uses today. Undefined: a custom template hides the prefix. */
  readonly today: SubjectPrefix | undefined;
  readonly names: SubjectPrefix;
  readonly immutable: SubjectPrefix;
}

/** The fields that Countersign reads of https://docs.github.com/rest/actions/oidc */
export interface SubjectCustomization {
  readonly use_default?: boolean;
  readonly include_claim_keys?: readonly string[];
  readonly sub_claim_prefix?: string;
}

/**
 * The claim keys of a repository's subjects. A custom template without keys has the keys of the
 * organization's template, if there is one. The answer is undefined if the host lacks this API.
 */
export function templateKeys(
  answer: SubjectCustomization | undefined,
  organization: readonly string[] | undefined,
): readonly string[] {
  if (answer?.use_default !== false) return DEFAULT_KEYS;
  const own = answer.include_claim_keys ?? [];
  return own.length > 0 ? own : (organization ?? DEFAULT_KEYS);
}

/**
 * The prefix that GitHub uses today; undefined if a custom template hides it. A host that reports
 * none uses the names. `use_immutable_subject` is not read, because it can contradict the tokens:
 * https://github.com/Azure/azure-dev/issues/9382
 *
 * @param fullName `OWNER/REPOSITORY`, as GitHub spells it.
 */
export function subjectPrefix(
  answer: SubjectCustomization | undefined,
  fullName: string,
  keys: readonly string[],
): SubjectPrefix | undefined {
  const reported = answer?.sub_claim_prefix;
  const immutable = /^repo:[^/@]+@\d+\/[^/@]+@\d+$/.test(reported ?? "");
  const names = reported?.toLowerCase() === `repo:${fullName}`.toLowerCase();
  // GitHub does not document what it reports under a custom template. Other values are ignored.
  const isDefault = keys.join() === DEFAULT_KEYS.join();
  if (!isDefault && !immutable && !names) return undefined;
  return { prefix: reported || `repo:${fullName}`, form: immutable ? "immutable" : "names" };
}

/** The prefixes that a pipeline trusts, today's first. Undefined: no run could log in. */
export function trustedPrefixes(
  forms: "auto" | SubjectForm | "both",
  { today, names, immutable }: SubjectPrefixes,
): SubjectPrefix[] | undefined {
  if (forms === "both") {
    return today?.form === "immutable" ? [today, names] : [today ?? names, immutable];
  }
  if (!today) return forms === "auto" ? undefined : [forms === "names" ? names : immutable];
  return forms === "auto" || forms === today.form ? [today] : undefined;
}

/** What to tell the user of a pipeline that trusts both forms. */
export function migrationNote({ today }: SubjectPrefixes): string {
  const trusted = "trusts both forms of the repository's subjects.";
  if (!today) return `${trusted} GitHub does not report which form it uses`;
  const used = `GitHub uses the ${today.form} form today (\`${today.prefix}:…\`).`;
  const next =
    today.form === "immutable"
      ? "To stop trusting the names form, set `subjects: immutable`"
      : "Next, opt the repository in to immutable subjects, run the workflow, and then set `subjects: immutable`";
  return `${trusted} ${used} ${next}`;
}
