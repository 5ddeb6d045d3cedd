import { describe, expect, test } from "vitest";
import { UNKNOWN } from "../../../rehearsal/clouds/wire";
import {
  azure,
  CREDENTIAL_NAME,
  credentialInputs,
  GROUP,
  IDENTITY,
  identityInputs,
  REGISTRY,
} from "../support";

const VERSION = "2023-01-31";
const reasons = (faults: ReadonlyArray<{ readonly reason: string }>) =>
  faults.map(({ reason }) => reason);

describe("check", () => {
  const { identity, credential, assignment } = azure();

  test("adds the version, and what the resource group or the configuration says", () => {
    const { location: _, ...rest } = identityInputs;
    const cloud = azure();
    expect(cloud.identity.completed(rest)).toEqual({ ...identityInputs, azureApiVersion: VERSION });
    expect(cloud.state.requests).toEqual([`GET ${GROUP}?api-version=2020-10-01`]);
    const configured = azure({}, cloud.state, { location: "northeurope" });
    expect(configured.identity.completed(rest).location).toBe("northeurope");
    expect(configured.identity.completed(rest, { location: "uksouth" }).location).toBe("uksouth");
    const unknown = { ...rest, resourceGroupName: UNKNOWN };
    expect(cloud.identity.completed(unknown).location).toBe(UNKNOWN);
  });

  test("names what is missing", () => {
    expect(reasons(credential.check({}))).toEqual(
      ["audiences", "issuer", "resourceGroupName", "resourceName", "subject"].map(
        (it) => `missing required property '${it}'`,
      ),
    );
    expect(reasons(identity.check({ resourceGroupName: "nope" }))).toEqual([
      "missing required property 'location'. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.",
    ]);
  });

  test.each(["ab", "-ab", "a/b", "a.b", "a".repeat(121), ""])(
    "refuses %j as a name of a credential",
    (name) => {
      expect(reasons(credential.check(credentialInputs(name)))).toEqual([
        `'${CREDENTIAL_NAME}' does not match expression '^[a-zA-Z0-9]{1}[a-zA-Z0-9-_]{2,119}$'`,
      ]);
    },
  );

  test("skips what it does not know yet", () => {
    expect(credential.check(credentialInputs(UNKNOWN))).toEqual([]);
  });

  test("refuses an input that is not served", () => {
    const inputs = { scope: REGISTRY, principalId: "p", roleDefinitionId: "r" };
    const token = "azure-native:authorization:RoleAssignment";
    const it = "delegatedManagedIdentityResourceId";
    expect(reasons(assignment.check({ ...inputs, [it]: IDENTITY }))).toEqual([
      `the embedded azure-native does not know ${token}.${it}`,
    ]);
  });
});

describe("automatic names", () => {
  test("an identity's is random, is kept, and lets the replacement come first", () => {
    const { identity } = azure();
    const { resourceName: _, ...rest } = identityInputs;
    const first = identity.completed(rest);
    expect(first.resourceName).toMatch(/^it[0-9a-f]{8}$/);
    expect(first.__createBeforeDelete).toBe(true);
    expect(identity.completed(rest, first)).toEqual(first);
    expect(identity.completed(rest).resourceName).not.toBe(first.resourceName);
    const elsewhere = { ...first, location: "northeurope" };
    expect(identity.diff(first, elsewhere)).toEqual({
      changed: ["location"],
      replaces: ["location"],
    });
  });

  test("a credential's is its logical name, a role assignment's is a GUID", () => {
    const { credential, assignment } = azure();
    const { [CREDENTIAL_NAME]: _, ...rest } = credentialInputs("main");
    expect(credential.completed(rest)).toMatchObject({ [CREDENTIAL_NAME]: "it" });
    expect(credential.completed(rest)).not.toHaveProperty("__createBeforeDelete");
    const inputs = { scope: REGISTRY, principalId: "p", roleDefinitionId: "r" };
    expect(assignment.completed(inputs).roleAssignmentName).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("diff", () => {
  const { identity, assignment } = azure();
  const none = { changed: [], replaces: [] };
  test.each([
    ["location", "West Europe"],
    ["location", "WESTEUROPE"],
    ["resourceGroupName", "RG-Images"],
  ])("does not see %s as %s", (property, value) => {
    expect(identity.diff(identityInputs, { ...identityInputs, [property]: value })).toEqual(none);
  });

  test("sees the case of a name, of a scope and of an id", () => {
    const news = { ...identityInputs, resourceName: "ID-WEB" };
    expect(identity.diff(identityInputs, news).replaces).toEqual(["resourceName"]);
    const scopes = [{ scope: REGISTRY }, { scope: REGISTRY.toUpperCase() }] as const;
    expect(assignment.diff(...scopes)).toEqual({
      changed: ["scope"],
      replaces: ["scope"],
      deleteBeforeReplace: true,
    });
  });

  test("sees another version of the API, but not that a state of before 3.0 has none", () => {
    const at = (azureApiVersion: string) => ({ ...identityInputs, azureApiVersion });
    expect(identity.diff(at("2022-01-31-preview"), at(VERSION)).changed).toEqual([
      "azureApiVersion",
    ]);
    expect(identity.diff(identityInputs, at(VERSION))).toEqual(none);
  });

  test("takes what is not known yet as a change", () => {
    const [before, news] = [{ principalId: "p" }, { principalId: UNKNOWN }];
    expect(assignment.diff(before, news).replaces).toEqual(["principalId"]);
  });
});
