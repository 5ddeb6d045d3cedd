import type { Answer, EnvironmentAnswer, PlanRecord } from "../../snapshot";
import type { EnvironmentPlan, GatedEnvironment } from "../../trust/environment";
import { covers } from "../../trust/ref-patterns";
import type { Context, Refs } from "../context";
import { type Report, under } from "../report";

const ENVIRONMENT = "github:index/repositoryEnvironment:RepositoryEnvironment";
const POLICY =
  "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy";

/** An environment that this stack created, as the state has it. */
interface OwnEnvironment {
  /** The deployment policies that this stack made. */
  readonly policies: readonly string[];
  /** Whether these alone decide; a refresh finds where somebody changed that. */
  readonly selective: boolean;
}

/** Undefined where this stack did not create the environment. */
export function ownEnvironment(
  { repository, snapshot }: Context,
  environment: string,
): OwnEnvironment | undefined {
  const own = snapshot.state.resources.filter(
    ({ outputs }) =>
      Number(outputs.repositoryId) === repository.snapshot.id &&
      String(outputs.environment).toLowerCase() === environment.toLowerCase(),
  );
  const created = own.find(({ type }) => type === ENVIRONMENT);
  if (!created) return undefined;
  const rule = created.outputs.deploymentBranchPolicy as
    | { readonly customBranchPolicies?: boolean }
    | undefined;
  const policies = own
    .filter(({ type }) => type === POLICY)
    .map(({ outputs }) =>
      outputs.tagPattern ? `tag ${outputs.tagPattern}` : `branch ${outputs.branchPattern}`,
    );
  return { policies, selective: rule?.customBranchPolicies === true };
}

/** A policy that somebody added would let another ref sign, and no resource would show it. */
export function checkOwn(
  name: string,
  answer: Answer<EnvironmentAnswer>,
  own: OwnEnvironment,
  report: Report,
): void {
  if (answer.status !== "found") return;
  const { selective, policies } = answer.value;
  const { policies: known } = own;
  const list = [...known].sort().join(", ") || "nothing yet";
  const expected = `only the deployment policies of ${name} that this stack made: ${list}`;
  // The state says so too after a refresh, and this run repairs it.
  if (!selective && own.selective) {
    const fix =
      "Somebody changed the environment on GitHub. Run `pulumi refresh`, and then `pulumi up`.";
    report("", "another deployment rule", expected, fix);
  }
  for (const policy of policies.filter((it) => !known.includes(it))) {
    report("", policy, expected, "This stack did not make this policy. Delete it on GitHub.");
  }
}

/** The environment that the current workflow runs in until the merge, if another replaces it. */
export function keepEnvironment(
  of: Context,
  kept: PlanRecord | undefined,
  wanted: EnvironmentPlan | undefined,
): { kept: PlanRecord | undefined; environments: GatedEnvironment[] } {
  const environment = kept?.environment;
  if (!environment || environment.name === wanted?.name) return { kept, environments: [] };
  if (!wanted) return { kept: undefined, environments: [] };
  const { name } = environment;
  const answer = of.repository.snapshot.environments[name];
  // GitHub would create it again for the next run, open to every branch: nobody is trusted in it.
  if (answer?.status !== "found") return { kept: undefined, environments: [] };
  const own = ownEnvironment(of, name);
  const report = under(of.report, "environment");
  if (own) checkOwn(name, answer, own, report);
  else checkForeign(name, answer.value, of.refs, report);
  const { branches, tags } = kept;
  return { kept, environments: own ? [{ environment, branches, tags }] : [] };
}

/** An environment of somebody else must let in no ref that is not declared from now on. */
function checkForeign(
  name: string,
  { selective, policies }: EnvironmentAnswer,
  refs: Refs,
  report: Report,
): void {
  const declared = named(refs);
  const admitted = selective ? policies : ["any ref"];
  const expected = `an environment ${name} that lets in no more than ${declared.join(", ")}, because the current workflow runs in it until the merge`;
  for (const it of admitted) {
    if (declared.some((ref) => covers(ref, it))) continue;
    const fix =
      "Change the environment's policies on GitHub. Or change only the environment in this run, merge the pull request, and then change the branches and tags.";
    report("", it, expected, fix);
  }
}

/** Any other ref that an environment lets in could sign; a ref that it keeps out could not. */
export function checkAdopted(
  name: string,
  answer: Answer<EnvironmentAnswer>,
  refs: Refs,
  report: Report,
): void {
  if (answer.status !== "found") {
    const fix = "Create the environment on GitHub, or set `environment.create: true`.";
    report("", name, "an existing environment, because this stack does not create it", fix);
    return;
  }
  const { selective, policies } = answer.value;
  const declared = named(refs);
  const expected = `an environment that lets in exactly ${declared.join(", ")}`;
  if (!selective) {
    const fix = "Choose `Selected branches and tags` in the environment's settings on GitHub.";
    report("", name, expected, fix);
  } else if (policies.join() !== declared.join()) {
    const now = policies.join(", ") || "nothing";
    const fix = `The environment lets in ${now}. Change it on GitHub, or declare these refs.`;
    report("", name, expected, fix);
  }
}

/** `branch NAME` and `tag NAME`, in one order. */
function named({ branches, tags }: Refs): string[] {
  return [...branches.map((it) => `branch ${it}`), ...tags.map((it) => `tag ${it}`)].sort();
}
