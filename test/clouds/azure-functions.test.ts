import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  azure,
  GROUP,
  identityInputs,
  REGISTRY,
  refusal,
  SIGNER,
  TENANT,
} from "./support";

const NOBODY = "00000000-0000-0000-0000-000000000000";
const missing = (what: string) => ({
  code: "ResourceNotFound",
  message: `ResourceNotFound: The Resource '${what}' was not found.`,
});
const noGroup = {
  code: "ResourceGroupNotFound",
  message: "ResourceGroupNotFound: Resource group 'nope' could not be found.",
};

test("getClientConfig says which tenant and subscription", () => {
  expect(azure().invoke("azure-native:authorization:getClientConfig", {})).toEqual({
    clientId: NOBODY,
    objectId: NOBODY,
    subscriptionId: "5ab50000-0000-4000-8000-00000000c0de",
    tenantId: TENANT,
  });
});

describe("getResource", () => {
  const args = {
    apiVersion: "2025-11-01",
    resourceProviderNamespace: "Microsoft.ContainerRegistry",
    parentResourcePath: "",
    resourceType: "registries",
    resourceGroupName: "RG-images",
    resourceName: "ContosoImages",
  };
  const get = (changes: object = {}, mode: "abac" | "rbac" = "abac") =>
    azure({ registry: { mode } }).invoke("azure-native:resources:getResource", {
      ...args,
      ...changes,
    });

  test.each([
    ["abac", "AbacRepositoryPermissions"],
    ["rbac", "LegacyRegistryPermissions"],
  ] as const)("of a registry in mode %s", (mode, roleAssignmentMode) => {
    expect(get({}, mode)).toEqual({
      id: REGISTRY,
      name: "contosoimages",
      type: "Microsoft.ContainerRegistry/registries",
      properties: { loginServer: "contosoimages.azurecr.io", roleAssignmentMode },
    });
  });

  test.each([
    [
      { apiVersion: "2023-01-01-preview" },
      "Microsoft.ContainerRegistry//registries",
      "2023-01-01-preview",
    ],
    [{ resourceType: "tasks" }, "Microsoft.ContainerRegistry//tasks", "2025-11-01"],
    [{ parentResourcePath: "a/b" }, "Microsoft.ContainerRegistry/a/b/registries", "2025-11-01"],
    [{ resourceProviderNamespace: "Microsoft.Web" }, "Microsoft.Web//registries", "2025-11-01"],
  ])("with %j is not served", async (changes, kind, version) => {
    expect(await refusal(() => get(changes))).toEqual({
      code: "NoRegisteredProviderFound",
      message: `NoRegisteredProviderFound: ${kind} at ${version}`,
    });
  });

  test("of what is not there", async () => {
    expect(await refusal(() => get({ resourceName: "nope" }))).toEqual(missing("registries/nope"));
    expect(await refusal(() => get({ resourceGroupName: "rg-other" }))).toEqual(
      missing("registries/ContosoImages"),
    );
    expect(await refusal(() => get({ resourceGroupName: "nope" }))).toEqual(noGroup);
  });
});

describe("getCodeSigningAccount", () => {
  const args = { resourceGroupName: "RG-signing", accountName: "Contoso-Signing" };
  const get = (changes: object = {}) =>
    azure().invoke("azure-native:codesigning:getCodeSigningAccount", { ...args, ...changes });

  test("answers in the account's own case", () => {
    expect(get()).toEqual({
      id: ACCOUNT,
      name: "contoso-signing",
      accountUri: "https://weu.codesigning.azure.net/",
      location: "westeurope",
    });
  });

  test("of what is not there", async () => {
    expect(await refusal(() => get({ accountName: "nope" }))).toEqual(
      missing("codeSigningAccounts/nope"),
    );
    expect(await refusal(() => get({ resourceGroupName: "rg-other" }))).toEqual(
      missing("codeSigningAccounts/Contoso-Signing"),
    );
    expect(await refusal(() => get({ resourceGroupName: "nope" }))).toEqual(noGroup);
  });
});

describe("getCertificateProfile", () => {
  const args = {
    resourceGroupName: "rg-signing",
    accountName: "contoso-signing",
    profileName: "Container-Images",
  };
  type Profile = { type?: "PrivateTrust"; subject?: string; status?: "Disabled" };
  const get = (changes: object = {}, profile: Profile = {}) =>
    azure({ account: { profiles: [{ name: "container-images", ...profile }] } }).invoke(
      "azure-native:codesigning:getCertificateProfile",
      { ...args, ...changes },
    );
  const profile = {
    id: `${ACCOUNT}/certificateProfiles/container-images`,
    name: "container-images",
    profileType: "PublicTrust",
    status: "Active",
    provisioningState: "Succeeded",
    identityValidationId: NOBODY,
    certificates: [
      {
        status: "Active",
        subjectName: "CN=Contoso Ltd, O=Contoso Ltd, L=Redmond, S=Washington, C=US",
      },
    ],
  };

  test("answers in the profile's own case", () => {
    expect(get()).toEqual(profile);
  });

  test("that never issued a certificate, and is of another type and state", () => {
    const it = { type: "PrivateTrust", subject: "", status: "Disabled" } as const;
    const expected = { profileType: "PrivateTrust", status: "Disabled", certificates: [] };
    expect(get({}, it)).toEqual({ ...profile, ...expected });
  });

  test("of what is not there", async () => {
    expect(await refusal(() => get({ profileName: "nope" }))).toEqual(
      missing("certificateProfiles/nope"),
    );
    expect(await refusal(() => get({ accountName: "nope" }))).toEqual(
      missing("codeSigningAccounts/nope"),
    );
    expect(await refusal(() => get({ resourceGroupName: "nope" }))).toEqual(noGroup);
  });
});

test("getUserAssignedIdentity finds an identity in any case of its names, or none", async () => {
  const { identity, invoke } = azure();
  const { id, outputs } = await identity.create(identityInputs);
  const get = (resourceName: string, resourceGroupName = "RG-images") =>
    invoke("azure-native:managedidentity:getUserAssignedIdentity", {
      resourceGroupName,
      resourceName,
    });
  const found = get("ID-web");
  expect([found.id, found.name, found.location]).toEqual([id, SIGNER, "westeurope"]);
  expect([found.clientId, found.principalId]).toEqual([outputs.clientId, outputs.principalId]);
  const nope = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/nope`;
  expect(await refusal(() => get("nope"))).toEqual(missing(nope));
  expect(await refusal(() => get(SIGNER, "nope"))).toEqual(noGroup);
});
