import { describe, expect, test } from "vitest";
import { Arm } from "../../../rehearsal/clouds/azure/arm/arm";
import { targetOf } from "../../../rehearsal/clouds/azure/arm/target";
import { atVersion } from "../../../rehearsal/clouds/azure/arm/versions";
import { azure, GROUP, IDENTITY, REGISTRY, refusalOfArm, SUBSCRIPTION } from "../support";

describe("a path", () => {
  const subscription = SUBSCRIPTION.slice("/subscriptions/".length);
  const inGroup = { subscription, group: "rg-images", scope: GROUP };
  test.each([
    [
      REGISTRY,
      { ...inGroup, namespace: "Microsoft.ContainerRegistry" },
      ["registries"],
      ["contosoimages"],
    ],
    [
      `${IDENTITY}/federatedIdentityCredentials/main`,
      { ...inGroup, namespace: "Microsoft.ManagedIdentity" },
      ["userAssignedIdentities", "federatedIdentityCredentials"],
      ["id-web", "main"],
    ],
    [
      `${REGISTRY}/providers/Microsoft.Authorization/roleAssignments/1`,
      { ...inGroup, scope: REGISTRY, namespace: "Microsoft.Authorization" },
      ["roleAssignments"],
      ["1"],
    ],
    [
      GROUP,
      { ...inGroup, scope: SUBSCRIPTION, namespace: "Microsoft.Resources" },
      ["resourceGroups"],
      ["rg-images"],
    ],
  ])("%s", (path, expected, types, names) => {
    expect(targetOf(path)).toEqual({ path, ...expected, types, names });
    expect(targetOf(path.replaceAll("/", "//"))).toEqual({ path, ...expected, types, names });
  });
});

test("a part of a property came later, and one line of versions never got it", () => {
  const introduced = { "policies.soft": { preview: "2025-03-01-preview" } };
  const given = { policies: { soft: 1, hard: 2 }, soft: 3 };
  expect(atVersion(given, introduced, "2025-03-01-preview")).toEqual(given);
  const without = { policies: { hard: 2 }, soft: 3 };
  expect(atVersion(given, introduced, "2023-03-01-preview")).toEqual(without);
  expect(atVersion(given, introduced, "2026-01-01")).toEqual(without);
});

describe("a property that came later", () => {
  const introduced = { mode: { stable: "2025-11-01", preview: "2025-03-01-preview" } };
  const given = { mode: "new", other: 1 };
  test.each([
    ["2025-11-01", true],
    ["2026-01-01", true],
    ["2025-04-01", false],
    ["2025-03-01-preview", true],
    ["2025-05-01-preview", true],
    ["2024-11-01-preview", false],
  ])("at %s: %s", (version, has) => {
    expect(atVersion(given, introduced, version)).toEqual(has ? given : { other: 1 });
  });
});

describe("a write in a version that the type does not have", () => {
  const refused = {
    status: 400,
    code: "NoRegisteredProviderFound",
    message:
      "No registered resource provider found for location 'northeurope' and API version '2024-03-01' for type 'userAssignedIdentities'. The supported api-versions are '2022-01-31-preview, 2023-01-31, 2023-07-31-preview, 2024-11-30, 2025-01-31-preview, 2025-05-31-preview'. The supported locations are 'northeurope'.",
  };
  test("is refused, whether the resource exists or not", async () => {
    const { state } = azure();
    const arm = new Arm(state);
    const body = { location: "northeurope" };
    expect(await refusalOfArm(() => arm.put(IDENTITY, "2024-03-01", body))).toEqual(refused);
    await arm.put(IDENTITY, "2023-01-31", body);
    expect(await refusalOfArm(() => arm.put(IDENTITY, "2024-03-01", body))).toEqual(refused);
    expect(await refusalOfArm(() => arm.get(IDENTITY, "2024-03-01"))).toEqual(refused);
    expect((await refusalOfArm(() => arm.delete(IDENTITY, "2024-03-01"))).code).toBe(refused.code);
    expect(state.identities.size).toBe(1);
  });
});

test("a resource group is not written here", async () => {
  const arm = new Arm(azure().state);
  const refused = { status: 405, code: "MethodNotAllowed" };
  const body = { location: "westeurope" };
  expect(await refusalOfArm(() => arm.put(GROUP, "2024-03-01", body))).toMatchObject(refused);
  expect(await refusalOfArm(() => arm.patch(GROUP, "2024-03-01", body))).toMatchObject(refused);
  expect(await refusalOfArm(() => arm.delete(GROUP, "2024-03-01"))).toMatchObject(refused);
});

test("the first requests are throttled, whatever they ask", async () => {
  const { state } = azure({ azure: { faults: { throttled: 2 } } });
  const arm = new Arm(state);
  const subscription = SUBSCRIPTION.slice("/subscriptions/".length);
  const refused = (kind: string) => ({
    status: 429,
    code: "SubscriptionRequestsThrottled",
    message: `Number of '${kind}' requests for subscription '${subscription}' actor '00000000-0000-0000-0000-000000000000' exceeded. Please try again after '1' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information.`,
  });
  expect(await refusalOfArm(() => arm.get(REGISTRY, "2025-11-01"))).toEqual(refused("read"));
  expect(await refusalOfArm(() => arm.delete(IDENTITY, "2023-01-31"))).toEqual(refused("delete"));
  expect(arm.get(REGISTRY, "2025-11-01").name).toBe("contosoimages");
});
