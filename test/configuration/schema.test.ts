import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { stackFileSchema } from "../../configuration/json-schema";
import { goodPipelines } from "./good-pipelines";
import { config } from "./stack";

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

  test.each(goodPipelines)("takes %s", (_, pipelines) => {
    expect(validate({ config: config({ "countersign:pipelines": pipelines }) })).toBe(true);
    expect(validate.errors).toBeNull();
  });

  test.each<readonly [string, unknown]>([
    ["a pipeline", null],
    ["an application", { identity: { application: null } }],
  ])("takes %s with nothing after it, as the program does", (_, web) => {
    expect(validate({ config: config({ "countersign:pipelines": { web } }) })).toBe(true);
  });

  test.each<readonly [string, object]>([
    ["a branch twice", { branches: ["main", "main"] }],
    ["an image of no keys", { images: [{}] }],
  ])("refuses %s, as the program does", (_, web) => {
    expect(validate({ config: config({ "countersign:pipelines": { web } }) })).toBe(false);
  });

  const production = (rest: object) => ({ environment: { name: "production", ...rest } });
  const workflow = "contoso/workflows/.github/workflows/sign.yml";

  test.each<readonly [string, object]>([
    ["an environment as a number", { environment: 5 }],
    ["an environment with nothing after it", { environment: null }],
    ["an environment of another form", { environment: "a\tb" }],
    ["an environment without a name", { environment: { waitMinutes: 5 } }],
    ["a misspelt key of an environment", production({ waitMinute: 5 })],
    ["a wait of no minutes", production({ waitMinutes: 0 })],
    ["a wait too long", production({ waitMinutes: 43_201 })],
    ["a wait of half minutes", production({ waitMinutes: 1.5 })],
    ["reviewers as a list", production({ reviewers: ["alice"] })],
    ["a mention as a user", production({ reviewers: { users: ["@alice"] } })],
    ["a team with its organization", production({ reviewers: { teams: ["contoso/release"] } })],
    ["an identity as a text", { identity: "signer" }],
    ["a misspelt key of an identity", { identity: { shared: "team" } }],
    ["an existing identity without its group", { identity: { existing: { name: "signer" } } }],
    ["an existing identity as a number", { identity: { existing: 5 } }],
    ["an existing application by name", { identity: { existingApplication: "Signer" } }],
    ["an owner by address", { identity: { application: { owners: ["alice@contoso.com"] } } }],
    ["a shared name with a space", { identity: { share: "a b" } }],
    ["trust without a workflow", { trust: { manageSubjectTemplate: true } }],
    ["a reusable workflow without a ref", { trust: { workflow } }],
    ["a misspelt key of trust", { trust: { workflow: `${workflow}@refs/heads/main`, x: 1 } }],
    ["another spelling of organization", { level: "organisation" }],
    ["an unknown way to commit", { commit: "pr" }],
  ])("refuses %s", (_, web) => {
    expect(validate({ config: config({ "countersign:pipelines": { web } }) })).toBe(false);
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
