import { Refusal } from "../../rehearsal/clouds/azure/arm/refusal";
import { azureProvider } from "../../rehearsal/clouds/azure/provider";
import { AzureState } from "../../rehearsal/clouds/azure/state";
import { entraProvider } from "../../rehearsal/clouds/entra/provider";
import { githubProvider } from "../../rehearsal/clouds/github/provider";
import { GitHubState } from "../../rehearsal/clouds/github/state";
import { operations } from "../../rehearsal/clouds/operations";
import { CloudError, type ProviderTable, type Traffic } from "../../rehearsal/clouds/table";
import type { Properties } from "../../rehearsal/clouds/wire";
import { parseWorld, type WorldInput } from "../../rehearsal/world/world";
import { world } from "../support/engine";

type Changes = Parameters<typeof world>[0];

/** One resource type of a table, driven as the engine would: by plain data, without the wire. */
function driver(table: ProviderTable) {
  const traffic: Traffic = { writes: [], reads: [] };
  const ops = operations(table, traffic);
  const resource = (type: string) => {
    const it = { type, name: "it" };
    return {
      check: (inputs: Properties) => ops.check(it, inputs).faults,
      /** The inputs as the provider completes them. */
      completed: (inputs: Properties, olds: Properties = {}) => ops.check(it, inputs, olds).inputs,
      diff: (before: Properties, news: Properties) => ops.diff(it, before, news),
      create: (inputs: Properties) => ops.create(it, inputs, false),
      preview: (inputs: Properties) => ops.create(it, inputs, true),
      read: (id: string, inputs: Properties, before: Properties = {}) =>
        ops.read(it, id, inputs, before),
      update: (id: string, inputs: Properties, before: Properties = {}) =>
        ops.update(it, id, inputs, before, false),
      previewUpdate: (id: string, inputs: Properties, before: Properties) =>
        ops.update(it, id, inputs, before, true),
      delete: (id: string, outputs: Properties = {}) => ops.delete(it, id, outputs),
    };
  };
  return { traffic, resource, invoke: ops.invoke };
}

type AzureChanges = Changes & { readonly azure?: Partial<WorldInput["azure"]> };

function azureState(changes: AzureChanges): AzureState {
  const { azure, github } = world(changes);
  return new AzureState(parseWorld({ azure: { ...azure, ...changes.azure }, github }).azure);
}

/** An instance of azure-native that has this configuration. */
export function azure(
  changes: AzureChanges = {},
  state = azureState(changes),
  configuration: Properties = {},
) {
  const table = azureProvider(state).configured?.(configuration);
  const cloud = driver(table as ProviderTable);
  const { resource } = cloud;
  return {
    ...cloud,
    state,
    identity: resource("azure-native:managedidentity:UserAssignedIdentity"),
    credential: resource("azure-native:managedidentity:FederatedIdentityCredential"),
    assignment: resource("azure-native:authorization:RoleAssignment"),
    account: resource("azure-native:codesigning:CodeSigningAccount"),
    profile: resource("azure-native:codesigning:CertificateProfile"),
    generic: resource("azure-native:resources:Resource"),
  };
}

/** The azuread provider; on the same state as an `azure()`, where that is given. */
export function entra(changes: AzureChanges = {}, state = azureState(changes)) {
  const cloud = driver(entraProvider(state));
  const { resource } = cloud;
  const credential = (kind: "" | "Flexible") =>
    resource(
      `azuread:index/application${kind}FederatedIdentityCredential:Application${kind}FederatedIdentityCredential`,
    );
  return {
    ...cloud,
    state,
    application: resource("azuread:index/applicationRegistration:ApplicationRegistration"),
    owner: resource("azuread:index/applicationOwner:ApplicationOwner"),
    principal: resource("azuread:index/servicePrincipal:ServicePrincipal"),
    credential: credential(""),
    flexible: credential("Flexible"),
  };
}

type GitHubChanges = Changes & { readonly github?: Partial<WorldInput["github"]> };

export function github(changes: GitHubChanges = {}) {
  const { azure, github: theirs } = world(changes);
  const all = parseWorld({ azure, github: { ...theirs, ...changes.github } });
  const state = new GitHubState(all.github);
  const cloud = driver(githubProvider(state));
  const { resource, invoke } = cloud;
  return {
    ...cloud,
    state,
    repository: resource("github:index/repository:Repository"),
    file: resource("github:index/repositoryFile:RepositoryFile"),
    secret: resource("github:index/actionsSecret:ActionsSecret"),
    environment: resource("github:index/repositoryEnvironment:RepositoryEnvironment"),
    policy: resource(
      "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy",
    ),
    branch: resource("github:index/branch:Branch"),
    pull: resource("github:index/repositoryPullRequest:RepositoryPullRequest"),
    template: resource(
      "github:index/actionsRepositoryOidcSubjectClaimCustomizationTemplate:ActionsRepositoryOidcSubjectClaimCustomizationTemplate",
    ),
    organizationSecret: resource(
      "github:index/actionsOrganizationSecret:ActionsOrganizationSecret",
    ),
    organizationVariable: resource(
      "github:index/actionsOrganizationVariable:ActionsOrganizationVariable",
    ),
    secretRepositories: resource(
      "github:index/actionsOrganizationSecretRepositories:ActionsOrganizationSecretRepositories",
    ),
    /** What a GET answers, parsed. */
    get(endpoint: string) {
      const { code, body } = invoke("github:index/getRestApi:getRestApi", { endpoint });
      return { code, body: JSON.parse(body as string) };
    },
  };
}

/** How a service refused: its code and text. Anything else thrown is a failure of the test. */
export async function refusal(work: () => unknown): Promise<{ code: string; message: string }> {
  const failure = await failureOf(work);
  if (!(failure instanceof CloudError)) throw failure;
  const { code, message } = failure;
  return { code, message };
}

/** How ARM itself refused a request. */
export async function refusalOfArm(work: () => unknown) {
  const failure = await failureOf(work);
  if (!(failure instanceof Refusal)) throw failure;
  const { status, code, message } = failure;
  return { status, code, message };
}

/** A refusal of ARM in azure-native's words. */
export function armRefusal(status: number, code: string, message: string, before = "") {
  return { code, message: `${before}Status=${status} Code="${code}" Message="${message}"` };
}

/** ARM's answer about a resource that does not exist. `id` is below a resource group. */
export function notFound(id: string, before = "") {
  const [, group, name] = /resourceGroups\/([^/]+)\/providers\/+(.*)/i.exec(id) ?? [];
  const message = `The Resource '${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  return armRefusal(404, "ResourceNotFound", message, before);
}

/** A refusal of Microsoft Graph in azuread's words. */
export function graphRefusal(summary: string, status: string, code: string, message: string) {
  const cause = `unexpected status ${status.slice(0, 3)} (${status}) with error: ${code}: ${message}`;
  return { code, message: `1 error occurred:\n\t* ${summary}: ${cause}\n\n` };
}

/** The error of what must fail. */
export async function failureOf(work: () => unknown): Promise<Error> {
  try {
    await work();
  } catch (failure) {
    return failure as Error;
  }
  throw new Error("nothing was refused");
}

export const SUBSCRIPTION = "/subscriptions/5ab50000-0000-4000-8000-00000000c0de";
export const TENANT = "7e1a0000-0000-4000-8000-00000000c0de";
export const GROUP = `${SUBSCRIPTION}/resourceGroups/rg-images`;
export const REGISTRY = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/contosoimages`;
export const SIGNER = "id-web";
export const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${SIGNER}`;
const SIGNING = `${SUBSCRIPTION}/resourceGroups/rg-signing/providers/Microsoft.CodeSigning`;
export const ACCOUNT = `${SIGNING}/codeSigningAccounts/contoso-signing`;

/** Inputs of an identity that Azure accepts. */
export const identityInputs = {
  resourceGroupName: "rg-images",
  resourceName: SIGNER,
  location: "westeurope",
};

export const CREDENTIAL_NAME = "federatedIdentityCredentialResourceName";

/** Inputs of a credential of that identity, which Azure accepts. */
export const credentialInputs = (name: string, changes: Properties = {}): Properties => ({
  resourceGroupName: "rg-images",
  resourceName: SIGNER,
  [CREDENTIAL_NAME]: name,
  issuer: "https://token.actions.githubusercontent.com",
  subject: `repo:Contoso@5/web@7:ref:refs/heads/${name}`,
  audiences: ["api://AzureADTokenExchange"],
  ...changes,
});
export const credentialId = (name: string, identity = IDENTITY) =>
  `${identity}/federatedIdentityCredentials/${name}`;
