import type { Problem } from "../configuration/problems";
import { type Held, hasValues } from "./held";
import type { PipelinePlan } from "./pipeline";

/**
 * A repository that only has the name of one in which this stack's resources are. It would inherit
 * their trust; and they are written and deleted by that name.
 */
export function recycledProblems(
  plans: readonly Pick<PipelinePlan, "name" | "repository">[],
  held: Held,
): Problem[] {
  return plans.flatMap(({ name, repository: { owner, name: repository, id } }) => {
    const here = Object.values(held).filter((it) => hasValues(it, { repository }));
    const ids = here.flatMap(({ repositoryId }) => (repositoryId ? [Number(repositoryId)] : []));
    // One that a pipeline names otherwise by now was only renamed.
    const gone = ids.find((it) => it !== id && !plans.some((plan) => plan.repository.id === it));
    if (gone === undefined) return [];
    const allowed = `the repository that this stack's resources are in, which has the id ${gone}`;
    const remedy = `this one has ${id} and only its name: set \`repository\` to what the other is called now; if that is gone, run \`pulumi refresh\`, then \`pulumi up\``;
    const path = `countersign:pipelines.${name}.repository`;
    return [{ path, given: `${owner}/${repository}`, allowed, remedy }];
  });
}
