import type { StackConfiguration } from "../config";
import { type Problem, refuse } from "../configuration/problems";
import { get, isBranch, path } from "./github";
import type { Held } from "./held";
import { heldProposals, proposingPipelines } from "./held-files";

/**
 * Checks that pipelines which the configuration has lost can go: not with a proposal whose branch is
 * gone already, as the provider fails to delete it once more, halfway through (github.md, 5).
 *
 * @throws ProblemsError naming those branches.
 */
export async function checkRemovals(
  { owner, pipelines }: Pick<StackConfiguration, "owner" | "pipelines">,
  held: Held,
): Promise<void> {
  const removed = proposingPipelines(held).filter((name) => !Object.hasOwn(pipelines, name));
  const found = await Promise.all(removed.map((name) => goneBranches(owner, name, held)));
  refuse("A pipeline cannot be removed", found.flat());
}

async function goneBranches(owner: string, name: string, held: Held): Promise<Problem[]> {
  const branches = heldProposals(held, name)
    .filter(({ released }) => !released)
    .flatMap(({ branch }) => (branch ? [branch] : []));
  const problems = branches.map(async ({ repository = "", branch = "" }) => {
    const whole = path`repos/${owner}/${repository}`;
    if (await isBranch(owner, repository, branch)) return [];
    const isGone = !(await get(whole));
    const lost = isGone ? `${owner}/${repository}` : `branch ${branch} of ${owner}/${repository}`;
    const allowed = `a pipeline whose proposals the state knows: ${lost} is gone`;
    const remedy = isGone
      ? "take what was in it out of the state: `pulumi state delete URN`, for each URN of `pulumi stack --show-urns`"
      : "run `pulumi refresh`, then `pulumi up`";
    return [{ path: `countersign:pipelines.${name}`, given: undefined, allowed, remedy }];
  });
  return (await Promise.all(problems)).flat();
}
