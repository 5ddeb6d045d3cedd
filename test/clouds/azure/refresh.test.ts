import { describe, expect, test } from "vitest";
import { Arm } from "../../../rehearsal/clouds/azure/arm/arm";
import { RESOURCES, type ResourceMetadata } from "../../../rehearsal/clouds/azure/native/metadata";
import { refreshed } from "../../../rehearsal/clouds/azure/native/refresh";
import type { Properties } from "../../../rehearsal/clouds/wire";
import { azure, GROUP } from "../support";

const GENERIC = RESOURCES.find(({ token }) => token.endsWith(":Resource")) as ResourceMetadata;
const of = (input: unknown, before: unknown, news: unknown) =>
  refreshed(
    GENERIC,
    { properties: input } as Properties,
    { properties: before } as Properties,
    { properties: news } as Properties,
  );

describe("what a refresh copies into the inputs", () => {
  test.each([
    ["nothing, if nothing changed", { a: 1 }, { a: 2, b: 3 }, { a: 2, b: 3 }, undefined],
    ["a part that changed", { a: 1 }, { a: 1, b: 3 }, { a: 2, b: 3 }, { a: 2 }],
    ["a part that is not an input", { a: 1 }, { a: 1, b: 3 }, { a: 1, b: 4 }, { a: 1, b: 4 }],
    ["a new part", { a: 1 }, { a: 1 }, { a: 1, b: 4 }, { a: 1, b: 4 }],
    ["not a part that is gone", { a: 1, b: 3 }, { a: 1, b: 3 }, { a: 1 }, { a: 1 }],
    [
      "a part of a part",
      { a: { x: 1 } },
      { a: { x: 1, y: 1 } },
      { a: { x: 2, y: 1 } },
      { a: { x: 2 } },
    ],
    ["a list of values as it is", { a: [1] }, { a: [1] }, { a: [2, 3] }, { a: [2, 3] }],
    [
      "of objects in a list, the parts that changed",
      { a: [{ x: 1 }] },
      { a: [{ x: 1, y: 1 }] },
      { a: [{ x: 2, y: 1 }, { x: 3 }] },
      { a: [{ x: 2 }, { x: 3 }] },
    ],
  ])("%s", (_, input, before, news, expected) => {
    expect(of(input, before, news)).toEqual(expected ? { properties: expected } : {});
  });

  test("everything, if there was nothing before", () => {
    expect(of(undefined, undefined, { a: 1 })).toEqual({ properties: { a: 1 } });
  });
});

test("a refresh copies what somebody changed in a registry, and nothing else", async () => {
  const apiVersion = "2025-11-01";
  const inputs = {
    apiVersion,
    resourceGroupName: "rg-images",
    resourceProviderNamespace: "Microsoft.ContainerRegistry",
    parentResourcePath: "",
    resourceType: "registries",
    resourceName: "newimages",
    location: "westeurope",
    sku: { name: "Standard" },
    properties: { adminUserEnabled: false },
  };
  const { generic, state } = azure();
  const { id, outputs } = await generic.create(inputs);
  expect(generic.read(id, inputs, outputs)?.inputs).toEqual(inputs);
  const path = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/newimages`;
  await new Arm(state).put(path, apiVersion, {
    location: "westeurope",
    sku: { name: "Premium" },
    properties: { adminUserEnabled: true, policies: { exportPolicy: { status: "enabled" } } },
  });
  expect(generic.read(id, inputs, outputs)?.inputs).toEqual({
    ...inputs,
    sku: { name: "Premium", tier: "Premium" },
    properties: {
      adminUserEnabled: true,
      // Only a premium registry reports these.
      networkRuleSet: { defaultAction: "Allow", ipRules: [] },
    },
  });
  const before = { ...outputs, properties: { provisioningState: "Creating" } };
  const { properties } = generic.read(id, inputs, before)?.inputs ?? {};
  expect(properties).toMatchObject({ provisioningState: "Succeeded" });
});
