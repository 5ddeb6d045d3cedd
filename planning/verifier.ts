import type { StackConfiguration } from "../configuration/schema";
import { declaredCredentials, MAX_CREDENTIALS, type TokenTerms } from "../trust/credentials";
import { type SettingsLocation, settingsSuffix } from "../trust/login-settings";
import { verifierName } from "../trust/resource-names";
import { templateProblem } from "../trust/subject-template";
import { trustedPrefixes } from "../trust/subjects";
import type { JobPlan } from "../workflow/jobs";
import { VERIFY_WORKFLOW_NAME, type VerifyImagePlan } from "../workflow/verify-image";
import type { Context } from "./context";
import { checkSettings } from "./github/settings";
import { createdIdentity } from "./identity";
import { under } from "./report";
import type { VerifierPlan } from "./stack-plan";

/** A verifier, its workflow, and what to tell about it. */
export interface PlannedVerifier {
  readonly plan: Omit<VerifierPlan, "registry">;
  readonly workflow: { readonly path: string; readonly plan: VerifyImagePlan };
  readonly notes: readonly string[];
}

/**
 * What verifies the images of a pipeline: an identity that can only pull, and the workflow that logs
 * in as it. Verifying is harmless, so pull requests are trusted, and all refs in an environment.
 */
export function planVerifier(
  of: Context,
  configuration: StackConfiguration,
  keys: readonly string[],
  job: JobPlan | undefined,
  terms: TokenTerms,
): PlannedVerifier | undefined {
  const { name, wanted, repository, refs, snapshot } = of;
  const { verify } = wanted;
  if (!verify) return undefined;
  const report = under(of.report, "verify");
  const { workflow: path, environment, schedule } = verify;
  const owner = verifierName(name);
  const settings: SettingsLocation = {
    kind: "variables",
    scope: "repository",
    suffix: settingsSuffix(owner),
  };
  const { verifierVariables } = repository.snapshot;
  checkSettings(
    { ...of, name: owner, report: (_, ...rest) => report("", ...rest) },
    settings,
    verifierVariables,
  );

  const problem = templateProblem(keys, { environment });
  const prefixes = trustedPrefixes(wanted.subjects, repository.prefixes);
  const { defaultBranch } = repository.snapshot;
  const branches = [...new Set([defaultBranch, ...refs.branches])];
  const exact = branches.filter((it) => !it.includes("*"));
  const credentials = problem
    ? []
    : declaredCredentials({ ...repository.source, keys }, prefixes ?? [repository.prefixes.names], {
        branches: exact,
        tags: [],
        pullRequests: true,
        environment,
        workflow: { path, name: VERIFY_WORKFLOW_NAME },
      });
  // What the signing job cannot use either is reported for the signing job.
  if (problem && !templateProblem(keys, { environment: wanted.environment?.name })) {
    report("", `subject template ${keys.join(", ")}`, problem.expected, problem.fix);
  }
  if (credentials.length > MAX_CREDENTIALS) {
    const expected = `at most ${MAX_CREDENTIALS} federated credentials on one identity`;
    const fix = "Set `verify.environment`. One credential then covers all branches and tags.";
    report("", credentials.length, expected, fix);
  }
  const identity = createdIdentity(owner, configuration, snapshot, report);
  const missed = environment ? [] : [...branches.filter((it) => !exact.includes(it)), ...refs.tags];
  const or = new Intl.ListFormat("en", { type: "disjunction" });
  const notes = [
    ...(missed.length > 0
      ? [`verifies no run on ${or.format(missed)}: set \`verify.environment\` to verify there, too`]
      : []),
  ];
  if (!job?.trust) return undefined;
  const { registry, trust, signing } = job;
  return {
    plan: { identity, credentials, terms, settings, access: "verify" },
    workflow: {
      path,
      plan: {
        registry,
        trust,
        repositoryId: repository.snapshot.id,
        images: wanted.images.map((image) => image.name),
        settings,
        notation: signing.downloads.notation,
        runner: wanted.runner,
        ...(environment && { environment }),
        ...(schedule && { schedule }),
      },
    },
    notes,
  };
}
