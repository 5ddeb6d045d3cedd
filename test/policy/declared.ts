import type { Declared } from "./applied";

const SUBSCRIPTION = "/subscriptions/5ab50000-0000-4000-8000-00000000c0de";
export const GROUP = `${SUBSCRIPTION}/resourceGroups/rg-images`;
export const REGISTRY = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/contosoimages`;
export const ACCOUNT = `${GROUP}/providers/Microsoft.CodeSigning/codeSigningAccounts/contoso-signing`;
export const PROFILE = `${ACCOUNT}/certificateProfiles/container-images`;

/** GUIDs of built-in roles: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
export const ROLES = {
  AcrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  AcrPush: "8311e382-0749-4cb8-b61a-304f252e45ec",
  AcrDelete: "c2f4ef07-c644-48eb-af81-4b1b4947fb11",
  Reader: "b93aa761-3e63-49ed-ac28-beffa264f7ac",
  Writer: "2a1e307c-b015-4ebd-883e-5b7698a07328",
  Contributor: "2efddaa5-3f1f-4df3-97df-af3f13818f4c",
  Lister: "bfdb9389-c9a5-478a-bb2f-ba9ca092c3c7",
  Signer: "2837e146-70d7-4cfd-ad55-7efa6464f958",
  Verifier: "4339b7cf-9826-4e41-b4ed-c7f4505dac08",
  Owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  AzureContributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  /** A role that the pack is not about. */
  AzureReader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
} as const;

export const NAME = "Microsoft.ContainerRegistry/registries/repositories:name";
export const CONDITION = `((!(ActionMatches{'x'})) OR (@Request[${NAME}] StringEqualsIgnoreCase 'web'))`;

type Properties = Declared["properties"];
type Dependencies = Declared["dependencies"];

export function role(
  name: keyof typeof ROLES,
  scope: unknown,
  others: Properties = {},
): Properties {
  const roleDefinitionId = `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${ROLES[name]}`;
  return { roleDefinitionId, scope, principalId: "who", ...others };
}

/** A credential that accepts the pushes to a branch. */
export function credential(changes: Properties = {}): Properties {
  return {
    issuer: "https://token.actions.githubusercontent.com",
    audiences: ["api://AzureADTokenExchange"],
    subject: "repo:contoso@5/web@7:ref:refs/heads/main",
    ...changes,
  };
}

export const SHA = "3d3c42e5aac5ba805825da76410c181273ba90b1";

/** A workflow that no rule objects to, with other texts in its place. */
export function workflow(...changes: readonly (readonly [string, string])[]): string {
  const text = [
    "on: push",
    "permissions: {}",
    "jobs:",
    "  sign:",
    "    runs-on: ubuntu-24.04",
    "    permissions:",
    "      contents: read",
    "      id-token: write",
    "    steps:",
    `      - uses: actions/checkout@${SHA}`,
    "",
  ].join("\n");
  return changes.reduce((it, [from, to]) => {
    if (!it.includes(from)) throw new Error(`not in the workflow: ${from}`);
    return it.replace(from, to);
  }, text);
}

export const committed = (content: unknown, file = ".github/workflows/sign.yml"): Properties => ({
  repository: "web",
  file,
  content,
});

const declared =
  (type: string) =>
  (urn: string, properties: Properties, dependencies?: Dependencies): Declared => ({
    type,
    urn,
    properties,
    dependencies,
  });

export const assignment = declared("azure-native:authorization:RoleAssignment");
export const managed = declared("azure-native:managedidentity:UserAssignedIdentity");
export const federated = declared("azure-native:managedidentity:FederatedIdentityCredential");
export const application = declared("azuread:index/application:Application");
export const principal = declared("azuread:index/servicePrincipal:ServicePrincipal");
export const ofApplication = declared(
  "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
);
export const flexible = declared(
  "azuread:index/applicationFlexibleFederatedIdentityCredential:ApplicationFlexibleFederatedIdentityCredential",
);
export const file = declared("github:index/repositoryFile:RepositoryFile");
