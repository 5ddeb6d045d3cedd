import { isApplication } from "../configuration/schemas/identity-schema";
import {
  type DeclaredCredential,
  declaredCredentials,
  MAX_CREDENTIALS,
  MAX_EXPRESSION,
  MAX_SUBJECT,
  type TrustedTriggers,
} from "../trust/credentials";
import { namesTheRef, templateProblem } from "../trust/subject-template";
import { migrationNote, trustedPrefixes } from "../trust/subjects";
import type { Context } from "./context";
import type { TemplatePlan } from "./github/reusable-workflow";
import type { Report } from "./report";

export interface TrustPlan {
  /** What the pipeline trusts from now on. */
  readonly subjects: readonly string[];
  /** Credentials for these subjects, and for those of the current workflow. */
  readonly credentials: readonly DeclaredCredential[];
  /** How many of these stay only until a proposal is merged. */
  readonly kept: number;
  readonly notes: readonly string[];
  /** Whether a run of the current workflow would find no credential of these. */
  readonly isLoginLost: boolean;
}

/** What decides about a pipeline's credentials, beside its configuration. */
export interface TrustSituation {
  /** What the pipeline trusts. */
  readonly triggers: TrustedTriggers;
  readonly template: Pick<TemplatePlan, "keys" | "after">;
  /** Triggers of the current workflow, and whether it stays until a proposal is merged. */
  readonly current?: { readonly triggers: TrustedTriggers; readonly stays: boolean };
}

/**
 * The credentials of a pipeline under its future subject template. Until a merge, also those of the
 * current workflow, and those of both workflows under the template that stays until then.
 */
export function planTrust(
  of: Context,
  { triggers, template: { keys, after }, current }: TrustSituation,
): TrustPlan {
  const { name, report } = of;
  const { subjects, identity } = of.wanted;
  const { source, prefixes: all } = of.repository;
  const problem = templateProblem(keys, triggers);
  const prefixes = trustedPrefixes(subjects, all);
  if (problem) {
    report("repository", `subject template ${keys.join(", ")}`, problem.expected, problem.fix);
  } else checkForm(of, keys, prefixes !== undefined);
  checkPatterns(of, triggers, keys);
  const isOthersToo = ["shared", "existing", "existingApplication"].includes(identity.kind);
  const credentialsOf = (under: readonly string[], wanted: TrustedTriggers) =>
    templateProblem(under, wanted)
      ? []
      : declaredCredentials(
          { ...source, keys: under },
          prefixes ?? [all.names],
          wanted,
          isOthersToo ? name : undefined,
        );
  const credentials = credentialsOf(keys, triggers);
  const isMissing = (from: readonly DeclaredCredential[]) => (it: DeclaredCredential) =>
    !from.some(({ subject }) => subject === it.subject);
  const until = current?.stays
    ? [...credentialsOf(after, current.triggers), ...credentialsOf(after, triggers)]
    : [];
  const kept = until
    .filter((it, index) => until.findIndex(({ subject }) => subject === it.subject) === index)
    .filter(isMissing(credentials))
    .filter((it) => !it.expression || isApplication(identity));
  const everything = [...kept, ...credentials];
  checkTexts(everything, triggers.environment, report);
  const isCalled = !of.wanted.build || !of.wanted.push;
  const isMigrating = subjects === "both" && keys.includes("repo");
  return {
    subjects: credentials.map(({ subject }) => subject),
    credentials: everything,
    kept: kept.length,
    notes: [
      ...(isMigrating ? [migrationNote(all)] : []),
      ...(isCalled && keys.some((key) => OF_CALLERS.includes(key)) ? [CALLERS] : []),
    ],
    isLoginLost: current
      ? credentialsOf(source.keys, current.triggers).some(isMissing(everything))
      : false,
  };
}

/** Claims that a called job has from its caller's run. */
const OF_CALLERS = ["workflow", "workflow_ref"];
const CALLERS =
  "logs in only when somebody starts it by hand: the repository's subject template names the workflow, and a called job has its caller's";

/** What Entra would refuse of the number of credentials on one identity. */
export function checkCount(
  credentials: readonly string[],
  kept: number,
  held: readonly string[],
  said: string,
  report: (fix: string) => void,
): void {
  const count = credentials.length;
  const leaving = held.filter((name) => !credentials.includes(name)).length;
  if (count > MAX_CREDENTIALS && kept > 0 && count - kept <= MAX_CREDENTIALS) {
    report(
      `${said}: ${kept} of them belong to the current workflow and stay until a merge. Declare fewer branches and tags first, and merge that.`,
    );
  } else if (count > MAX_CREDENTIALS) {
    report(`${said}. Add an \`environment\`, or declare fewer branches and tags.`);
  } else if (leaving > 0 && leaving + count > MAX_CREDENTIALS) {
    report(
      `The ${count} wanted credentials are created before ${leaving} old ones are deleted, ${leaving + count} in all. Remove some in a run of its own first, or add an \`environment\`.`,
    );
  }
}

function checkTexts(
  credentials: readonly DeclaredCredential[],
  environment: string | undefined,
  report: Report,
): void {
  for (const { subject, expression } of credentials) {
    const [text, most, what] = expression
      ? ([expression, MAX_EXPRESSION, "an expression"] as const)
      : ([subject, MAX_SUBJECT, "a subject"] as const);
    const [, key = "branches"] = /:(?:ref:refs\/(tags)\/|(environment):)/.exec(subject) ?? [];
    // How Entra would read a quote inside of its quotes is not documented.
    if (expression && subject.includes("'")) {
      report(
        key,
        subject,
        "a pattern without `'`, which ends a text in Entra's expressions",
        "Change the pattern, or add an `environment`.",
      );
    }
    if (expression && /[*?]/.test(environment ?? "")) {
      const expected = "a name without `*` and `?`, which are wildcards in Entra's expressions";
      report("environment", environment, expected, "Choose another environment.");
    }
    if (text.length <= most) continue;
    const fix = `This one has ${text.length} characters. Shorten the name of the branch, tag or environment.`;
    report(key, text, `${what} of at most ${most} characters`, fix);
  }
}

/** Forms that GitHub does not issue here: no run could log in. */
function checkForm(
  { wanted: { subjects }, repository, report }: Context,
  keys: readonly string[],
  isTrusted: boolean,
): void {
  const { today } = repository.prefixes;
  if (!keys.includes("repo")) {
    if (subjects === "auto") return;
    const expected = "auto, because the repository's subject template does not have the key `repo`";
    report("subjects", subjects, expected, "Remove `subjects`. Only `repo` has two forms.");
  } else if (!isTrusted && !today) {
    report(
      "subjects",
      subjects,
      "immutable, names or both, because GitHub does not report the form under this custom subject template",
      "Set `subjects: both`, run the workflow, and keep the form that azure/login logs.",
    );
  } else if (!isTrusted && today) {
    const fix =
      subjects === "names"
        ? "Remove `subjects`. Whether a repository can go back to names is unverified."
        : "Set `subjects: both`, switch the repository on GitHub, run the workflow, and then set this value.";
    const expected = `auto, ${today.form} or both, because GitHub issues the ${today.form} form for this repository`;
    report("subjects", subjects, expected, fix);
  }
}

/** Patterns that no environment takes out of the subject. */
function checkPatterns(
  { wanted: { identity }, report }: Context,
  { branches, tags, environment }: TrustedTriggers,
  keys: readonly string[],
): void {
  // Without an environment the configuration's own rules have refused them.
  if (!environment || !namesTheRef(keys, environment)) return;
  const why = `because the subject template ${keys.join(", ")} names the ref, which Entra matches exactly`;
  const check = (key: string, refs: readonly string[], other: string) => {
    for (const ref of refs.filter((it) => it.includes("*"))) {
      report(key, ref, `exact ${key}, ${why}`, `${other}, or reset the subject template.`);
    }
  };
  check("branches", branches, "Name the branches");
  if (!isApplication(identity)) check("tags", tags, "Use an application");
}
