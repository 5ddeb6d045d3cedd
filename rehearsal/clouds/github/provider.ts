import { BRIDGED } from "../operations";
import type { ProviderTable, ResourceType } from "../table";
import { branch } from "./branches";
import { CONFIGURATION, sendsInParallel } from "./configuration";
import { deploymentPolicy } from "./deployment-policies";
import { repositoryEnvironment } from "./environments";
import { repositoryFile } from "./files";
import { organizationValues } from "./organization-values";
import { repositoryPullRequest } from "./pull-requests";
import { previewed, repository } from "./repository/resource";
import { restApi } from "./rest/api";
import type { GitHubState } from "./state";
import { subjectTemplate } from "./subject-template";
import { values } from "./values";

/** The embedded github. To serve another type or function, add an entry. */
export function githubProvider(github: GitHubState): ProviderTable {
  return {
    name: "github",
    version: "6.15.0",
    echoes: true,
    resources: [
      ...values(github),
      ...organizationValues(github),
      repositoryEnvironment(github),
      deploymentPolicy(github),
      repositoryFile(github),
      branch(github),
      repositoryPullRequest(github),
      subjectTemplate(github),
      repository(github),
    ].map(readAlone),
    functions: [restApi(github)],
    configuration: CONFIGURATION,
    parallel: sendsInParallel,
    rules: {
      ...BRIDGED,
      foreseen: (computed, inputs, before) =>
        previewed(BRIDGED.foreseen(computed, inputs, before), inputs, before),
    },
  };
}

/** A refresh does not read the repository. Its id stays as it is in the state. */
function readAlone(type: ResourceType): ResourceType {
  return {
    ...type,
    read(id, inputs, before) {
      const { repositoryId } = before;
      const seen = type.read(id, inputs, before);
      if (!seen || repositoryId === undefined) return seen;
      return { ...seen, outputs: { ...seen.outputs, repositoryId } };
    },
  };
}
