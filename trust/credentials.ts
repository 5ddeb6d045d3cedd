import { createHash } from "node:crypto";
import {
  branchRef,
  DEFAULT_KEYS,
  namesTheEnvironment,
  namesTheRef,
  renderSubject,
  type SubjectRun,
  type SubjectSource,
  tagRef,
} from "./subject-template";
import type { SubjectPrefix } from "./subjects";

/** Entra: at most this many federated credentials on one identity (azure.md, 4.1). */
export const MAX_CREDENTIALS = 20;

/** Entra: a subject may have at most this many characters (azure.md, 4.1). */
export const MAX_SUBJECT = 600;

/** The same for an expression: unverified, only the subject's limit is documented. */
export const MAX_EXPRESSION = 600;

/** What one federated credential shall accept, and its stable name. */
export interface DeclaredCredential {
  /** 3 to 120 letters, digits, - and _ (azure.md, 4.1). */
  readonly name: string;
  /** The subject, exactly; with an expression, the pattern in it. */
  readonly subject: string;
  /** Of a flexible credential: what a token must fulfil (azure.md, 4.3). */
  readonly expression?: string;
}

/** Which runs a pipeline trusts. */
export interface TrustedRuns {
  /** Names of branches; patterns only with an environment. */
  readonly branches: readonly string[];
  /** Names or patterns of tags. */
  readonly tags: readonly string[];
  /** Name of the signing job's environment. */
  readonly environment?: string;
  /** The committed workflow. */
  readonly workflow: { readonly path: string; readonly name: string };
  /** `OWNER/REPOSITORY/PATH@REF` of the one reusable workflow that is trusted. */
  readonly governed?: string;
}

/**
 * The credentials of a pipeline. A job with an environment never carries its ref in GitHub's default
 * subject (github.md, 1.1), so an environment yields one; otherwise there is one for each ref. A
 * pattern takes a flexible credential, which only applications have (azure.md, 4.3).
 *
 * @param prefixes forms of the subject, each with credentials of its own.
 * @param owner what sets the names apart on an identity that others use too.
 */
export function declaredCredentials(
  source: SubjectSource,
  prefixes: readonly SubjectPrefix[],
  runs: TrustedRuns,
  owner?: string,
): DeclaredCredential[] {
  const forms = source.keys.includes("repo") ? prefixes : prefixes.slice(0, 1);
  const declared = subjectRuns(source, runs).flatMap(({ label, run }) =>
    forms.map((prefix) => credential(source, run, prefix, credentialLabel(label, owner))),
  );
  // Where the template does not tell them apart, two runs have one subject.
  return declared.filter(
    (it, index) => declared.findIndex(({ subject }) => subject === it.subject) === index,
  );
}

interface LabelledRun {
  readonly label: { readonly kind: string; readonly value: string };
  readonly run: SubjectRun;
}

function subjectRuns(source: SubjectSource, runs: TrustedRuns): LabelledRun[] {
  const { environment, workflow, governed } = runs;
  const refs = [
    ...runs.branches.map((value) => ({ kind: "branch" as const, value, ref: branchRef(value) })),
    ...runs.tags.map((value) => ({ kind: "tag" as const, value, ref: tagRef(value) })),
  ];
  const common = { environment, workflow, governed };
  const exact = namesTheRef(source.keys, environment);
  const gate = (kind: string) =>
    source.keys.includes("ref_type") ? `${kind}-environment` : "environment";
  return refs.map(({ kind, value, ref }) => ({
    label: exact || !environment ? { kind, value } : { kind: gate(kind), value: environment },
    run: { kind, ref: exact ? ref : undefined, ...common },
  }));
}

function credential(
  source: SubjectSource,
  run: SubjectRun,
  prefix: SubjectPrefix,
  label: string,
): DeclaredCredential {
  const subject = renderSubject(source, run, prefix.prefix);
  const form = source.keys.includes("repo") ? [prefix.form] : [];
  const name = [label, ...form, ...templateMark(source, run)].join("-");
  if (!run.ref?.includes("*")) return { name, subject };
  return { name, subject, expression: expression(subject, source) };
}

/** Entra demands a claim that no rename carries over to another repository (azure.md, 4.3). */
function expression(pattern: string, { repository }: SubjectSource): string {
  return `claims['sub'] matches '${pattern}' and claims['repository_id'] eq '${repository.id}'`;
}

/**
 * Under another template, path or environment it is another credential, so that the old one stays
 * until it is there. Without a ref the environment is in its label.
 */
function templateMark(
  { keys }: SubjectSource,
  { governed, workflow, environment, ref }: SubjectRun,
): string[] {
  if (keys.join() === DEFAULT_KEYS.join()) return [];
  const path = keys.includes("workflow_ref") ? `#${workflow.path}` : "";
  const gate = ref && environment && namesTheEnvironment(keys) ? `#${environment}` : "";
  return [hash(`${keys.join()}#${governed ?? ""}${path}${gate}`).slice(0, 6)];
}

/**
 * Entra: 3 to 120 of `[A-Za-z0-9_-]`, in any case. A value that must be bent to fit gets its hash,
 * so that names stay apart.
 */
function credentialLabel({ kind, value }: LabelledRun["label"], owner: string | undefined): string {
  const slug = value
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .slice(0, owner ? 30 : 60);
  const fit = slug === value ? slug : `${slug}-${hash(value).slice(0, 8)}`;
  // No kind and no slug has a `_`: whatever the owner is called, it ends at the last one.
  return `${owner ? `${owner}_` : ""}${kind}-${fit}`;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
