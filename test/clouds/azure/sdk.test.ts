import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { REGISTRY_SHAPE } from "../../../rehearsal/clouds/azure/arm/registry-shape";
import { ACCOUNT_SKUS, PROFILE_TYPES } from "../../../rehearsal/clouds/azure/arm/signing-rules";
import {
  ASSIGNMENT_VERSIONS,
  atVersion,
  GROUP_VERSIONS,
  IDENTITY_VERSIONS,
  REGISTRY_PROPERTIES,
  REGISTRY_VERSIONS,
  SIGNING_VERSIONS,
} from "../../../rehearsal/clouds/azure/arm/versions";
import { FUNCTIONS, RESOURCES, VERSION } from "../../../rehearsal/clouds/azure/native/metadata";
import { pathInputs } from "../../../rehearsal/clouds/azure/native/shape";

/** The SDK itself says what the provider serves, and in which version. */
const SDK = dirname(require.resolve("@pulumi/azure-native/package.json"));
const text = (module: string, extension: string) =>
  readFileSync(join(SDK, `${module}.${extension}`), "utf8");
const all = (source: string, pattern: RegExp) =>
  [...new Set([...source.matchAll(pattern)].map(([, found = ""]) => found))].sort();

/** The file of a type or a function: `azure-native:codesigning:getX` is in `codesigning/getX`. */
function moduleOf(token: string): string {
  const [, module = "", name = ""] = token.split(":");
  return `${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

function versionsOf(module: string): { readonly own: string; readonly all: string[] } {
  const source = text(module, "d.ts");
  const [, own = ""] = /Uses Azure REST API version ([^.]+)\./.exec(source) ?? [];
  const [, others = ""] = /Other available API versions: ([^.]+)\./.exec(source) ?? [];
  return { own, all: [own, ...others.split(", ")].sort() };
}

/** Results of a function, or of the first interface that has this name. */
function membersOf(source: string, name: string, indent = 4): string[] {
  const end = " ".repeat(indent - 4);
  const pattern = new RegExp(`interface ${name} \\{([\\s\\S]*?)\\n${end}\\}`);
  const [, body = ""] = pattern.exec(source) ?? [];
  return all(body, new RegExp(`^ {${indent}}(?:readonly )?(\\w+)\\??:`, "gm"));
}

function inNamespace(source: string, name: string): string {
  const [, rest = ""] = source.split(`export declare namespace ${name} {`);
  return rest.split("\n}")[0] ?? "";
}

test("the tables describe the version that is installed", () => {
  const { version } = JSON.parse(text("package", "json"));
  // After an update of the SDK, compare the provider's source with `native/`, and then change this.
  expect([version, VERSION]).toEqual(["3.28.0", "3.28.0"]);
});

test.each(RESOURCES)("$token", (metadata) => {
  const module = moduleOf(metadata.token);
  const source = text(module, "js");
  const [given = "", found = ""] = source.slice(source.indexOf("constructor(")).split("else {");
  const { path, top, properties, unserved, required, outputs, versionInput } = metadata;
  const chosen = versionInput ? [versionInput] : [];
  const served = [...pathInputs(path), ...top, ...properties, ...unserved, ...chosen].sort();
  expect(served).toEqual(all(given, /resourceInputs\["(\w+)"\] = (?!undefined)/g));
  expect([...required].sort()).toEqual(all(given, /Missing required property '(\w+)'/g));
  expect([...outputs].sort()).toEqual(all(found, /resourceInputs\["(\w+)"\]/g));
  expect(source).toContain(`__pulumiType = '${metadata.token}'`);
  expect(metadata.apiVersion).toBe(versionsOf(module).own);
});

test.each(FUNCTIONS)("$token", (metadata) => {
  const module = moduleOf(metadata.token);
  const [source, types] = [text(module, "js"), text(module, "d.ts")];
  const name = module.split("/")[1] ?? "";
  const own = name.charAt(0).toUpperCase() + name.slice(1);
  const { args, outputs, apiVersion } = metadata;
  expect(source).toContain(`pulumi.runtime.invoke("${metadata.token}"`);
  expect([...args].sort()).toEqual(membersOf(types, `${own}Args`));
  expect([...outputs].sort()).toEqual(membersOf(types, `${own}Result`));
  expect(apiVersion).toBe(versionsOf(module).own);
});

test.each([
  ["containerregistry/registry", REGISTRY_VERSIONS],
  ["managedidentity/userAssignedIdentity", IDENTITY_VERSIONS],
  ["managedidentity/federatedIdentityCredential", IDENTITY_VERSIONS],
  ["codesigning/codeSigningAccount", SIGNING_VERSIONS],
  ["codesigning/certificateProfile", SIGNING_VERSIONS],
  ["authorization/roleAssignment", ASSIGNMENT_VERSIONS],
  ["resources/resourceGroup", GROUP_VERSIONS],
])("ARM has the versions of %s", (module, versions) => {
  expect([...versions].sort()).toEqual(versionsOf(module).all);
});

test("ARM has the properties of a registry that the SDK has", () => {
  const source = text("containerregistry/registry", "js").split("else {")[0] ?? "";
  const own = ["identity", "location", "registryName", "resourceGroupName", "sku", "tags"];
  const inputs = all(source, /resourceInputs\["(\w+)"\] = (?!undefined)/g);
  const { own: version } = versionsOf("containerregistry/registry");
  const writable = Object.entries(REGISTRY_SHAPE).filter(([, it]) => it !== "read-only");
  const known = atVersion(
    Object.fromEntries(writable.map(([it]) => [it, 0])),
    REGISTRY_PROPERTIES,
    version,
  );
  expect(Object.keys(known).sort()).toEqual(inputs.filter((it) => !own.includes(it)));
  const policies = REGISTRY_SHAPE.policies as object;
  expect(Object.keys(policies).sort()).toEqual(
    membersOf(inNamespace(text("types/input", "d.ts"), "containerregistry"), "PoliciesArgs", 8),
  );
});

test.each([
  ["ProfileType", PROFILE_TYPES],
  ["SkuName", ACCOUNT_SKUS],
])("ARM has the values of %s", (name, values) => {
  const source = text("types/enums/codesigning/index", "d.ts");
  const [, body = ""] = new RegExp(`const ${name}: \\{([\\s\\S]*?)\\n\\}`).exec(source) ?? [];
  expect([...values].sort()).toEqual(all(body, /readonly \w+: "(\w+)"/g));
});

test("the mode of a registry is in no version that a getter of the SDK sends", () => {
  expect(text("containerregistry/getRegistry", "d.ts")).not.toContain("roleAssignmentMode");
  expect(text("types/output", "d.ts")).not.toContain("roleAssignmentMode");
});
