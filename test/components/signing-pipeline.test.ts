import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, test } from "vitest";
import { SigningPipeline } from "../../components/signing-pipeline";
import type { SigningPipelineArgs } from "../../components/signing-pipeline-args";
import { AZURE_CLOUDS, GITHUB_COM } from "../../trust/hosts";
import { registryGrants } from "../../trust/roles";
import { microsoftRoot } from "../../workflow/certificate";

const SUBSCRIPTION = "/subscriptions/5ab50000-0000-4000-8000-00000000c0de";
const REGISTRY = `${SUBSCRIPTION}/resourceGroups/rg-images/providers/Microsoft.ContainerRegistry/registries/contosoimages`;
const PROFILE = `${SUBSCRIPTION}/resourceGroups/rg-signing/providers/Microsoft.CodeSigning/codeSigningAccounts/contoso-signing/certificateProfiles/container-images`;
const ROLES = `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions`;

const repository = {
  owner: "Contoso",
  name: "web",
  id: 7,
  defaultBranch: "main",
  url: "https://github.com/Contoso/web",
  isPrivate: true,
  isOrganizations: true,
  subjects: {
    today: { prefix: "repo:Contoso@5/web@7", form: "immutable" },
    names: { prefix: "repo:Contoso/web", form: "names" },
    immutable: { prefix: "repo:Contoso@5/web@7", form: "immutable" },
  },
  source: {
    host: GITHUB_COM,
    owner: { login: "Contoso", id: 5 },
    repository: { name: "web", id: 7, visibility: "private" },
    keys: ["repo", "context"],
  },
} as const;

const args: SigningPipelineArgs = {
  repository,
  credentials: [
    {
      name: "environment-release-immutable",
      subject: "repo:Contoso@5/web@7:environment:release",
    },
  ],
  terms: { issuer: GITHUB_COM.issuer, audience: AZURE_CLOUDS.public.audience },
  registry: {
    id: REGISTRY,
    name: "contosoimages",
    loginServer: "contosoimages.azurecr.io",
    permissions: "abac",
  },
  profile: {
    id: PROFILE,
    account: "contoso-signing",
    name: "container-images",
    endpoint: "https://weu.codesigning.azure.net/",
    type: "PublicTrust",
    subject: "CN=Contoso, O=Contoso, S=Washington, C=US",
  },
  identity: {
    kind: "created",
    name: "countersign-test-web",
    resourceGroup: "rg-images",
    location: "westeurope",
  },
  azure: { tenantId: "tenant", subscriptionId: "subscription" },
  branches: ["main"],
  tags: ["v*"],
  environment: {
    name: "release",
    create: true,
    reviewers: { users: [1], teams: [] },
    preventSelfReview: true,
    waitMinutes: 5,
    adminsCanBypass: false,
  },
  images: [{ name: "web", context: ".", dockerfile: "Dockerfile", platforms: [] }],
  ids: { kind: "secrets", suffix: "", holder: { level: "repository" } },
  inForce: { environments: [], ids: [] },
  template: "not",
  subjects: ["repo:Contoso@5/web@7:environment:release"],
  timestamp: { url: "http://timestamp.acs.microsoft.com/", root: microsoftRoot() },
  workflow: ".github/workflows/sign-image.yml",
  files: [
    { key: "timestamp-root", path: ".github/certs/timestamp-root.pem", content: microsoftRoot() },
    { key: "workflow", path: ".github/workflows/sign-image.yml", content: "name: Sign image\n" },
  ],
  commit: {
    mode: "direct",
    propose: undefined,
    keep: [],
    committed: [],
    isOurs: false,
    open: undefined,
    notes: [],
    warnings: [],
  },
  notes: [],
  adopt: false,
};

/** What mocks record; parents, order and replacement are the engine tests' matter. */
const made: Array<{ type: string; name: string; inputs: Record<string, unknown> }> = [];
const outputs: unknown[] = [];

beforeAll(async () => {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        made.push({ type: type.split(":").at(-1) as string, name, inputs: { ...inputs } });
        const state = {
          ...inputs,
          name: inputs.resourceName,
          clientId: "client",
          principalId: "principal",
        };
        return { id: `${name}-id`, state };
      },
      call: () => ({}),
    },
    "countersign",
    "test",
    false,
  );
  // The mock engine has no hooks; those of the components are the engine tests' matter.
  Object.assign(pulumi.runtime.getMonitor() as object, {
    registerResourceHook: (_: unknown, answer: (error: null, reply: object) => void) =>
      answer(null, {}),
  });
  const pipeline = new SigningPipeline("web", args);
  const { clientId, subjects, images, workflow } = pipeline;
  pulumi.all([clientId, subjects, images, workflow]).apply((values) => outputs.push(...values));
  await pulumi.runtime.disconnect();
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
      "PipelineIdentity web-identity",
      "RegistryAccess web-registry",
      "RepositoryEnvironment web-environment-release",
      "RepositoryEnvironmentDeploymentPolicy web-environment-release-branch-main",
      "RepositoryEnvironmentDeploymentPolicy web-environment-release-tag-v*",
      "RepositoryFile web-files-timestamp-root",
      "RepositoryFile web-files-workflow",
      "RoleAssignment web-registry-reader",
      "RoleAssignment web-registry-writer",
      "RoleAssignment web-signer-sign",
      "SignerAccess web-signer",
      "SigningPipeline web",
      "StoredIds web-ids",
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
      "RoleAssignment web-registry-writer",
      {
        ...assignment,
        scope: REGISTRY,
        roleDefinitionId: `${ROLES}/2a1e307c-b015-4ebd-883e-5b7698a07328`,
        roleAssignmentName: "93fa6ff4-3d89-5416-a99b-77c10f613da8",
        condition: writer?.condition,
        conditionVersion: "2.0",
      },
    ],
    [
      "RoleAssignment web-registry-reader",
      {
        ...assignment,
        scope: REGISTRY,
        roleDefinitionId: `${ROLES}/b93aa761-3e63-49ed-ac28-beffa264f7ac`,
        roleAssignmentName: "1f4f9fe3-03ad-5519-8924-7477fbda6335",
        condition: reader?.condition,
        conditionVersion: "2.0",
      },
    ],
    [
      "RoleAssignment web-signer-sign",
      {
        ...assignment,
        scope: PROFILE,
        roleDefinitionId: `${ROLES}/2837e146-70d7-4cfd-ad55-7efa6464f958`,
        roleAssignmentName: "5a37d428-f6dc-55ce-ae07-f906b2903722",
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
      "RepositoryFile web-files-timestamp-root",
      {
        repository: "web",
        branch: "main",
        file: ".github/certs/timestamp-root.pem",
        content: microsoftRoot(),
        commitMessage: "Sign container images: .github/certs/timestamp-root.pem",
        overwriteOnCreate: true,
      },
    ],
  ];
  test.each(inputs)("%s with these inputs", (it, expected) => {
    const found = made.filter(({ type, name }) => `${type} ${name}` === it);
    expect(found.map((one) => unwrapped(one.inputs))).toEqual([expected]);
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
    ]);
  });
});

/** Plain values: what is undefined is not sent, and a secret's value stands for itself. */
function unwrapped(inputs: Record<string, unknown>): Record<string, unknown> {
  const plain = (value: unknown) =>
    value && typeof value === "object" && "value" in value ? value.value : value;
  return Object.fromEntries(
    Object.entries(inputs)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, plain(value)]),
  );
}
