/** The npm package: the program, and the components for programs of one's own. */

export { PipelineIdentity, type PipelineIdentityArgs } from "./components/access/pipeline-identity";
export { RegistryAccess, type RegistryAccessArgs } from "./components/access/registry-access";
export { SharedIdentity, type SharedIdentityArgs } from "./components/access/shared-identity";
export { SignerAccess, type SignerAccessArgs } from "./components/access/signer-access";
export { CommittedFiles, type CommittedFilesArgs } from "./components/committed-files";
export {
  DeploymentEnvironment,
  type DeploymentEnvironmentArgs,
} from "./components/deployment-environment";
export { LoginSettings, type LoginSettingsArgs } from "./components/login-settings";
export { ProposedFiles, type ProposedFilesArgs } from "./components/proposed-files";
export { SigningPipeline, type SigningPipelineArgs } from "./components/signing-pipeline";
export { stack } from "./stack";
export { AZURE_CLOUDS, GITHUB_COM } from "./trust/hosts";
