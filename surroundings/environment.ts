import type * as pulumi from "@pulumi/pulumi";
import { refuse } from "../configuration/problems";
import { get, path } from "./github";
import { heldAs, heldResources } from "./held";
import type { Repository } from "./repository";

interface EnvironmentAnswer {
  readonly name: string;
  readonly deployment_branch_policy: { readonly custom_branch_policies: boolean } | null;
}

interface PoliciesAnswer {
  readonly branch_policies: ReadonlyArray<{ readonly name: string; readonly type?: string }>;
}

const TYPE = "github:index/repositoryEnvironment:RepositoryEnvironment";
const POLICY =
  "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy";

/** Branches and tags that may deploy. */
interface Refs {
  readonly branches: readonly string[];
  readonly tags: readonly string[];
}

/** Whether this stack made the environment. */
export async function holdsEnvironment(
  { id: repositoryId }: Repository,
  environment: string,
  at: string,
): Promise<boolean> {
  const held = await heldResources();
  if (!held) {
    refuse("The environment cannot be used", [
      {
        path: at,
        given: true,
        allowed: "false, as this engine does not say what the stack's state holds",
        remedy: "whose environment it is cannot be told: take another name, without `adopt`",
      },
    ]);
  }
  return heldAs(held ?? {}, TYPE, { repositoryId, environment }).length > 0;
}

/**
 * Checks an environment that this stack made, where it did: a policy that somebody added to it would
 * let another ref sign, and no resource of the stack would ever show it.
 */
export async function checkOwnEnvironment(
  repository: Repository,
  environment: string,
  refs: Refs,
  at: string,
): Promise<void> {
  const held = (await heldResources()) ?? {};
  const own = { repositoryId: repository.id, environment };
  if (heldAs(held, TYPE, own).length === 0) return;
  const known = heldAs(held, POLICY, own).map((urn) => {
    const { branchPattern, tagPattern } = held[urn] ?? {};
    return tagPattern ? `tag ${tagPattern}` : `branch ${branchPattern}`;
  });
  const declared = named(refs);
  const added = (await admittedTo(repository, environment)).filter(
    (it) => !declared.includes(it) && !known.includes(it),
  );
  refuse(
    "The environment lets in more than is declared",
    added.map((given) => ({
      path: at,
      given,
      allowed: `deployment policies of ${environment} for exactly ${declared.join(", ")}`,
      remedy: "somebody added it: delete it on GitHub, or declare it",
    })),
  );
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
  const base = path`repos/${repository.owner}/${repository.name}/environments/${environment}`;
  const found = await get<EnvironmentAnswer>(base, opts);
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
  if (!found?.deployment_branch_policy?.custom_branch_policies) {
    refusal(allowed, "choose `Selected branches and tags` in its settings on GitHub");
  }
  const admitted = await admittedTo(repository, environment, opts);
  if (admitted.join() !== declared.join()) {
    const now = admitted.join(", ") || "nothing";
    refusal(allowed, `it lets ${now}: change it on GitHub, or declare those`);
  }
}
