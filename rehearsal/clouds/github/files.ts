import { Exclusive } from "../exclusive";
import { CloudError, type ResourceType } from "../table";
import type { Properties } from "../wire";
import { blobSha } from "./history";
import type { Repository } from "./model";
import { idPart, idParts, refPath } from "./requests";
import { commitFault } from "./rules/commits";
import { type GitHubState, notFound } from "./state";

/** First words of the provider's commit messages, and the method of its request. */
const ACTS = {
  create: { word: "Add", method: "PUT" },
  update: { word: "Update", method: "PUT" },
  delete: { word: "Delete", method: "DELETE" },
} as const;

/**
 * Behavior and texts: https://github.com/integrations/terraform-provider-github (v6.13.0),
 * github/resource_github_repository_file.go.
 */
export function repositoryFile(github: GitHubState): ResourceType {
  const exclusive = new Exclusive();
  const place = (inputs: Properties) => {
    const { repository, branch, file } = inputs as Record<string, string>;
    const found = github.repository(repository as string);
    return { found, branch: branch ?? found.settings.defaultBranch, file: file as string };
  };
  const files = (repository: Repository, branch: string) => {
    const found = repository.branches.get(branch);
    if (!found) throw new CloudError("404", "unexpected status code: 404 Not Found");
    return found;
  };
  const commit = (
    inputs: Properties,
    act: keyof typeof ACTS,
    sha: unknown,
    change: (files: Map<string, string>) => void,
  ) => {
    const { found, branch, file } = place(inputs);
    const busy = () => new CloudError("409", `PUT ${file}: 409 is at a newer commit but expected`);
    return exclusive.write(`${found.settings.id}/${branch}`, busy, () => {
      const there = files(found, branch);
      const { word, method } = ACTS[act];
      const message = messageOf(inputs.commitMessage, word, file);
      const content = inputs.content as string;
      github.requests.send({
        method,
        path: `repos/${github.owner.login}/${inputs.repository}/contents/${refPath(file)}`,
        // The provider sends the content of a file that it deletes, too.
        body: {
          message,
          content: Buffer.from(content).toString("base64"),
          ...(sha !== undefined && { sha }),
          branch,
        },
      });
      const written = act === "delete" ? undefined : content;
      const why = commitFault(
        github,
        found,
        { branch, path: file, message, content: written },
        act,
      );
      if (why) throw new CloudError("409", `${method} contents/${file}: 409 ${why} []`);
      change(there);
      found.commits.push({ branch, path: file, message });
    });
  };
  const outputs = (inputs: Properties): Properties => {
    const { found, branch, file } = place(inputs);
    const content = found.branches.get(branch)?.get(file) ?? "";
    return {
      branch,
      ref: `refs/heads/${branch}`,
      sha: blobSha(content),
      commitSha: blobSha(`${content}#${found.commits.length}`),
      repositoryId: found.settings.id,
    };
  };
  const id = (inputs: Properties) => {
    const { branch } = place(inputs);
    return `${inputs.repository}:${idPart(inputs.file as string)}:${branch}`;
  };

  return {
    token: "github:index/repositoryFile:RepositoryFile",
    required: ["repository", "file", "content"],
    optional: ["branch", "commitMessage", "overwriteOnCreate"],
    computed: ["branch", "ref", "sha", "commitSha", "repositoryId"],
    replaceOn: ["file", "branch"],
    replaces: (before, news) => github.otherRepository(before, news),
    async create(inputs) {
      const { found, branch, file } = place(inputs);
      const there = found.branches.get(branch)?.get(file);
      if (there !== undefined && inputs.overwriteOnCreate !== true) {
        throw new Error(
          "refusing to overwrite existing file: configure `overwrite_on_create` to `true` to override",
        );
      }
      const sha = there === undefined ? undefined : blobSha(there);
      await commit(inputs, "create", sha, (branch) => branch.set(file, inputs.content as string));
      return { id: id(inputs), outputs: outputs(inputs) };
    },
    identified(id) {
      const [repository, file, branch] = idParts(id);
      // The provider reads the message of the last commit, and never sets `overwriteOnCreate`.
      return { repository, file, branch, commitMessage: "theirs", overwriteOnCreate: false };
    },
    read(found, inputs) {
      if (!github.find(inputs.repository as string)) return undefined;
      const at = place(inputs);
      const content = at.found.branches.get(at.branch)?.get(at.file);
      if (content === undefined) return undefined;
      return { id: found, inputs: { content }, outputs: outputs(inputs) };
    },
    async update(_, inputs, before) {
      await commit(inputs, "update", before.sha, (branch) => {
        const file = inputs.file as string;
        const content = branch.get(file);
        if (content === undefined || blobSha(content) !== before.sha) {
          throw new CloudError("409", `PUT contents/${file}: 409 ${file} does not match SHA []`);
        }
        branch.set(file, inputs.content as string);
      });
      return { id: id(inputs), outputs: outputs(inputs) };
    },
    async delete(_, before) {
      await commit(before, "delete", before.sha, (branch) => {
        const file = before.file as string;
        if (!branch.delete(file)) throw notFound(`DELETE contents/${file}`);
      });
    },
  };
}

/** The provider changes its own message of a new file, and keeps a declared one. */
function messageOf(declared: unknown, word: string, file: string): string {
  const standard = declared === undefined || declared === `Add ${file}`;
  return standard ? `${word} ${file}` : (declared as string);
}
