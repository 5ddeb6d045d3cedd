import { refuse } from "../configuration/problems";
import type { PipelineConfiguration } from "../configuration/schema";
import { covers } from "../trust/ref-patterns";
import { rulesAgainstBranch, rulesAgainstCommits } from "./branch-rules";
import { isBranch } from "./github";
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
    const remedy =
      "leave it out; or let the token bypass the ruleset (of a protection, who may is not read)";
    refuse("The files cannot be committed", [
      { path: `${at}.commit`, given: wanted, allowed, remedy },
    ]);
  }
  return "propose";
}

/**
 * Checks that a branch of ours can be made, and that nothing signs from it before the merge.
 *
 * @throws ProblemsError naming the rules, or the pattern.
 */
export async function checkProposal(
  repository: Repository,
  branch: string,
  { commit, branches }: Pick<PipelineConfiguration, "commit"> & { branches: readonly string[] },
  at: string,
): Promise<void> {
  const { owner, name } = repository;
  const [rules, inTheWay] = await Promise.all([
    rulesAgainstBranch(repository, branch),
    isBranch(owner, name, FOLDER),
  ]);
  const covering = branches.filter((pattern) => covers(pattern, branch));
  refuse("The files cannot be proposed", [
    ...(inTheWay
      ? [
          {
            path: `${at}.commit`,
            given: commit,
            allowed: `a repository without a branch ${FOLDER}: beside it git has no \`${FOLDER}/…\`, from where files are proposed`,
            remedy: "rename that branch",
          },
        ]
      : []),
    ...(rules.length === 0
      ? []
      : [
          {
            path: `${at}.commit`,
            given: commit,
            allowed: `rules that leave branches \`countersign/…\` alone, on which the files are proposed; ${branch} is under ${rules.join(", and under ")}`,
            remedy: "exclude `countersign/**` from it, or let the token bypass it",
          },
        ]),
    ...covering.map((given) => ({
      path: `${at}.branches`,
      given,
      allowed: "patterns that leave out `countersign/…`, from where files are proposed",
      remedy: "narrow it: what is proposed would sign before its merge",
    })),
  ]);
}

const FOLDER = "countersign";
