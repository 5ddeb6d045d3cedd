import { describe, expect, test } from "vitest";
import { azure, GROUP, identityInputs, REGISTRY, refusal, SUBSCRIPTION } from "../support";

const OTHER = "0b1e0000-0000-4000-8000-00000000c0de";
const PLATFORM = `/subscriptions/${OTHER}`;
const GUID = "11111111-1111-4111-8111-111111111111";
const ROLE = "8311e382-0749-4cb8-b61a-304f252e45ec";
const world = {
  registry: { resourceGroup: "rg-platform", subscription: OTHER },
  account: { resourceGroup: "rg-sign", subscription: OTHER },
  azure: {
    identities: [{ resourceGroup: "rg-ids", name: "theirs", subscription: OTHER }],
    otherSubscriptions: [{ subscriptionId: OTHER, resourceGroups: ["rg-empty"] }],
  },
};

/** Two instances of the provider, on the same Azure. */
function both() {
  const own = azure(world);
  return { own, other: azure({}, own.state, { subscriptionId: OTHER }) };
}

test("each instance answers its own subscription", () => {
  const { own, other } = both();
  const client = ({ invoke }: typeof own) =>
    invoke("azure-native:authorization:getClientConfig", {}).subscriptionId;
  expect([`/subscriptions/${client(own)}`, client(other)]).toEqual([SUBSCRIPTION, OTHER]);
});

describe("a getter reads in the subscription of its instance", () => {
  const getters = [
    [
      "azure-native:resources:getResource",
      {
        apiVersion: "2025-11-01",
        parentResourcePath: "",
        resourceProviderNamespace: "Microsoft.ContainerRegistry",
        resourceType: "registries",
        resourceGroupName: "rg-platform",
        resourceName: "contosoimages",
      },
      "rg-platform",
    ],
    [
      "azure-native:codesigning:getCertificateProfile",
      {
        resourceGroupName: "rg-sign",
        accountName: "contoso-signing",
        profileName: "container-images",
      },
      "rg-sign",
    ],
    [
      "azure-native:managedidentity:getUserAssignedIdentity",
      { resourceGroupName: "rg-ids", resourceName: "theirs" },
      "rg-ids",
    ],
  ] as const;
  test.each(getters)("%s", async (token, args, group) => {
    const { own, other } = both();
    expect(other.invoke(token, args).id).toMatch(`${PLATFORM}/resourceGroups/${group}/`);
    expect(await refusal(() => own.invoke(token, args))).toMatchObject({
      code: "ResourceGroupNotFound",
      message: expect.stringContaining(`request failed ${SUBSCRIPTION}/resourceGroups/${group}/`),
    });
  });
});

test("an identity is made in the subscription of its instance", async () => {
  const { own, other } = both();
  const { id } = await other.identity.create({ ...identityInputs, resourceGroupName: "RG-Empty" });
  const at = "resourceGroups/rg-empty/providers/Microsoft.ManagedIdentity";
  expect(id).toBe(`${PLATFORM}/${at}/userAssignedIdentities/id-web`);
  expect(own.identity.read(id, {})?.inputs).toMatchObject({
    resourceGroupName: "rg-empty",
    resourceName: "id-web",
    location: "westeurope",
  });
});

test.each([PLATFORM, SUBSCRIPTION, ""])(
  "a role of %j is assigned on a registry of another subscription",
  async (subscription) => {
    const { own } = both();
    const { principalId } = (await own.identity.create(identityInputs)).outputs;
    const scope = REGISTRY.replace(GROUP, `${PLATFORM}/resourceGroups/rg-platform`);
    const roles = "/providers/Microsoft.Authorization/roleDefinitions/";
    const { id, outputs } = await own.assignment.create({
      scope,
      principalId,
      principalType: "ServicePrincipal",
      roleDefinitionId: subscription + roles + ROLE,
      roleAssignmentName: GUID,
    });
    expect(id).toBe(`${scope}/providers/Microsoft.Authorization/roleAssignments/${GUID}`);
    expect(outputs.roleDefinitionId).toBe(PLATFORM + roles + ROLE);
  },
);

test("a subscription that is not there", async () => {
  const { own } = both();
  const nowhere = azure({}, own.state, { subscriptionId: GUID });
  const message = `Status=404 Code="SubscriptionNotFound" Message="The subscription '${GUID}' could not be found."`;
  const id = `/subscriptions/${GUID}/resourceGroups/rg-images/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-web`;
  const get = () =>
    nowhere.invoke("azure-native:managedidentity:getUserAssignedIdentity", {
      resourceGroupName: "rg-images",
      resourceName: "id-web",
    });
  expect(await refusal(get)).toEqual({
    code: "SubscriptionNotFound",
    message: `request failed ${id}: ${message}`,
  });
  expect(nowhere.identity.read(id, identityInputs)).toBeUndefined();
});

test("all scopes of the world", () => {
  const { state } = both().own;
  expect(state.scopes()).toEqual([
    SUBSCRIPTION,
    ...["rg-images", "rg-signing", "rg-other"].map((it) => `${SUBSCRIPTION}/resourceGroups/${it}`),
    PLATFORM,
    ...["rg-empty", "rg-platform", "rg-sign", "rg-ids"].map(
      (it) => `${PLATFORM}/resourceGroups/${it}`,
    ),
    REGISTRY.replace(GROUP, `${PLATFORM}/resourceGroups/rg-platform`),
    ...["", "/certificateProfiles/container-images", "/certificateProfiles/another-profile"].map(
      (it) =>
        `${PLATFORM}/resourceGroups/rg-sign/providers/Microsoft.CodeSigning/codeSigningAccounts/contoso-signing${it}`,
    ),
  ]);
});
