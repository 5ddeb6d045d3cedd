import { CloudError, type ResourceType } from "../table";
import type { Properties } from "../wire";
import { branchOff, dropBranch, headSha } from "./history";
import { isProtected, restricted } from "./rules";
import type { GitHubState } from "./state";

/**
 * Behavior and texts: https://github.com/integrations/terraform-provider-github (v6.13.0),
 * github/resource_github_branch.go.
 */
export function branch(github: GitHubState): ResourceType {
  const outputs = (inputs: Properties): Properties => {
    const name = inputs.branch as string;
    return {
      ref: `refs/heads/${name}`,
      sha: headSha(github.repository(inputs.repository as string), name),
      sourceBranch: inputs.sourceBranch ?? "main",
    };
  };
  return {
    token: "github:index/branch:Branch",
    required: ["repository", "branch"],
    optional: ["sourceBranch"],
    computed: ["ref", "sha"],
    // The provider renames a branch in place. `update` refuses that.
    replaceOn: ["repository", "sourceBranch"],
    create(inputs) {
      const name = inputs.branch as string;
      const wanted = `${github.owner.login}/${inputs.repository}`;
      // The provider reads the source's commit first. The error names it, even if the repository
      // does not exist.
      const repository = github.find(inputs.repository as string);
      const source = `refs/heads/${inputs.sourceBranch ?? "main"}`;
      const files = repository?.branches.get(source.replace("refs/heads/", ""));
      if (!repository || !files) {
        const what = `error querying GitHub branch reference ${wanted} (${source})`;
        const get = `GET repos/${wanted}/git/ref/heads/${source.replace("refs/heads/", "")}`;
        throw new CloudError("404", `${what}: ${get}: 404 Not Found []`);
      }
      // The provider adopts an existing branch as it is.
      if (!repository.branches.has(name)) {
        if (restricted(github, repository, name, "creation")) {
          const what = `error creating GitHub branch reference ${wanted} (refs/heads/${name})`;
          const why = "Cannot create ref due to creations being restricted.";
          throw new CloudError("422", `${what}: POST git/refs: 422 ${why} []`);
        }
        const inTheWay = [...repository.branches.keys()].some(
          (it) => name.startsWith(`${it}/`) || it.startsWith(`${name}/`),
        );
        // A rule of git. The text is not GitHub's.
        if (inTheWay) throw new CloudError("422", "POST git/refs: 422 Reference cannot be made []");
        branchOff(repository, name, files);
      }
      return { id: `${inputs.repository}:${name}`, outputs: outputs(inputs) };
    },
    read(id, inputs) {
      const there = github.find(inputs.repository as string)?.branches;
      return there?.has(inputs.branch as string) ? { id, outputs: outputs(inputs) } : undefined;
    },
    update(id, inputs, before) {
      if (inputs.branch !== before.branch) {
        throw new Error("the embedded github does not serve the renaming of a branch");
      }
      return { id, outputs: outputs(inputs) };
    },
    delete(_, before) {
      const repository = github.repository(before.repository as string);
      const name = before.branch as string;
      const why = deletionFault(github, before);
      if (why) throw new CloudError("422", `DELETE git/refs/heads/${name}: 422 ${why} []`);
      dropBranch(repository, name);
    },
  };
}

/** Why a branch cannot be deleted. Only the first text is GitHub's. */
function deletionFault(github: GitHubState, before: Properties): string | undefined {
  const repository = github.repository(before.repository as string);
  const name = before.branch as string;
  if (!repository.branches.has(name)) return "Reference does not exist";
  if (name === repository.settings.defaultBranch) return "Cannot delete the default branch";
  const held =
    isProtected(github, repository, name) || restricted(github, repository, name, "deletion");
  return held ? "Cannot delete this protected branch" : undefined;
}
