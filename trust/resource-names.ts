/*
 * The names of the stack's resources in Pulumi. Nothing parses these names. They must not change,
 * because Pulumi would replace the resources of existing stacks. A name contains the environment,
 * registry, or profile that it belongs to, so that Pulumi creates a new one before it deletes the old.
 */

/** The registry, the Artifact Signing account, and the certificate profile that a stack creates. */
export const REGISTRY_NAME = "registry";
export const ACCOUNT_NAME = "signing-account";
export const PROFILE_NAME = "certificate-profile";

/** The component of a repository that a pipeline creates, and the repository itself. */
export const newRepositoryName = (pipeline: string) => `${pipeline}-new`;
export const repositoryResourceName = (pipeline: string) =>
  `${newRepositoryName(pipeline)}-repository`;
/** A file of its first commits. */
export const starterName = (pipeline: string, path: string) =>
  `${newRepositoryName(pipeline)}-file-${path}`;

/** The component of a pipeline's environments. */
export const environmentsName = (pipeline: string) => `${pipeline}-environment`;
/** One environment. */
export const environmentName = (pipeline: string, environment: string) =>
  `${environmentsName(pipeline)}-${environment}`;
/** One deployment policy of an environment. */
export const policyName = (environment: string, kind: "branch" | "tag", pattern: string) =>
  `${environment}-${kind}-${pattern}`;

/** The identity with this key that a pipeline or a shared identity declares. */
export const identityName = (owner: string, key: string) => `${owner}-${key}`;
/** The application of an identity. */
export const applicationName = (identity: string) => `${identity}-application`;
/** One owner of an application, by object ID. */
export const applicationOwnerName = (identity: string, owner: string) =>
  `${identity}-owner-${owner}`;
/** The service principal of an application. */
export const servicePrincipalName = (identity: string) => `${identity}-principal`;
/** The part of a name that identifies a shared identity, as `identityKey` does for the others. */
export const sharedKey = (share: string) => `shared-${share}`;
/** First part of the names of a pipeline's credentials on a shared identity. */
export const sharedUseName = (pipeline: string, share: string) =>
  identityName(pipeline, sharedKey(share));
/** One federated credential of an identity. */
export const credentialName = (identity: string, credential: string) => `${identity}-${credential}`;

/** First part of the names of an identity's roles. */
export const accessName = (owner: string, key: string) =>
  key === "identity" ? owner : identityName(owner, key);
/** The roles on one registry. */
export const registryAccessName = (prefix: string, registry: string) =>
  `${prefix}-registry-${registry}`;
/** The role on one certificate profile. Accounts and profiles can have hyphens, but no dots. */
export const signerAccessName = (prefix: string, account: string, profile: string) =>
  `${prefix}-signer-${account}.${profile}`;
/** One role assignment of either of these, by the key of its `Grant`. */
export const grantName = (access: string, key: string) => `${access}-${key}`;

/** The cluster that verifies, in the names of its identity and its role. No pipeline has this key. */
export const CLUSTER = "cluster";
/** What verifies a pipeline's images: first part of the names of its identity and its settings. */
export const verifierName = (pipeline: string) => `${pipeline}-verifier`;

/** The component of a pipeline's login settings. */
export const settingsName = (pipeline: string) => `${pipeline}-ids`;
/** One login setting. */
export function settingName(pipeline: string, setting: string, environment: string | undefined) {
  const where = environment === undefined ? "" : `-${environment}`;
  return `${settingsName(pipeline)}${where}-${setting.toLowerCase().replaceAll("_", "-")}`;
}
/** The repositories that can read one secret of an organization. */
export const settingRepositoriesName = (setting: string) => `${setting}-repositories`;

/** The component that commits a pipeline's files to the default branch. */
export const committedFilesName = (pipeline: string) => `${pipeline}-files`;
/** The component that proposes a pipeline's files in a pull request. */
export const proposalName = (pipeline: string, id: string) => `${pipeline}-proposal-${id}`;
/** One file of either of these components. */
export const fileName = (component: string, key: string) => `${component}-${key}`;
/** The branch of a proposal. */
export const proposalBranchName = (proposal: string) => `${proposal}-branch`;
/** The pull request of a proposal. */
export const pullRequestName = (proposal: string) => `${proposal}-pull-request`;

/** The subject template of a repository, by id: an update would not reset another repository's. */
export const subjectTemplateName = (pipeline: string, repositoryId: number) =>
  `${pipeline}-subjects-${repositoryId}`;
/** The Git branch that a proposal's files are on; any id has the same rules on GitHub. */
export const proposalBranch = (pipeline: string, id = "0123456789") =>
  `countersign/${pipeline}-${id}`;
