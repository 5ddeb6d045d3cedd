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

/** Whether this stack made the environment. */
export async function holdsEnvironment(
  { name: repository }: Repository,
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
  return heldAs(held ?? {}, TYPE, { repository, environment }).length > 0;
}

/**
 * Checks an environment that is used as it is: it must exist, and let exactly the declared
 * branches and tags deploy. Any other ref that it lets in could sign; any it keeps out could not.
 */
export async function checkAdoptedEnvironment(
  repository: Repository,
  environment: string,
  refs: { readonly branches: readonly string[]; readonly tags: readonly string[] },
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
  const declared = [
    ...refs.branches.map((name) => `branch ${name}`),
    ...refs.tags.map((name) => `tag ${name}`),
  ].sort();
  const allowed = `one that lets deploy exactly ${declared.join(", ")}`;
  if (!found?.deployment_branch_policy?.custom_branch_policies) {
    refusal(allowed, "choose `Selected branches and tags` in its settings on GitHub");
  }
  const policies = await get<PoliciesAnswer>(
    `${base}/deployment-branch-policies?per_page=100`,
    opts,
  );
  const admitted = (policies?.branch_policies ?? [])
    .map(({ name, type }) => `${type ?? "branch"} ${name}`)
    .sort();
  if (admitted.join() !== declared.join()) {
    const now = admitted.join(", ") || "nothing";
    refusal(allowed, `it lets ${now}: change it on GitHub, or declare those`);
  }
}
