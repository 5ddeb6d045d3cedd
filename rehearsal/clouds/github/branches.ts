import { CloudError, type ResourceType } from "../table";
import type { Properties } from "../wire";
import { branchOff, dropBranch, headSha } from "./history";
import { refPath } from "./requests";
import { creationFault, deletionFault } from "./rules/refs";
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
      const path = `repos/${wanted}/git/refs`;
      const sha = headSha(repository, source.replace("refs/heads/", ""));
      github.requests.send({ method: "POST", path, body: { ref: `refs/heads/${name}`, sha } });
      // The provider adopts an existing branch as it is: GitHub's "Reference already exists".
      if (!repository.branches.has(name)) {
        const fault = creationFault(github, repository, name);
        if (fault) {
          const what = `error creating GitHub branch reference ${wanted} (refs/heads/${name})`;
          throw new CloudError("422", `${what}: POST git/refs: 422 ${fault} []`);
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
      const path = `repos/${github.owner.login}/${before.repository}/git/refs/heads/${refPath(name)}`;
      github.requests.send({ method: "DELETE", path });
      const why = deletionFault(github, repository, name);
      if (why) throw new CloudError("422", `DELETE git/refs/heads/${name}: 422 ${why} []`);
      dropBranch(repository, name);
    },
  };
}
