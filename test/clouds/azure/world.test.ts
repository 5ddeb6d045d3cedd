import { describe, expect, test } from "vitest";
import { CloudError } from "../../../rehearsal/clouds/table";
import {
  armRefusal,
  azure,
  entra,
  graphRefusal,
  IDENTITY,
  notFound,
  REGISTRY,
  refusal,
  SIGNER,
  SUBSCRIPTION,
} from "../support";

const ISSUER = "https://token.actions.githubusercontent.com";
const subject = "repo:Contoso@5/web@7:ref:refs/heads/main";
const credentials = [{ name: "main", subject }];
const identities = [{ resourceGroup: "RG-images", name: SIGNER, credentials }];
const clientId = "11111111-1111-4111-8111-111111111111";
const applications = [{ displayName: "web", clientId, credentials }];
const CREDENTIAL = `${IDENTITY}/federatedIdentityCredentials/main`;
const inputs = {
  resourceGroupName: "rg-images",
  resourceName: SIGNER,
  federatedIdentityCredentialResourceName: "tags",
  issuer: ISSUER,
  subject: "repo:Contoso@5/web@7:environment:release",
  audiences: ["api://AzureADTokenExchange"],
};

describe("what a world already has", () => {
  test("an identity with its credentials, the same in every rehearsal", () => {
    const { state } = azure({ azure: { identities } });
    expect(state.inventory()).toEqual([
      `federated credential ${CREDENTIAL}`,
      `identity ${IDENTITY}`,
    ]);
    expect([...state.credentials.values()]).toEqual([
      {
        id: CREDENTIAL,
        identityId: IDENTITY,
        name: "main",
        issuer: ISSUER,
        subject,
        audience: "api://AzureADTokenExchange",
      },
    ]);
    expect([...azure({ azure: { identities } }).state.identities]).toEqual([...state.identities]);
  });

  test("an identity that can be read, trusted further and given roles", async () => {
    const { state, identity, credential, assignment, invoke } = azure({ azure: { identities } });
    const args = { resourceGroupName: "rg-images", resourceName: "ID-web" };
    const found = invoke("azure-native:managedidentity:getUserAssignedIdentity", args);
    const read = identity.read(IDENTITY, {})?.outputs;
    expect(found).toMatchObject({ id: IDENTITY, name: SIGNER, location: "westeurope" });
    expect(found.principalId).toBe(read?.principalId);
    await credential.create(inputs);
    const again = { ...inputs, federatedIdentityCredentialResourceName: "again", subject };
    expect((await refusal(() => credential.create(again))).code).toBe("Conflict");
    await assignment.create({
      scope: REGISTRY,
      principalId: found.principalId,
      principalType: "ServicePrincipal",
      roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/8311e382-0749-4cb8-b61a-304f252e45ec`,
      roleAssignmentName: clientId,
    });
    expect(state.inventory()).toHaveLength(4);
    await identity.delete(IDENTITY);
    expect(state.credentials.size).toBe(0);
  });

  test("an application, with or without its service principal", () => {
    const bare = { displayName: "bare", clientId: clientId.replace("1", "2") };
    const { state } = azure({
      azure: { applications: [...applications, { ...bare, servicePrincipal: false }] },
    });
    const [web, other] = [...state.applications.values()];
    const [it] = [...state.credentials.values()];
    expect(web).toMatchObject({ clientId, displayName: "web", owners: [] });
    expect(other).toMatchObject({ ...bare, servicePrincipal: undefined });
    expect(it).toMatchObject({ identityId: web?.id, name: "main", issuer: ISSUER, subject });
    expect(it?.id).toMatch(`${web?.objectId}/federatedIdentityCredential/`);
    expect(state.inventory()).toEqual([
      `application bare ${other?.id}`,
      `application web ${web?.id}`,
      `federated credential ${it?.id}`,
      `service principal ${web?.servicePrincipal?.id}`,
    ]);
  });

  test("an identity in a group that is not there is refused", () => {
    const nowhere = [{ resourceGroup: "rg-nowhere", name: SIGNER }];
    expect(() => azure({ azure: { identities: nowhere } })).toThrow(CloudError);
  });
});

test("getFederatedIdentityCredential finds a credential in any case of its names, or none", async () => {
  const { invoke } = azure({ azure: { identities } });
  const get = (name: string, resourceName = SIGNER) =>
    invoke("azure-native:managedidentity:getFederatedIdentityCredential", {
      resourceGroupName: "RG-images",
      resourceName,
      federatedIdentityCredentialResourceName: name,
    });
  expect(get("Main")).toEqual({
    id: CREDENTIAL,
    name: "main",
    issuer: ISSUER,
    subject,
    audiences: ["api://AzureADTokenExchange"],
    type: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
    azureApiVersion: "2023-01-31",
  });
  const asked = CREDENTIAL.replace("rg-images", "RG-images");
  const nope = asked.replace("main", "nope");
  const failed = (id: string) => `request failed ${id}: `;
  expect(await refusal(() => get("nope"))).toEqual(notFound(nope, failed(nope)));
  const message =
    "Can not perform requested operation on nested resource. Parent resource 'id-gone' not found.";
  expect(await refusal(() => get("main", "id-gone"))).toEqual(
    armRefusal(404, "ParentResourceNotFound", message, failed(asked.replace(SIGNER, "id-gone"))),
  );
});

describe.each([
  ["usgovernment", "api://AzureADTokenExchangeUSGov"],
  ["china", "api://AzureADTokenExchangeChina"],
] as const)("in the cloud %s", (environment, audience) => {
  const world = { azure: { environment, identities, applications } };
  const message = `audiences must be exactly [${audience}].`;

  test("an identity's credential has that cloud's audience", async () => {
    const { credential, state } = azure(world);
    expect(await refusal(() => credential.create(inputs))).toEqual(
      armRefusal(400, "BadRequest", message),
    );
    await credential.create({ ...inputs, audiences: [audience] });
    expect([...state.credentials.values()].map((it) => it.audience)).toEqual(
      Array(3).fill(audience),
    );
  });

  test("an application's credential too", async () => {
    const { credential, state } = entra(world);
    const [{ id: applicationId, objectId } = { id: "", objectId: "" }] = [
      ...state.applications.values(),
    ];
    const wanted = { applicationId, displayName: "tags", issuer: ISSUER, subject: "x" };
    const audiences = ["api://AzureADTokenExchange"];
    const summary = `Adding federated identity credential for Application (Application: "${objectId}")`;
    const code = "InvalidFederatedIdentityCredentialValue";
    expect(await refusal(() => credential.create({ ...wanted, audiences }))).toEqual(
      graphRefusal(summary, "400 Bad Request", code, message),
    );
    await credential.create({ ...wanted, audiences: [audience] });
  });

  test("there is no Artifact Signing", async () => {
    const args = { resourceGroupName: "rg-signing", accountName: "contoso-signing" };
    const { invoke } = azure(world);
    const get = () => invoke("azure-native:codesigning:getCodeSigningAccount", args);
    const id = `${SUBSCRIPTION}/resourceGroups/rg-signing/providers/Microsoft.CodeSigning/codeSigningAccounts/contoso-signing`;
    const none = "The resource namespace 'Microsoft.CodeSigning' is invalid.";
    expect(await refusal(get)).toEqual(
      armRefusal(404, "InvalidResourceNamespace", none, `request failed ${id}: `),
    );
  });
});

test("a server of one's own may issue the tokens of an identity", async () => {
  const { credential } = azure({ azure: { identities } });
  const issuer = "https://github.contoso.com/_services/token";
  expect((await credential.create({ ...inputs, issuer })).outputs.issuer).toBe(issuer);
});
