import { refuse } from "../configuration/problems";
import type { PipelineConfiguration } from "../configuration/schema";
import { rulesAgainstCommits } from "./branch-rules";
import type { Repository } from "./repository";

/**
 * How files get to the default branch.
 *
 * @throws ProblemsError where they shall be committed and a rule forbids it.
 */
export async function commitMode(
  repository: Repository,
  wanted: PipelineConfiguration["commit"],
  at: string,
): Promise<"direct" | "propose"> {
  if (wanted === "pull-request") return "propose";
  const rules = await rulesAgainstCommits(repository);
  if (rules.length === 0) return "direct";
  if (wanted === "direct") {
    const { owner, name, defaultBranch } = repository;
    const allowed = `auto or pull-request, as commits to ${defaultBranch} of ${owner}/${name} are forbidden by ${rules.join(", and by ")}`;
    const remedy = "leave it out, or let the token bypass the rule";
    refuse("The files cannot be committed", [
      { path: `${at}.commit`, given: wanted, allowed, remedy },
    ]);
  }
  return "propose";
}
