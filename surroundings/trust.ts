import { type Problem, refuse } from "../configuration/problems";
import type { PipelineConfiguration } from "../configuration/schema";
import {
  type DeclaredCredential,
  declaredCredentials,
  type TrustedRuns,
} from "../trust/credentials";
import { namesTheRef, templateFault } from "../trust/subject-template";
import { migrationNote, trustedPrefixes } from "../trust/subjects";
import type { TemplatePlan } from "./governed";
import type { Repository } from "./repository";
import { limitProblems, type ProblemOf } from "./trust-limits";

export interface TrustPlan {
  /** What the pipeline means to accept. */
  readonly subjects: readonly string[];
  /** The same as credentials, and those of the workflow in force. */
  readonly credentials: readonly DeclaredCredential[];
  readonly notes: readonly string[];
  /** Whether runs of the workflow in force would find no credential of these. */
  readonly unserved: boolean;
}

/** What decides about a pipeline's credentials, beside its configuration. */
export interface TrustSituation {
  /** What the pipeline is to accept. */
  readonly runs: TrustedRuns;
  /** Claim keys that the subjects shall have, and those that they have when this run is through. */
  readonly template: Pick<TemplatePlan, "keys" | "after">;
  /** Runs of the workflow in force, and whether that stays until a proposal is merged. */
  readonly inForce: { readonly runs: TrustedRuns; readonly stays: boolean } | undefined;
  /** Names of the credentials that the identity has from earlier runs. */
  readonly held: readonly string[];
  /** Where the pipeline is configured, for errors. */
  readonly at: string;
}

/**
 * The credentials of a pipeline under the subject template that it shall have. Until a proposal is
 * merged also those of the workflow in force; and what both need under the template that stays until
 * then, as nobody knows when the merge is.
 *
 * @throws ProblemsError where no credential could match, or Entra would refuse it.
 */
export function planTrust(
  name: string,
  repository: Repository,
  pipeline: PipelineConfiguration,
  { runs, template: { keys: template, after }, inForce, held, at }: TrustSituation,
): TrustPlan {
  const problem = (path: string, given: unknown, allowed: string, remedy: string): Problem => ({
    path: `${at}.${path}`,
    given,
    allowed,
    remedy,
  });
  const fault = templateFault(template, runs);
  if (fault) {
    const { allowed, remedy } = fault;
    refuse("The subject template cannot be used", [
      problem("repository", `its subject template ${template.join(", ")}`, allowed, remedy),
    ]);
  }
  const prefixes = trustedPrefixes(pipeline.subjects, repository.subjects);
  refuse("The trust cannot be declared", [
    ...formProblems(repository, pipeline, template, prefixes !== undefined, problem),
    ...patternProblems(pipeline, runs, template, problem),
  ]);
  const declared = (keys: readonly string[], wanted: TrustedRuns) =>
    templateFault(keys, wanted)
      ? []
      : declaredCredentials(
          { ...repository.source, keys },
          prefixes ?? [repository.subjects.names],
          wanted,
          isOthersToo(pipeline) ? name : undefined,
        );
  const credentials = declared(template, runs);
  const missing = (from: readonly DeclaredCredential[]) => (it: DeclaredCredential) =>
    !from.some(({ subject }) => subject === it.subject);
  const kept = inForce?.stays
    ? unique([...declared(after, inForce.runs), ...declared(after, runs)])
        .filter(missing(credentials))
        .filter((it) => !it.expression || isApplication(pipeline))
    : [];
  refuse(
    "Entra would refuse the credentials",
    limitProblems([...credentials, ...kept], kept.length, held, problem),
  );
  const isMigrating = pipeline.subjects === "both" && template.includes("repo");
  return {
    subjects: credentials.map(({ subject }) => subject),
    credentials: [...kept, ...credentials],
    notes: isMigrating ? [migrationNote(repository.subjects)] : [],
    unserved: inForce
      ? declared(repository.source.keys, inForce.runs).some(missing([...kept, ...credentials]))
      : false,
  };
}

function unique(credentials: readonly DeclaredCredential[]): DeclaredCredential[] {
  const subjects = credentials.map(({ subject }) => subject);
  return credentials.filter(({ subject }, index) => subjects.indexOf(subject) === index);
}

/** Whether the identity may have credentials that are not this pipeline's. */
function isOthersToo({ identity: { kind } }: PipelineConfiguration): boolean {
  return kind === "shared" || kind === "existing" || kind === "existingApplication";
}

function isApplication({ identity: { kind } }: PipelineConfiguration): boolean {
  return kind === "application" || kind === "existingApplication";
}

function formProblems(
  { subjects: { today } }: Repository,
  { subjects }: PipelineConfiguration,
  keys: readonly string[],
  isTrusted: boolean,
  problem: ProblemOf,
): Problem[] {
  if (!keys.includes("repo")) {
    const allowed = "auto, as its subject template has no key `repo`, which alone has two forms";
    return subjects === "auto" ? [] : [problem("subjects", subjects, allowed, "leave it out")];
  }
  if (isTrusted) return [];
  if (!today) {
    const allowed =
      "immutable, names or both: under its custom subject template GitHub does not say";
    const remedy = "choose `both`, run the workflow, and keep the form that azure/login logs";
    return [problem("subjects", subjects, allowed, remedy)];
  }
  const allowed = `auto, ${today.form} or both, as GitHub issues the ${today.form} form here`;
  const remedy =
    subjects === "names"
      ? "leave it out; whether a repository can go back to names is unverified"
      : "declare both, switch the repository on GitHub, run the workflow, then this";
  return [problem("subjects", subjects, allowed, remedy)];
}

/** Patterns that no environment takes out of the subject. */
function patternProblems(
  pipeline: PipelineConfiguration,
  { branches, tags, environment }: TrustedRuns,
  keys: readonly string[],
  problem: ProblemOf,
): Problem[] {
  // Without an environment the configuration's own rules have refused them.
  if (!environment || !namesTheRef(keys, environment)) return [];
  const why = `its subject template ${keys.join(", ")} names the ref, which Entra matches exactly`;
  const flexible = isApplication(pipeline);
  const patterns = (refs: readonly string[]) => refs.filter((ref) => ref.includes("*"));
  return [
    ...patterns(branches).map((ref) =>
      problem(
        "branches",
        ref,
        `exact branches: ${why}`,
        "name the branches, or reset the template",
      ),
    ),
    ...(flexible ? [] : patterns(tags)).map((ref) =>
      problem("tags", ref, `exact tags: ${why}`, "use an application, or reset the template"),
    ),
  ];
}
