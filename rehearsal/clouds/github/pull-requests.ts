import { CloudError, type ResourceType } from "../table";
import type { Properties } from "../wire";
import { changesOf, headSha } from "./history";
import type { PullRequest, Repository } from "./model";
import type { GitHubState } from "./state";

/**
 * Behavior and texts: https://github.com/integrations/terraform-provider-github (v6.13.0),
 * github/resource_github_repository_pull_request.go.
 */
export function repositoryPullRequest(github: GitHubState): ResourceType {
  const find = (id: string): { repository: Repository; pull: PullRequest } => {
    const [, name = "", number] = id.split(":");
    const pull = github.pullRequest(name, Number(number));
    return { repository: github.repository(name), pull };
  };
  const outputs = (repository: Repository, pull: PullRequest, before: Properties = {}) => ({
    number: pull.number,
    state: pull.state,
    // A pull request keeps the last commit of a deleted branch.
    headSha: headSha(repository, pull.head) ?? before.headSha,
    baseSha: headSha(repository, pull.base) ?? before.baseSha,
    draft: false,
  });
  const edit = (repository: string, number: number, body: object) =>
    github.requests.send({
      method: "PATCH",
      path: `repos/${github.owner.login}/${repository}/pulls/${number}`,
      body,
    });
  return {
    token: "github:index/repositoryPullRequest:RepositoryPullRequest",
    required: ["baseRepository", "baseRef", "headRef", "title"],
    optional: ["body", "maintainerCanModify"],
    computed: ["number", "state", "headSha", "baseSha", "draft"],
    replaceOn: ["baseRepository", "headRef"],
    create(inputs) {
      const repository = github.repository(inputs.baseRepository as string);
      const [head, base] = [inputs.headRef as string, inputs.baseRef as string];
      const { title, body = "" } = inputs as Record<string, string>;
      github.requests.send({
        method: "POST",
        path: `repos/${github.owner.login}/${inputs.baseRepository}/pulls`,
        body: { title, head, base, body, maintainer_can_modify: modifiable(inputs) },
      });
      const why = creationFault(github, repository, head, base);
      if (why) throw refused("POST pulls", why);
      const number = Math.max(0, ...repository.pullRequests.keys()) + 1;
      const pull: PullRequest = {
        number,
        title: title as string,
        body,
        head,
        base,
        state: "open",
        merged: false,
      };
      repository.pullRequests.set(number, pull);
      const id = `${github.owner.login}:${inputs.baseRepository}:${number}`;
      return { id, outputs: outputs(repository, pull) };
    },
    read(id, inputs, before) {
      // If the repository does not exist, a refresh fails. A merge is not drift.
      const { repository, pull } = find(id);
      const body = pull.body === (inputs.body ?? "") ? inputs.body : pull.body;
      return {
        id,
        inputs: { title: pull.title, body, baseRef: pull.base },
        outputs: outputs(repository, pull, before),
      };
    },
    update(id, inputs, before) {
      const { repository, pull } = find(id);
      const base = inputs.baseRef as string;
      const { title, body = "" } = inputs as Record<string, string>;
      edit(inputs.baseRepository as string, pull.number, {
        title,
        body,
        maintainer_can_modify: modifiable(inputs),
        ...(base !== before.baseRef && { base }),
      });
      if (base !== pull.base) {
        const why = baseFault(repository, pull, base);
        if (why) throw refused(`PATCH pulls/${pull.number}`, why);
      }
      Object.assign(pull, { title, body, base });
      return { id, outputs: outputs(repository, pull, before) };
    },
    delete(id, before) {
      // The provider closes it if the state says that it is open. It never merges it.
      if (before.state !== "open") return;
      const { pull } = find(id);
      edit(before.baseRepository as string, pull.number, { state: "closed" });
      pull.state = "closed";
    },
  };
}

function modifiable({ maintainerCanModify }: Properties): boolean {
  return maintainerCanModify === true;
}

function creationFault(
  github: GitHubState,
  repository: Repository,
  head: string,
  base: string,
): string | undefined {
  const { branches, pullRequests } = repository;
  if (!branches.has(head)) return "the head is not a branch";
  if (!branches.has(base)) return "the base is not a branch";
  const open = [...pullRequests.values()].some((it) => it.state === "open" && it.head === head);
  if (open) return `A pull request already exists for ${github.owner.login}:${head}.`;
  const same = head === base || changesOf(repository, head, base).size === 0;
  return same ? `No commits between ${base} and ${head}` : undefined;
}

function baseFault(repository: Repository, pull: PullRequest, base: string): string | undefined {
  if (pull.state !== "open") return "Cannot change the base branch of a closed pull request.";
  if (!repository.branches.has(base)) return "the base is not a branch";
  const same = base === pull.head || changesOf(repository, pull.head, base).size === 0;
  return same ? `No commits between ${base} and ${pull.head}` : undefined;
}

function refused(what: string, why: string): CloudError {
  return new CloudError("422", `${what}: 422 ${why} []`);
}
