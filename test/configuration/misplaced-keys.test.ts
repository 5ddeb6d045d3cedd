import { describe, expect, test } from "vitest";
import { problemsOf } from "./stack";

const REGISTRY = { resourceGroup: "rg-images", name: "contosoimages" };
const rename = (key: string, given: unknown, home: string) => {
  return `${key} | ${JSON.stringify(given)} | the key \`${home}\` | Rename this key to \`${home}\`.`;
};

describe("a key under another namespace than its own is reported once", () => {
  test.each<readonly [string, object, readonly string[]]>([
    [
      "the owner",
      { "countersign:owner": "contoso", "github:owner": undefined },
      [rename("countersign:owner", "contoso", "github:owner")],
    ],
    [
      "the owner, beside the right one",
      { "countersign:owner": "contoso" },
      [rename("countersign:owner", "contoso", "github:owner")],
    ],
    [
      "the region",
      { "countersign:location": "westeurope", "azure-native:location": undefined },
      [rename("countersign:location", "westeurope", "azure-native:location")],
    ],
    [
      "nearly the project's name",
      { "countersigns:registry": REGISTRY, "countersign:registry": undefined },
      [rename("countersigns:registry", REGISTRY, "countersign:registry")],
    ],
    [
      "with the default of Pulumi.yaml for the missing key",
      { "counter-sign:pipelines": { web: {} }, "countersign:pipelines": {} },
      [rename("counter-sign:pipelines", { web: {} }, "countersign:pipelines")],
    ],
    [
      "nearly the project's name and nearly a key",
      { "Countersign:pipeline": { web: {} }, "countersign:pipelines": undefined },
      [rename("Countersign:pipeline", { web: {} }, "countersign:pipelines")],
    ],
    [
      "another project's name",
      { "shop:pipelines": { web: {} }, "countersign:pipelines": undefined },
      [rename("shop:pipelines", { web: {} }, "countersign:pipelines")],
    ],
  ])("%s", (_, changes, expected) => {
    expect(problemsOf(changes as never)).toEqual(expected);
  });

  test.each([
    { "shop:pipelines": { web: {} } },
    { "docker:registry": "x", "aws:location": "y", "shop:owner": "z" },
    { "azuread:tenantId": "x", "pulumi:tags": {} },
  ])("unless it is nobody's mistake: %j", (changes) => {
    expect(problemsOf(changes)).toEqual([]);
  });
});

test("pipelines without a value are no pipelines", () => {
  expect(problemsOf({ "countersign:pipelines": null })).toEqual([
    "countersign:pipelines | {} | at least one pipeline | Add a pipeline, such as `web: {}`.",
  ]);
});
