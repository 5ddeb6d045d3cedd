/** The npm package: the program, and the components for programs of one's own. */
export { CommittedFiles, type CommittedFilesArgs } from "./components/committed-files";
export {
  DeploymentEnvironment,
  type DeploymentEnvironmentArgs,
} from "./components/deployment-environment";
export { LoginSettings, type LoginSettingsArgs } from "./components/login-settings";
export { PipelineIdentity, type PipelineIdentityArgs } from "./components/pipeline-identity";
export { ProposedFiles, type ProposedFilesArgs } from "./components/proposed-files";
export { RegistryAccess, type RegistryAccessArgs } from "./components/registry-access";
export { SharedIdentity, type SharedIdentityArgs } from "./components/shared-identity";
export { SignerAccess, type SignerAccessArgs } from "./components/signer-access";
export { SigningPipeline, type SigningPipelineArgs } from "./components/signing-pipeline";
export { stack } from "./stack";
export { AZURE_CLOUDS, GITHUB_COM } from "./trust/hosts";
