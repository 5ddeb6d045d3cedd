import { CloudError, type ResourceType } from "../table";
import type { Properties } from "../wire";
import { protectionFault, seenProtection, unpaid, wantedProtection } from "./protection";
import { type GitHubState, PAID } from "./state";

/**
 * Behavior and texts: https://github.com/integrations/terraform-provider-github (v6.13.0),
 * github/resource_github_repository_environment.go, as observed with 6.15.0.
 */
export function repositoryEnvironment(github: GitHubState): ResourceType {
  const put = (inputs: Properties) => {
    const repository = github.repository(inputs.repository as string);
    const name = inputs.environment as string;
    const refused = (why: string) =>
      new CloudError("422", `PUT environments/${name}: 422 ${why} []`);
    if (github.withheld(repository, PAID)) throw refused("the billing plan has none");
    const policy = branchPolicy(inputs);
    if (policy && policy.protectedBranches === policy.customBranchPolicies) {
      throw refused("both branch policies are the same");
    }
    const protection = wantedProtection(github, inputs);
    if ("fault" in protection) throw refused(protection.fault);
    const lacking = unpaid(github, repository, protection);
    if (lacking) throw refused(lacking);
    const before = repository.environments.get(name.toLowerCase());
    const custom = policy?.customBranchPolicies === true;
    // A PUT clears everything that it does not set. An existing environment loses its protection.
    repository.environments.set(name.toLowerCase(), {
      name: before?.name ?? name,
      ...protection,
      policies: custom ? (before?.policies ?? []) : undefined,
      secrets: before?.secrets ?? new Map(),
      variables: before?.variables ?? new Map(),
    });
    return {
      id: `${inputs.repository}:${name}`,
      outputs: { repositoryId: repository.settings.id },
    };
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
    create: put,
    update: (_, inputs) => put(inputs),
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
      repository.environments.delete((before.environment as string).toLowerCase());
    },
  };
}

function branchPolicy(inputs: Properties) {
  return inputs.deploymentBranchPolicy as
    | { readonly protectedBranches: boolean; readonly customBranchPolicies: boolean }
    | undefined;
}
