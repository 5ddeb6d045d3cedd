import { type Problem, refuse } from "../configuration/problems";
import type { PipelineConfiguration } from "../configuration/schema";
import {
  type DeclaredCredential,
  declaredCredentials,
  MAX_CREDENTIALS,
  MAX_EXPRESSION,
  MAX_SUBJECT,
  type TrustedRuns,
} from "../trust/credentials";
import { namesTheRef, templateFault } from "../trust/subject-template";
import { migrationNote, trustedPrefixes } from "../trust/subjects";
import { WORKFLOW_NAME } from "../workflow/sign-image";
import { crowdFault } from "./held-credentials";
import type { Repository } from "./repository";

export interface TrustPlan {
  /** What the pipeline means to accept. */
  readonly subjects: readonly string[];
  /** The same as credentials, and those of the workflow in force. */
  readonly credentials: readonly DeclaredCredential[];
  readonly notes: readonly string[];
}

/**
 * The credentials of a pipeline under the subject template that it shall have; and those of the
 * workflow in force under today's, until that is another one.
 *
 * @param template claim keys of the wanted subjects.
 * @param held names of the credentials that the identity has from earlier runs.
 * @throws ProblemsError where no credential could match, or Entra would refuse it.
 */
export function planTrust(
  name: string,
  repository: Repository,
  pipeline: PipelineConfiguration,
  runs: Omit<TrustedRuns, "workflow">,
  template: readonly string[],
  inForce: Omit<TrustedRuns, "workflow"> | undefined,
  held: readonly string[],
  at: string,
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
  const declared = (keys: readonly string[], wanted: Omit<TrustedRuns, "workflow">) =>
    declaredCredentials(
      { ...repository.source, keys },
      prefixes ?? [repository.subjects.names],
      { ...wanted, workflow: { path: pipeline.workflow, name: WORKFLOW_NAME } },
      isOthersToo(pipeline) ? name : undefined,
    );
  const { keys: today } = repository.source;
  const still = inForce && !templateFault(today, inForce) ? declared(today, inForce) : [];
  const credentials = declared(template, runs);
  const kept = still.filter(
    ({ subject, expression }) =>
      (!expression || isApplication(pipeline)) && !credentials.some((it) => it.subject === subject),
  );
  refuse(
    "Entra would refuse the credentials",
    limitProblems([...credentials, ...kept], held, problem),
  );
  const isMigrating = pipeline.subjects === "both" && template.includes("repo");
  return {
    subjects: credentials.map(({ subject }) => subject),
    credentials: [...kept, ...credentials],
    notes: isMigrating ? [migrationNote(repository.subjects)] : [],
  };
}

/** Whether the identity may have credentials that are not this pipeline's. */
function isOthersToo({ identity: { kind } }: PipelineConfiguration): boolean {
  return kind === "shared" || kind === "existing" || kind === "existingApplication";
}

function isApplication({ identity: { kind } }: PipelineConfiguration): boolean {
  return kind === "application" || kind === "existingApplication";
}

type ProblemOf = (path: string, given: unknown, allowed: string, remedy: string) => Problem;

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
  const remedy = "declare both, switch the repository on GitHub, run the workflow, then this";
  return [problem("subjects", subjects, allowed, remedy)];
}

/** Patterns that no environment takes out of the subject. */
function patternProblems(
  pipeline: PipelineConfiguration,
  { branches, tags, environment }: Omit<TrustedRuns, "workflow">,
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

function limitProblems(
  credentials: readonly DeclaredCredential[],
  held: readonly string[],
  problem: ProblemOf,
): Problem[] {
  const long = credentials.flatMap(({ subject, expression }) => {
    const [text, most, what] = expression
      ? ([expression, MAX_EXPRESSION, "an expression"] as const)
      : ([subject, MAX_SUBJECT, "a subject"] as const);
    if (text.length <= most) return [];
    const [, key = "branches"] = /:(?:ref:refs\/(tags)\/|(environment):)/.exec(subject) ?? [];
    const remedy = `it has ${text.length}: shorten the name of the branch, tag or environment`;
    return [problem(key, text, `${what} of at most ${most} characters`, remedy)];
  });
  const allowed = `at most ${MAX_CREDENTIALS} federated credentials on one identity`;
  if (credentials.length <= MAX_CREDENTIALS) {
    const fault = crowdFault(
      credentials.map(({ name }) => name),
      held,
    );
    return fault ? [...long, problem("branches", credentials.length, allowed, fault)] : long;
  }
  const remedy = `there are ${credentials.length}; add an \`environment\`, or declare fewer refs`;
  return [...long, problem("branches", credentials.length, allowed, remedy)];
}
