import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { stackFileSchema } from "../../configuration/json-schema";
import { config } from "../support/engine";

describe("the JSON Schema of stack files", () => {
  const validate = new Ajv({ strict: false }).compile(stackFileSchema());

  test("is current; otherwise run `npm run schema`", () => {
    expect(JSON.parse(readFileSync("stack.schema.json", "utf8"))).toEqual(stackFileSchema());
  });

  test("takes the example stack", () => {
    expect(validate(parse(readFileSync("Pulumi.dev.yaml", "utf8")))).toBe(true);
  });

  test.each([
    ["an unknown key", { "countersign:registry": { resourceGroup: "a", name: "contoso", x: 1 } }],
    ["a value that is not allowed", { "countersign:pipelines": { web: { signWith: "cosign" } } }],
    ["a name of another form", { "countersign:registry": { resourceGroup: "a", name: "a.b" } }],
    ["a missing key", { "countersign:registry": { name: "contoso" } }],
  ])("refuses %s", (_, changes) => {
    expect(validate({ config: config() })).toBe(true);
    expect(validate({ config: config(changes) })).toBe(false);
  });
});

test("Pulumi.yaml documents every key of the configuration", () => {
  const project = parse(readFileSync("Pulumi.yaml", "utf8"));
  const schema = stackFileSchema() as { properties: { config: { properties: object } } };
  const keys = Object.keys(schema.properties.config.properties);
  expect(Object.keys(project.config).sort()).toEqual(
    keys.filter((key) => key.startsWith("countersign:")).sort(),
  );
});
