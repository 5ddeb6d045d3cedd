import { CloudError, type ResourceType } from "../table";
import type { Properties } from "../wire";
import {
  protectionFault,
  reviewersOf,
  seenProtection,
  unpaid,
  wantedProtection,
} from "./protection";
import { escaped, idPart } from "./requests";
import { type GitHubState, notFound, PAID } from "./state";

/**
 * Behavior and texts: https://github.com/integrations/terraform-provider-github (v6.13.0),
 * github/resource_github_repository_environment.go, as observed with 6.15.0.
 */
export function repositoryEnvironment(github: GitHubState): ResourceType {
  const put = (inputs: Properties, body: object) => {
    const repository = github.repository(inputs.repository as string);
    const name = inputs.environment as string;
    github.requests.send({
      method: "PUT",
      path: `repos/${github.owner.login}/${inputs.repository}/environments/${escaped(name)}`,
      body,
    });
    // https://github.com/google/go-github v88.0.0, github/repos_environments.go says so.
    if (github.withheld(repository, PAID)) throw notFound(`PUT environments/${name}`);
    const protection = wantedProtection(github, inputs);
    const why =
      nameFault(name) ??
      policyFault(inputs) ??
      ("fault" in protection ? protection.fault : unpaid(github, repository, protection));
    if ("fault" in protection || why) {
      throw new CloudError("422", `PUT environments/${name}: 422 ${why} []`);
    }
    const before = repository.environments.get(name.toLowerCase());
    const custom = branchPolicy(inputs)?.customBranchPolicies === true;
    // A PUT clears everything that it does not set. An existing environment loses its protection.
    repository.environments.set(name.toLowerCase(), {
      name: before?.name ?? name,
      ...protection,
      policies: custom ? (before?.policies ?? []) : undefined,
      secrets: before?.secrets ?? new Map(),
      variables: before?.variables ?? new Map(),
    });
    return {
      id: `${inputs.repository}:${idPart(name)}`,
      outputs: { repositoryId: repository.settings.id },
    };
  };
  /**
   * After a 422, the provider tries again without all protection, if there are no reviewers and no
   * timer: go-github v88.0.0, github/repos_environments.go (`createNewEnvNoEnterprise`).
   */
  const putOrLess = (inputs: Properties) => {
    try {
      return put(inputs, bodyOf(inputs));
    } catch (failure) {
      const refused = failure instanceof CloudError && failure.code === "422";
      if (!refused || reviewersOf(inputs).length > 0 || inputs.waitTimer) throw failure;
      const { repository, environment, deploymentBranchPolicy } = inputs;
      const less = { repository, environment, deploymentBranchPolicy };
      return put(less, { deployment_branch_policy: deploymentOf(inputs) });
    }
  };
  return {
    token: "github:index/repositoryEnvironment:RepositoryEnvironment",
    required: ["repository", "environment"],
    optional: [
      "deploymentBranchPolicy",
      "waitTimer",
      "canAdminsBypass",
      "preventSelfReview",
      "reviewers",
    ],
    computed: ["repositoryId"],
    replaceOn: ["environment"],
    replaces: (before, news) => github.otherRepository(before, news),
    check(inputs) {
      const unserved = branchPolicy(inputs)?.protectedBranches === true;
      if (unserved) return { fault: "the embedded github does not serve protectedBranches" };
      const fault = protectionFault(inputs);
      return fault ? { fault } : {};
    },
    create: putOrLess,
    update: (_, inputs) => putOrLess(inputs),
    read(id, inputs) {
      const repository = github.find(inputs.repository as string);
      const found = repository?.environments.get((inputs.environment as string).toLowerCase());
      if (!repository || !found) return undefined;
      const policy = { protectedBranches: false, customBranchPolicies: true };
      const deploymentBranchPolicy = found.policies ? policy : undefined;
      return {
        id,
        inputs: { deploymentBranchPolicy, ...seenProtection(github, found, inputs) },
        outputs: { repositoryId: repository.settings.id },
      };
    },
    delete(_, before) {
      // An environment that no longer exists counts as deleted
      // (https://github.com/integrations/terraform-provider-github/pull/3132).
      const repository = github.repository(before.repository as string);
      const path = `environments/${escaped(before.environment as string)}`;
      github.requests.send({
        method: "DELETE",
        path: `repos/${github.owner.login}/${before.repository}/${path}`,
      });
      repository.environments.delete((before.environment as string).toLowerCase());
    },
  };
}

function branchPolicy(inputs: Properties) {
  return inputs.deploymentBranchPolicy as
    | { readonly protectedBranches: boolean; readonly customBranchPolicies: boolean }
    | undefined;
}

function deploymentOf(inputs: Properties): object | null {
  const policy = branchPolicy(inputs);
  if (!policy) return null;
  const { protectedBranches, customBranchPolicies } = policy;
  return { protected_branches: protectedBranches, custom_branch_policies: customBranchPolicies };
}

/** What the provider sends: the schema of go-github's `CreateUpdateEnvironment`. */
function bodyOf(inputs: Properties): object {
  const reviewers = reviewersOf(inputs);
  return {
    wait_timer: inputs.waitTimer ?? 0,
    reviewers: reviewers.length > 0 ? reviewers : null,
    can_admins_bypass: inputs.canAdminsBypass !== false,
    deployment_branch_policy: deploymentOf(inputs),
    prevent_self_review: inputs.preventSelfReview === true,
  };
}

function policyFault(inputs: Properties): string | undefined {
  const policy = branchPolicy(inputs);
  const same = policy && policy.protectedBranches === policy.customBranchPolicies;
  return same ? "both branch policies are the same" : undefined;
}

/**
 * The longest name: https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments.
 * The texts are not GitHub's. Which characters it refuses is not documented (u).
 */
function nameFault(name: string): string | undefined {
  if (name.trim() === "") return "the name is empty";
  return name.length > 255 ? "the name has more than 255 characters" : undefined;
}
