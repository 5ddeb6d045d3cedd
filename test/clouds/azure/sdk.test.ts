import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import {
  ASSIGNMENT_VERSIONS,
  GROUP_VERSIONS,
  IDENTITY_VERSIONS,
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
function membersOf(source: string, name: string): string[] {
  const [, body = ""] = new RegExp(`interface ${name} \\{([\\s\\S]*?)\\n\\}`).exec(source) ?? [];
  return all(body, /^ {4}(?:readonly )?(\w+)\??:/gm);
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
  const { path, top, properties, unserved, required, outputs } = metadata;
  const served = [...pathInputs(path), ...top, ...properties, ...unserved].sort();
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

test("the mode of a registry is in no version that a getter of the SDK sends", () => {
  expect(text("containerregistry/getRegistry", "d.ts")).not.toContain("roleAssignmentMode");
  expect(text("types/output", "d.ts")).not.toContain("roleAssignmentMode");
});
