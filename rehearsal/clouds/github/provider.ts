import type { ProviderTable } from "../table";
import { deploymentPolicy, repositoryEnvironment } from "./environments";
import { repositoryFile } from "./files";
import { restApi } from "./rest";
import type { GitHubState } from "./state";
import { values } from "./values";

/** The embedded github. A further type or function is one entry. */
export function githubProvider(github: GitHubState): ProviderTable {
  return {
    name: "github",
    version: "6.15.0",
    resources: [
      ...values(github),
      repositoryEnvironment(github),
      deploymentPolicy(github),
      repositoryFile(github),
    ],
    functions: [restApi(github)],
  };
}
