import type * as pulumi from "@pulumi/pulumi";
import { refuse } from "../configuration/problems";
import { covers } from "../trust/ref-patterns";
import { get, path } from "./github";
import { type Held, heldAs, heldResources } from "./held";
import { ENVIRONMENT, POLICY } from "./held-environments";
import type { Repository } from "./repository";

interface EnvironmentAnswer {
  readonly name: string;
  readonly deployment_branch_policy: { readonly custom_branch_policies: boolean } | null;
}

interface PoliciesAnswer {
  readonly branch_policies: ReadonlyArray<{ readonly name: string; readonly type?: string }>;
}

/** Branches and tags that may deploy. */
interface Refs {
  readonly branches: readonly string[];
  readonly tags: readonly string[];
}

/** Whether this stack made the environment. */
export async function holdsEnvironment(
  { id: repositoryId }: Repository,
  environment: string,
): Promise<boolean> {
  return heldAs(await heldResources(), ENVIRONMENT, { repositoryId, environment }).length > 0;
}

/**
 * Checks an environment that this stack made, where it did. A policy that somebody added to it would
 * let another ref sign, and no resource of the stack would ever show it; nor could the stack add the
 * same. One that somebody opened is seen by a refresh only.
 */
export async function checkOwnEnvironment(
  repository: Repository,
  environment: string,
  at: string,
): Promise<void> {
  const held = await heldResources();
  const own = { repositoryId: repository.id, environment };
  const [urn] = heldAs(held, ENVIRONMENT, own);
  if (!urn) return;
  const known = heldAs(held, POLICY, own).map((urn) => {
    const { branchPattern, tagPattern } = held[urn] ?? {};
    return tagPattern ? `tag ${tagPattern}` : `branch ${branchPattern}`;
  });
  const [found, admitted] = await Promise.all([
    environmentOf(repository, environment),
    admittedTo(repository, environment),
  ]);
  const refusal = (given: string, remedy: string) => {
    const allowed = `deployment policies of ${environment} for exactly ${known.sort().join(", ") || "nothing yet"}, as this stack made them`;
    return { path: at, given, allowed, remedy };
  };
  refuse("The environment lets in more than is declared", [
    ...admitted
      .filter((it) => !known.includes(it))
      .map((it) => refusal(it, "it is not of this stack: delete it on GitHub")),
    ...(found && !isSelective(found) && wasSelective(held[urn])
      ? [refusal("another rule", "somebody changed it: run `pulumi refresh`, then `pulumi up`")]
      : []),
  ]);
}

/**
 * Checks an environment that is not of this stack, and that runs of the workflow in force need until
 * the merge: it must let in no ref that is not declared from now on.
 */
export async function checkForeignEnvironment(
  repository: Repository,
  environment: string,
  refs: Refs,
  at: string,
): Promise<void> {
  const found = await environmentOf(repository, environment);
  const declared = named(refs);
  const admitted =
    found && isSelective(found) ? await admittedTo(repository, environment) : ["any ref"];
  const allowed = `an environment ${environment} for no more than ${declared.join(", ")}: the workflow in force runs in it until the merge`;
  const remedy =
    "change that on GitHub; or change the environment in a run of its own, merge that, and then the refs";
  refuse(
    "The environment lets in more than is declared",
    admitted
      .filter((it) => !declared.some((ref) => covers(ref, it)))
      .map((given) => ({ path: at, given, allowed, remedy })),
  );
}

/** Whether what deploys to it is decided by policies of its own, and not by the branch's protection or not at all. */
function isSelective({ deployment_branch_policy: policy }: EnvironmentAnswer): boolean {
  return policy?.custom_branch_policies === true;
}

/** The same, as the state has it. */
function wasSelective({ deploymentBranchPolicy: policy }: Held[string] = {}): boolean {
  return (policy as { customBranchPolicies?: boolean } | undefined)?.customBranchPolicies === true;
}

async function environmentOf(
  { owner, name }: Repository,
  environment: string,
  opts?: pulumi.InvokeOptions,
): Promise<EnvironmentAnswer | undefined> {
  return get(path`repos/${owner}/${name}/environments/${environment}`, opts);
}

/** `branch NAME` and `tag NAME`, in one order. */
function named({ branches, tags }: Refs): string[] {
  return [...branches.map((it) => `branch ${it}`), ...tags.map((it) => `tag ${it}`)].sort();
}

async function admittedTo(
  { owner, name }: Repository,
  environment: string,
  opts?: pulumi.InvokeOptions,
): Promise<string[]> {
  const policies = await get<PoliciesAnswer>(
    path`repos/${owner}/${name}/environments/${environment}/deployment-branch-policies?per_page=100`,
    opts,
  );
  return (policies?.branch_policies ?? []).map((it) => `${it.type ?? "branch"} ${it.name}`).sort();
}

/**
 * Checks an environment that is used as it is: it must exist, and let exactly the declared
 * branches and tags deploy. Any other ref that it lets in could sign; any it keeps out could not.
 */
export async function checkAdoptedEnvironment(
  repository: Repository,
  environment: string,
  refs: Refs,
  at: string,
  opts?: pulumi.InvokeOptions,
): Promise<void> {
  const found = await environmentOf(repository, environment, opts);
  const refusal = (allowed: string, remedy: string) =>
    refuse("The environment cannot be used", [{ path: at, given: environment, allowed, remedy }]);
  if (!found) {
    refusal(
      "an existing environment, as it is not made here",
      "create it on GitHub, or let it be made here",
    );
  }
  if (found && found.name !== environment) {
    refusal(`${found.name}, which is its name: subjects are compared to the case`, "write it so");
  }
  const declared = named(refs);
  const allowed = `one that lets deploy exactly ${declared.join(", ")}`;
  if (!found || !isSelective(found)) {
    refusal(allowed, "choose `Selected branches and tags` in its settings on GitHub");
  }
  const admitted = await admittedTo(repository, environment, opts);
  if (admitted.join() !== declared.join()) {
    const now = admitted.join(", ") || "nothing";
    refusal(allowed, `it lets ${now}: change it on GitHub, or declare those`);
  }
}
