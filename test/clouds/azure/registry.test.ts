import { describe, expect, test } from "vitest";
import { REGISTRY_VERSIONS } from "../../../rehearsal/clouds/azure/arm/versions";
import type { WorldInput } from "../../../rehearsal/world/world";
import { armRefusal, azure, GROUP, notFound, REGISTRY, refusal } from "../support";

const args = {
  apiVersion: "2025-11-01",
  resourceProviderNamespace: "Microsoft.ContainerRegistry",
  parentResourcePath: "",
  resourceType: "registries",
  resourceGroupName: "RG-images",
  resourceName: "ContosoImages",
};
const PATH = `${GROUP.replace("rg-images", "RG-images")}/providers/Microsoft.ContainerRegistry//registries/ContosoImages`;
const FAILED = `request failed ${PATH}: `;

type Registry = Partial<NonNullable<WorldInput["azure"]["registries"]>[number]>;
type Azure = Partial<WorldInput["azure"]>;
const open = (registry: Registry = {}, world: Azure = {}) => azure({ registry, azure: world });
const get = (cloud: ReturnType<typeof open>, changes: object = {}) =>
  cloud.invoke("azure-native:resources:getResource", { ...args, ...changes });
const mode = (registry: Registry, apiVersion: string) =>
  get(open(registry), { apiVersion }).properties;

/** ARM's words about a version that it does not know. */
const unregistered = (version: string, versions: readonly string[]) =>
  armRefusal(
    400,
    "NoRegisteredProviderFound",
    `No registered resource provider found for location 'westeurope' and API version '${version}' for type 'registries'. The supported api-versions are '${versions.join(", ")}'. The supported locations are 'westeurope'.`,
    FAILED,
  );

test("a registry is read in the version that the program gives, at the path that it gives", () => {
  const cloud = open();
  expect(get(cloud)).toEqual({
    id: REGISTRY,
    name: "contosoimages",
    type: "Microsoft.ContainerRegistry/registries",
    location: "westeurope",
    sku: { name: "Premium", tier: "Premium" },
    azureApiVersion: "2024-03-01",
    properties: {
      loginServer: "contosoimages.azurecr.io",
      provisioningState: "Succeeded",
      publicNetworkAccess: "Enabled",
      networkRuleSet: { defaultAction: "Allow", ipRules: [] },
      roleAssignmentMode: "AbacRepositoryPermissions",
    },
  });
  expect(cloud.state.requests).toEqual([`GET ${PATH}?api-version=2025-11-01`]);
});

describe("the mode", () => {
  test.each([
    ["abac", "2025-11-01", "AbacRepositoryPermissions"],
    ["rbac", "2025-11-01", "LegacyRegistryPermissions"],
    ["abac", "2025-03-01-preview", "AbacRepositoryPermissions"],
    ["rbac", "2026-03-01-preview", "LegacyRegistryPermissions"],
  ] as const)("%s at %s", (registry, version, roleAssignmentMode) => {
    expect(mode({ mode: registry }, version)).toMatchObject({ roleAssignmentMode });
  });

  test.each([
    ["abac", "2025-04-01"],
    ["abac", "2024-11-01-preview"],
    ["unreported", "2025-11-01"],
  ] as const)("%s at %s is not reported", (registry, version) => {
    expect(mode({ mode: registry }, version)).not.toHaveProperty("roleAssignmentMode");
  });
});

test("the network is as the world has it", () => {
  const registry = { publicNetworkAccess: "Disabled", networkDefaultAction: "Deny" } as const;
  expect(get(open(registry)).properties).toMatchObject({
    publicNetworkAccess: "Disabled",
    networkRuleSet: { defaultAction: "Deny" },
  });
});

describe("a version that is not registered", () => {
  test("because ARM never had it", async () => {
    const apiVersion = "2025-11-02";
    expect(await refusal(() => get(open(), { apiVersion }))).toEqual(
      unregistered(apiVersion, REGISTRY_VERSIONS),
    );
  });

  test("because this cloud lacks it", async () => {
    const registryApiVersions = ["2023-07-01", "2025-04-01"];
    expect(await refusal(() => get(open({}, { registryApiVersions })))).toEqual(
      unregistered("2025-11-01", registryApiVersions),
    );
  });

  test("because an old provider sends its own, whatever the program gives", async () => {
    const cloud = open({}, { honorsApiVersion: false });
    expect(await refusal(() => get(cloud))).toEqual(unregistered("2024-03-01", REGISTRY_VERSIONS));
    expect(cloud.state.requests).toEqual([`GET ${PATH}?api-version=2024-03-01`]);
  });

  test("is not looked at where there is no registry", async () => {
    const changes = { apiVersion: "2025-11-02", resourceName: "nope" };
    const id = PATH.replace("ContosoImages", "nope");
    const refused = notFound(id.replace("//reg", "/reg"), `request failed ${id}: `);
    expect(await refusal(() => get(open(), changes))).toEqual(refused);
  });
});

test("a registry that may not be read", async () => {
  const nobody = "00000000-0000-0000-0000-000000000000";
  const message = `The client '${nobody}' with object id '${nobody}' does not have authorization to perform action 'Microsoft.ContainerRegistry/registries/read' over scope '${PATH.replace("//", "/")}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
  expect(await refusal(() => get(open({ readable: false })))).toEqual(
    armRefusal(403, "AuthorizationFailed", message, FAILED),
  );
});

test.each([
  [
    { resourceGroupName: "nope" },
    "ResourceGroupNotFound",
    "Resource group 'nope' could not be found.",
  ],
  [
    { resourceType: "tasks" },
    "InvalidResourceType",
    "The resource type 'tasks' could not be found in the namespace 'Microsoft.ContainerRegistry' for api version '2025-11-01'.",
  ],
  [
    { resourceProviderNamespace: "Microsoft.Web" },
    "InvalidResourceNamespace",
    "The resource namespace 'Microsoft.Web' is invalid.",
  ],
])("with %j, nothing is there", async (changes, code, message) => {
  const { code: given, message: text } = await refusal(() => get(open(), changes));
  expect(given).toBe(code);
  expect(text.split(": ").slice(1).join(": ")).toBe(armRefusal(404, code, message).message);
});

test("an argument that the SDK does not have is refused, and one that is missing", () => {
  expect(() => get(open(), { subscriptionId: "x" })).toThrow(
    "the embedded azure-native does not know azure-native:resources:getResource.subscriptionId",
  );
  expect(() => get(open(), { apiVersion: undefined })).toThrow(
    "azure-native:resources:getResource needs apiVersion",
  );
});
