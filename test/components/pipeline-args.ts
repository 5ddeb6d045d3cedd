import type { SigningPipelineArgs } from "../../components/signing-pipeline-args";
import { AZURE_CLOUDS, GITHUB_COM } from "../../trust/hosts";
import { microsoftRoot } from "../../workflow/certificate";

const SUBSCRIPTION = "/subscriptions/5ab50000-0000-4000-8000-00000000c0de";
export const REGISTRY = `${SUBSCRIPTION}/resourceGroups/rg-images/providers/Microsoft.ContainerRegistry/registries/contosoimages`;
export const PROFILE = `${SUBSCRIPTION}/resourceGroups/rg-signing/providers/Microsoft.CodeSigning/codeSigningAccounts/contoso-signing/certificateProfiles/container-images`;
export const ROLES = `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions`;

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

/** A pipeline with an environment, of a repository with immutable subjects. */
export const args: SigningPipelineArgs = {
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
  inForce: { environments: [], ids: [], registries: [], profiles: [] },
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
    moved: [],
    isOurs: false,
    open: undefined,
    notes: [],
    warnings: [],
  },
  notes: [],
  warnings: [],
  adopt: false,
};
