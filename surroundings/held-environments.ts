import type { GatedEnvironment } from "../components/deployment-environment";
import { narrower } from "../trust/ref-patterns";
import type { EnvironmentPlan } from "./environment-plan";
import { type Held, heldAs } from "./held";
import type { Repository } from "./repository";

export const ENVIRONMENT = "github:index/repositoryEnvironment:RepositoryEnvironment";
export const POLICY =
  "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy";

/**
 * An environment as this stack made it, so that keeping it changes nothing; but for refs that are not
 * to sign any more.
 */
export function heldEnvironments(
  held: Held,
  { id: repositoryId }: Repository,
  environment: string,
  wanted: { readonly branches: readonly string[]; readonly tags: readonly string[] },
): GatedEnvironment[] {
  const outputs = (type: string) =>
    heldAs(held, type, { repositoryId, environment }).map((urn) => held[urn] ?? {});
  const patterns = (key: string, also: readonly string[]) =>
    outputs(POLICY)
      .flatMap((it) => (it[key] as string) || [])
      .filter((pattern) => also.some((it) => narrower(it, pattern)));
  return outputs(ENVIRONMENT).map((it) => ({
    environment: planOf(environment, it),
    branches: patterns("branchPattern", wanted.branches),
    tags: patterns("tagPattern", wanted.tags),
  }));
}

function planOf(name: string, outputs: Held[string]): EnvironmentPlan {
  type Reviewers = { readonly users?: number[]; readonly teams?: number[] };
  const [reviewers] = (outputs.reviewers ?? []) as readonly Reviewers[];
  return {
    name,
    create: true,
    reviewers: { users: reviewers?.users ?? [], teams: reviewers?.teams ?? [] },
    preventSelfReview: outputs.preventSelfReview === true,
    waitMinutes: (outputs.waitTimer as number | undefined) || undefined,
    adminsCanBypass: outputs.canAdminsBypass === false ? false : undefined,
  };
}
