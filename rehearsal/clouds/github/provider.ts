import type { ProviderTable } from "../table";
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
    ],
    functions: [restApi(github)],
  };
}
