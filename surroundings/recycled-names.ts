import type { Problem } from "../configuration/problems";
import { type Held, hasValues, nameOf } from "./held";
import type { PipelinePlan } from "./pipeline";

/**
 * A repository that only has the name of one in which this stack's resources are. It would inherit
 * their trust; and they are written and deleted by that name.
 */
export function recycledProblems(
  plans: readonly Pick<PipelinePlan, "name" | "repository">[],
  held: Held,
): Problem[] {
  const keys = plans.map((it) => it.name);
  return plans.flatMap(({ name, repository: { owner, name: repository, id } }) => {
    const astray = Object.entries(held)
      .filter(([, it]) => hasValues(it, { repository }))
      .map(([urn, { repositoryId }]) => ({ called: nameOf(urn), of: Number(repositoryId ?? id) }))
      .filter(({ of }) => of !== id)
      // One that another pipeline names otherwise by now was only renamed.
      .filter(
        ({ called, of }) =>
          ownerOf(called, keys) === name || !plans.some((it) => it.repository.id === of),
      );
    const [first] = astray;
    if (!first) return [];
    const names = astray.map(({ called }) => called).sort();
    const allowed = `the repository that this stack's resources are in, which has the id ${first.of}`;
    const remedy = `this one has ${id} and only its name: set \`repository\` to what the other is called now; if that is gone, delete from this one, on GitHub, what it has of ${names.join(", ")}, run \`pulumi refresh\`, then \`pulumi up\``;
    const path = `countersign:pipelines.${name}.repository`;
    return [{ path, given: `${owner}/${repository}`, allowed, remedy }];
  });
}

/** The pipeline whose resource it is. A key may begin with another one. */
function ownerOf(called: string, keys: readonly string[]): string | undefined {
  const parts = "environment|files|ids|proposal|subjects";
  const [longest] = keys
    .filter((key) => new RegExp(`^${key}-(?:${parts})-`).test(called))
    .sort((one, other) => other.length - one.length);
  return longest;
}
