import { CloudError, type ResourceType } from "../table";
import type { Properties } from "../wire";
import { escaped, idPart } from "./requests";
import { type DeploymentPolicy, type Environment, type GitHubState, notFound } from "./state";

/**
 * Behavior and texts: https://github.com/integrations/terraform-provider-github (v6.13.0),
 * github/resource_github_repository_environment_deployment_policy.go.
 */
export function deploymentPolicy(github: GitHubState): ResourceType {
  const environment = (inputs: Properties): Environment => {
    const { environments } = github.repository(inputs.repository as string);
    const found = environments.get((inputs.environment as string).toLowerCase());
    if (!found?.policies) {
      throw notFound(`POST environments/${inputs.environment}/deployment-branch-policies`);
    }
    return found;
  };
  const wanted = (inputs: Properties): Omit<DeploymentPolicy, "id"> =>
    inputs.tagPattern === undefined
      ? { name: inputs.branchPattern as string, type: "branch" }
      : { name: inputs.tagPattern as string, type: "tag" };
  const find = (inputs: Properties, id: string) =>
    environment(inputs).policies?.find((policy) => String(policy.id) === id.split(":").at(-1));
  const at = ({ repository, environment: name }: Properties, id?: number) => {
    const policies = `environments/${escaped(name as string)}/deployment-branch-policies`;
    const path = `repos/${github.owner.login}/${repository}/${policies}`;
    return id === undefined ? path : `${path}/${id}`;
  };
  const outputs = (inputs: Properties, policyId: number): Properties => ({
    policyId,
    repositoryId: github.repository(inputs.repository as string).settings.id,
  });
  return {
    token:
      "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy",
    required: ["repository", "environment"],
    optional: ["branchPattern", "tagPattern"],
    computed: ["policyId", "repositoryId"],
    replaceOn: ["environment"],
    replaces: (before, news) => [
      ...github.otherRepository(before, news),
      ...(wanted(before).type === wanted(news).type ? [] : ["branchPattern", "tagPattern"]),
    ],
    check({ branchPattern, tagPattern }) {
      const both = (branchPattern === undefined) === (tagPattern === undefined);
      return both ? { fault: "exactly one of branchPattern, tagPattern must be given" } : {};
    },
    create(inputs) {
      const policies = environment(inputs).policies as DeploymentPolicy[];
      const { name, type } = wanted(inputs);
      github.requests.send({ method: "POST", path: at(inputs), body: { name, type } });
      if (policies.some((policy) => policy.name === name && policy.type === type)) {
        // The description has this code. The text is that of go-github v88.0.0 without the header
        // `Location`. If GitHub sends that header, the provider takes the policy over instead (u).
        throw new CloudError("303", "POST deployment-branch-policies: 303 location ");
      }
      const id = Math.max(0, ...policies.map((policy) => policy.id)) + 1;
      policies.push({ id, name, type });
      return {
        id: `${inputs.repository}:${idPart(inputs.environment as string)}:${id}`,
        outputs: outputs(inputs, id),
      };
    },
    read(id, inputs) {
      const repository = github.find(inputs.repository as string);
      const found = repository?.environments.get((inputs.environment as string).toLowerCase());
      const policy = found?.policies?.find((it) => String(it.id) === id.split(":").at(-1));
      if (!policy) return undefined;
      const pattern = policy.type === "tag" ? "tagPattern" : "branchPattern";
      return { id, inputs: { [pattern]: policy.name }, outputs: outputs(inputs, policy.id) };
    },
    update(id, inputs) {
      const policy = find(inputs, id);
      if (!policy) throw notFound(`PUT deployment-branch-policies/${id}`);
      const { name } = wanted(inputs);
      github.requests.send({ method: "PUT", path: at(inputs, policy.id), body: { name } });
      policy.name = name;
      return { id, outputs: outputs(inputs, policy.id) };
    },
    delete(id, before) {
      const found = environment(before);
      const policy = find(before, id);
      if (!policy) throw notFound(`DELETE deployment-branch-policies/${id}`);
      github.requests.send({ method: "DELETE", path: at(before, policy.id) });
      found.policies = found.policies?.filter((it) => it !== policy);
    },
  };
}
