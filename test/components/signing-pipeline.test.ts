import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, test } from "vitest";
import { SigningPipeline } from "../../components/signing-pipeline";
import { registryGrants } from "../../trust/roles";
import { declared, type Made } from "./mocks";
import { args, PROFILE, REGISTRY, ROLES } from "./pipeline-args";

let made: Made[] = [];
const outputs: unknown[] = [];

beforeAll(async () => {
  made = await declared(() => {
    const pipeline = new SigningPipeline("web", args);
    const { clientId, subjects, images, workflow, notation, pullRequest } = pipeline;
    pulumi
      .all([clientId, subjects, images, workflow, notation, pullRequest])
      .apply((values) => outputs.push(...values));
  });
});

describe("a pipeline declares exactly", () => {
  test("these resources", () => {
    expect(made.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
      "ActionsSecret web-ids-azure-client-id",
      "ActionsSecret web-ids-azure-subscription-id",
      "ActionsSecret web-ids-azure-tenant-id",
      "CommittedFiles web-files",
      "DeploymentEnvironment web-environment",
      "FederatedIdentityCredential web-identity-environment-release-immutable",
      "LoginSettings web-ids",
      "PipelineIdentity web-identity",
      "RegistryAccess web-registry-contosoimages",
      "RepositoryEnvironment web-environment-release",
      "RepositoryEnvironmentDeploymentPolicy web-environment-release-branch-main",
      "RepositoryEnvironmentDeploymentPolicy web-environment-release-tag-v*",
      "RepositoryFile web-files-workflow",
      "RoleAssignment web-registry-contosoimages-reader",
      "RoleAssignment web-registry-contosoimages-writer",
      "RoleAssignment web-signer-contoso-signing.container-images-sign",
      "SignerAccess web-signer-contoso-signing.container-images",
      "SigningPipeline web",
      "UserAssignedIdentity web-identity",
    ]);
  });

  const [writer, reader] = registryGrants("abac", ["web"]);
  const assignment = { principalId: "principal", principalType: "ServicePrincipal" };
  const inputs: ReadonlyArray<readonly [string, Record<string, unknown>]> = [
    [
      "UserAssignedIdentity web-identity",
      {
        resourceName: "countersign-test-web",
        resourceGroupName: "rg-images",
        location: "westeurope",
      },
    ],
    [
      "FederatedIdentityCredential web-identity-environment-release-immutable",
      {
        resourceGroupName: "rg-images",
        resourceName: "countersign-test-web",
        federatedIdentityCredentialResourceName: "environment-release-immutable",
        issuer: "https://token.actions.githubusercontent.com",
        audiences: ["api://AzureADTokenExchange"],
        subject: "repo:Contoso@5/web@7:environment:release",
      },
    ],
    [
      "RoleAssignment web-registry-contosoimages-writer",
      {
        ...assignment,
        scope: REGISTRY,
        roleDefinitionId: `${ROLES}/2a1e307c-b015-4ebd-883e-5b7698a07328`,
        roleAssignmentName: "0b4b71fc-6586-5bca-b98d-923c29dc8eb9",
        condition: writer?.condition,
        conditionVersion: "2.0",
      },
    ],
    [
      "RoleAssignment web-registry-contosoimages-reader",
      {
        ...assignment,
        scope: REGISTRY,
        roleDefinitionId: `${ROLES}/b93aa761-3e63-49ed-ac28-beffa264f7ac`,
        roleAssignmentName: "8aef5e81-516f-5c8d-b568-5260b1050bdf",
        condition: reader?.condition,
        conditionVersion: "2.0",
      },
    ],
    [
      "RoleAssignment web-signer-contoso-signing.container-images-sign",
      {
        ...assignment,
        scope: PROFILE,
        roleDefinitionId: `${ROLES}/2837e146-70d7-4cfd-ad55-7efa6464f958`,
        roleAssignmentName: "8ad92354-19e0-527a-84d0-52c8acea2b02",
      },
    ],
    [
      "ActionsSecret web-ids-azure-client-id",
      { repository: "web", secretName: "AZURE_CLIENT_ID", value: "client" },
    ],
    [
      "ActionsSecret web-ids-azure-tenant-id",
      { repository: "web", secretName: "AZURE_TENANT_ID", value: "tenant" },
    ],
    [
      "ActionsSecret web-ids-azure-subscription-id",
      { repository: "web", secretName: "AZURE_SUBSCRIPTION_ID", value: "subscription" },
    ],
    [
      "RepositoryEnvironment web-environment-release",
      {
        repository: "web",
        environment: "release",
        deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true },
        reviewers: [{ users: [1], teams: [] }],
        preventSelfReview: true,
        waitTimer: 5,
        canAdminsBypass: false,
      },
    ],
    [
      "RepositoryEnvironmentDeploymentPolicy web-environment-release-branch-main",
      { repository: "web", environment: "release", branchPattern: "main" },
    ],
    [
      "RepositoryEnvironmentDeploymentPolicy web-environment-release-tag-v*",
      { repository: "web", environment: "release", tagPattern: "v*" },
    ],
    [
      "RepositoryFile web-files-workflow",
      {
        repository: "web",
        branch: "main",
        file: ".github/workflows/sign-image.yml",
        content: "name: Sign image\n",
        commitMessage: "Sign container images: .github/workflows/sign-image.yml",
        overwriteOnCreate: true,
      },
    ],
  ];
  test.each(inputs)("%s with these inputs", (it, expected) => {
    const found = made.filter(({ type, name }) => `${type} ${name}` === it);
    expect(found.map(({ inputs }) => inputs)).toEqual([expected]);
  });

  test("these outputs", () => {
    expect(outputs).toEqual([
      "client",
      ["repo:Contoso@5/web@7:environment:release"],
      ["contosoimages.azurecr.io/web"],
      {
        path: ".github/workflows/sign-image.yml",
        url: "https://github.com/Contoso/web/blob/main/.github/workflows/sign-image.yml",
      },
      { inspect: "notation inspect", verify: "notation verify" },
      undefined,
    ]);
  });
});
