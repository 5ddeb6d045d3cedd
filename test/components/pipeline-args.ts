import type { SigningPipelineArgs } from "../../components/signing-pipeline";
import type { PipelineRecord } from "../../snapshot";
import { AZURE_CLOUDS, GITHUB_COM } from "../../trust/hosts";

const SUBSCRIPTION = "/subscriptions/5ab50000-0000-4000-8000-00000000c0de";
export const REGISTRY = `${SUBSCRIPTION}/resourceGroups/rg-images/providers/Microsoft.ContainerRegistry/registries/contosoimages`;
export const PROFILE = `${SUBSCRIPTION}/resourceGroups/rg-signing/providers/Microsoft.CodeSigning/codeSigningAccounts/contoso-signing/certificateProfiles/container-images`;
export const ROLES = `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions`;
export const WORKFLOW = ".github/workflows/sign-image.yml";
export const SUBJECT = "repo:Contoso@5/web@7:environment:release";

const environment = {
  name: "release",
  create: true,
  reviewers: { users: [1], teams: [] },
  preventSelfReview: true,
  waitMinutes: 5,
  adminsCanBypass: false,
};
const profile = { id: PROFILE, account: "contoso-signing", name: "container-images" };
const registry = { id: REGISTRY, name: "contosoimages", permissions: "abac" } as const;
const location = { kind: "secrets", scope: "repository", suffix: "" } as const;

/** What the pipeline records when everything is made. */
export const record: PipelineRecord = {
  version: 1,
  repository: { id: 7, name: "web", defaultBranch: "main" },
  plans: [
    {
      workflow: { path: WORKFLOW, sha256: "0".repeat(64) },
      branches: ["main"],
      tags: ["v*"],
      environment,
      images: ["web"],
      registry,
      profile,
      loginSettings: location,
    },
  ],
  identity: "identity",
  credentials: ["environment-release-immutable"],
  subjectForm: "immutable",
  formerWorkflows: [],
};

/** A pipeline with an environment, of a repository with immutable subjects. */
export const args: SigningPipelineArgs = {
  repository: {
    owner: "Contoso",
    name: "web",
    id: 7,
    defaultBranch: "main",
    url: "https://github.com/Contoso/web",
  },
  azure: { tenantId: "tenant", subscriptionId: "subscription" },
  environments: [{ environment, branches: ["main"], tags: ["v*"] }],
  identity: {
    kind: "created",
    name: "countersign-test-web",
    resourceGroup: "rg-images",
    location: "westeurope",
  },
  credentials: [{ name: "environment-release-immutable", subject: SUBJECT }],
  terms: { issuer: GITHUB_COM.issuer, audience: AZURE_CLOUDS.public.audience },
  registries: [{ ...registry, images: ["web"] }],
  profiles: [profile],
  settings: [location],
  subjectTemplate: "none",
  files: {
    committed: {
      files: [{ key: "workflow", path: WORKFLOW, content: "name: Sign image\n" }],
      retain: false,
    },
    retained: [],
  },
  outputs: {
    subjects: [SUBJECT],
    signs: ["pushes to branch main"],
    images: ["contosoimages.azurecr.io/web"],
    workflow: WORKFLOW,
    notation: { inspect: "notation inspect", verify: "notation verify" },
  },
  record,
  notes: [],
  warnings: [],
};
