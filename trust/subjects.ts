import { DEFAULT_KEYS } from "./subject-template";

/** Whether GitHub puts the ids of owner and repository into the subject (github.md, 1.1). */
export type SubjectForm = "immutable" | "names";

/** What the key `repo` becomes in a repository's subjects, e.g. `repo:contoso@5/web@7`. */
export interface SubjectPrefix {
  readonly prefix: string;
  readonly form: SubjectForm;
}

/** What a repository's subjects begin with: in the form GitHub issues today, and in the other. */
export interface SubjectPrefixes {
  /** Undefined where a custom template hides it. */
  readonly today: SubjectPrefix | undefined;
  readonly names: SubjectPrefix;
  readonly immutable: SubjectPrefix;
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

/**
 * The keys that a repository's subjects are built of: its own, or its organisation's where it opted
 * in to those (github.md, 1.3 and 2.1).
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
 * The prefix GitHub uses today. `sub_claim_prefix` decides; `use_immutable_subject` is known to
 * contradict the tokens (github.md, 1.3). Hosts without the field issue the canonical names.
 *
 * @returns undefined where a custom template leaves it open.
 */
export function subjectPrefix(
  answer: SubjectCustomization | undefined,
  fullName: string,
  keys: readonly string[],
): SubjectPrefix | undefined {
  const reported = answer?.sub_claim_prefix;
  const immutable = /^repo:[^/@]+@\d+\/[^/@]+@\d+$/.test(reported ?? "");
  const names = reported?.toLowerCase() === `repo:${fullName}`.toLowerCase();
  // What is reported under a custom template is not documented: only what it can mean counts.
  const standard = keys.join() === DEFAULT_KEYS.join();
  if (!standard && !immutable && !names) return undefined;
  return { prefix: reported || `repo:${fullName}`, form: immutable ? "immutable" : "names" };
}

/** The prefixes that a choice trusts, today's first; undefined where no run would be trusted. */
export function trustedPrefixes(
  choice: TrustedForms,
  { today, names, immutable }: SubjectPrefixes,
): SubjectPrefix[] | undefined {
  if (choice === "both") {
    return today?.form === "immutable" ? [today, names] : [today ?? names, immutable];
  }
  if (!today) return choice === "auto" ? undefined : [choice === "names" ? names : immutable];
  return choice === "auto" || choice === today.form ? [today] : undefined;
}

/** Where a migration stands, for those who trust both forms. */
export function migrationNote({ today }: SubjectPrefixes): string {
  if (!today) return "trusts both forms of its subjects, as GitHub does not say which one it uses";
  const next =
    today.form === "immutable"
      ? "the names form may go: set `subjects: immutable`"
      : "opt the repository in to immutable subjects, run the workflow, then set `subjects: immutable`";
  return `trusts both forms of its subjects; a run uses the ${today.form} one today, ${today.prefix}:…; ${next}`;
}
