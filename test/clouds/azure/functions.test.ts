import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  armRefusal,
  azure,
  GROUP,
  identityInputs,
  notFound,
  refusal,
  SIGNER,
  TENANT,
} from "../support";

const NOBODY = "00000000-0000-0000-0000-000000000000";
/** What is asked for, in the case in which it is asked for. */
const missing = (id: string) => notFound(id, `request failed ${id}: `);
const noGroup = (id: string) => {
  const message = "Resource group 'nope' could not be found.";
  return armRefusal(404, "ResourceGroupNotFound", message, `request failed ${id}: `);
};

test("getClientConfig says which tenant and subscription", () => {
  expect(azure().invoke("azure-native:authorization:getClientConfig", {})).toEqual({
    clientId: NOBODY,
    objectId: NOBODY,
    subscriptionId: "5ab50000-0000-4000-8000-00000000c0de",
    tenantId: TENANT,
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
      type: "Microsoft.CodeSigning/codeSigningAccounts",
      accountUri: "https://weu.codesigning.azure.net/",
      location: "westeurope",
      provisioningState: "Succeeded",
      azureApiVersion: "2024-09-30-preview",
    });
  });

  test("of what is not there", async () => {
    const asked = (group: string, name: string) =>
      ACCOUNT.replace("rg-signing", group).replace("contoso-signing", name);
    expect(await refusal(() => get({ accountName: "nope" }))).toEqual(
      missing(asked("RG-signing", "nope")),
    );
    expect(await refusal(() => get({ resourceGroupName: "rg-other" }))).toEqual(
      missing(asked("rg-other", "Contoso-Signing")),
    );
    expect(await refusal(() => get({ resourceGroupName: "nope" }))).toEqual(
      noGroup(asked("nope", "Contoso-Signing")),
    );
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
    type: "Microsoft.CodeSigning/codeSigningAccounts/certificateProfiles",
    azureApiVersion: "2024-09-30-preview",
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
    const { certificates: _, ...rest } = profile;
    const expected = { ...rest, profileType: "PrivateTrust", status: "Disabled" };
    expect(get({}, it)).toEqual(expected);
  });

  test("of what is not there", async () => {
    const asked = `${ACCOUNT}/certificateProfiles/Container-Images`;
    expect(await refusal(() => get({ profileName: "nope" }))).toEqual(
      missing(asked.replace("Container-Images", "nope")),
    );
    const message =
      "Can not perform requested operation on nested resource. Parent resource 'nope' not found.";
    const failed = `request failed ${asked.replace("contoso-signing", "nope")}: `;
    expect(await refusal(() => get({ accountName: "nope" }))).toEqual(
      armRefusal(404, "ParentResourceNotFound", message, failed),
    );
    expect(await refusal(() => get({ resourceGroupName: "nope" }))).toEqual(
      noGroup(asked.replace("rg-signing", "nope")),
    );
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
  const asked = (group: string, name: string) =>
    `${GROUP.replace("rg-images", group)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
  expect(await refusal(() => get("nope"))).toEqual(missing(asked("RG-images", "nope")));
  expect(await refusal(() => get(SIGNER, "nope"))).toEqual(noGroup(asked("nope", SIGNER)));
});
