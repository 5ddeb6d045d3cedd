import type { ProviderTable, ResourceType } from "../table";
import { branch } from "./branches";
import { deploymentPolicy } from "./deployment-policies";
import { repositoryEnvironment } from "./environments";
import { repositoryFile } from "./files";
import { organizationValues } from "./organization-values";
import { repositoryPullRequest } from "./pull-requests";
import { restApi } from "./rest";
import type { GitHubState } from "./state";
import { subjectTemplate } from "./subject-template";
import { values } from "./values";

/** The embedded github. A further type or function is one entry. */
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
    ].map(readAlone),
    functions: [restApi(github)],
  };
}

/** A read asks for the thing alone: the repository's id stays as the state has it (github.md, 3.5). */
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
