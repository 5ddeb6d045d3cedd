import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { makeFolder, readYaml } from "../../rehearsal/options";
import { readStackFile } from "../../rehearsal/stack-file";
import { config } from "../support/config";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "given-files-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(content: object | string, name = "Pulumi.dev.yaml"): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : stringify(content));
  return path;
}

/** What is said when something is refused, without the folder of this test. */
function said(work: () => unknown): string {
  try {
    work();
  } catch (failure) {
    return (failure as Error).message.replaceAll(folder, "DIR");
  }
  throw new Error("nothing was refused");
}

describe("a file or folder that cannot be used", () => {
  test.each([
    ["none.yaml", "there is no such file"],
    [".", "it is a folder, not a file"],
    ["file.yaml/world.yaml", "a part of the path is a file, not a folder"],
  ])("%s", (name, why) => {
    file("a: 1", "file.yaml");
    const path = join(folder, name);
    const shown = path.replace(folder, "DIR");
    expect(said(() => readYaml("--world", path))).toBe(`--world ${shown} cannot be used: ${why}.`);
  });

  test("is no YAML", () => {
    const path = file("a: [1", "bad.yaml");
    expect(said(() => readYaml("--world", path))).toMatch(
      /^--world DIR\/bad\.yaml cannot be used: it is not YAML: Flow sequence in .* at line 1, column 6\.$/,
    );
  });

  test.each([
    ["file.yaml", "there is a file of this name"],
    ["file.yaml/out", "a part of the path is a file, not a folder"],
  ])("for what is kept: %s", (name, why) => {
    file("a: 1", "file.yaml");
    const message = said(() => makeFolder("--out", join(folder, name)));
    expect(message).toBe(`--out DIR/${name} cannot be used: ${why}.`);
  });

  test("is created if it can be", () => {
    makeFolder("--out", join(folder, "a/b"));
    makeFolder("--out", join(folder, "a/b"));
    expect(readYaml("--world", file("a: 1", "a/b/w.yaml"))).toEqual({ a: 1 });
  });
});

describe("a stack file", () => {
  const secure = { secure: "v1:abc" };
  test.each<readonly [string, object, string]>([
    [
      "of another project",
      { "aws:region": "x", "shop:size": 1, "github:owner": "contoso" },
      "DIR/Pulumi.dev.yaml is a stack file of another project: it has keys of `aws:` and `shop:`, and none of `countersign:`.",
    ],
    [
      "whose key is encrypted",
      { ...config(), "countersign:pipelines": secure },
      "In DIR/Pulumi.dev.yaml, countersign:pipelines is encrypted, so the rehearsal cannot read it. Write it in plain text: no key of `countersign:` is a secret.",
    ],
    [
      "with encrypted values below its keys",
      { ...config(), "countersign:registry": { name: secure, resourceGroup: secure } },
      "In DIR/Pulumi.dev.yaml, countersign:registry.name, countersign:registry.resourceGroup are encrypted, so the rehearsal cannot read it. Write it in plain text: no key of `countersign:` is a secret.",
    ],
    [
      "with an encrypted key without namespace",
      { ...config(), pipelines: { web: { images: [{ name: secure }] } } },
      "In DIR/Pulumi.dev.yaml, countersign:pipelines.web.images.0.name is encrypted, so the rehearsal cannot read it. Write it in plain text: no key of `countersign:` is a secret.",
    ],
  ])("%s", (_, content, expected) => {
    expect(said(() => readStackFile(file({ config: content })))).toBe(expected);
  });

  test.each([
    [
      "package.json",
      {},
      "DIR/package.json is not a stack file: its name must be Pulumi.STACK.yaml.",
    ],
    [
      "Pulumi.dev.yaml",
      { a: 1 },
      "DIR/Pulumi.dev.yaml has no `config:` with the stack's keys below it.",
    ],
  ])("%s with %j", (name, content, expected) => {
    expect(said(() => readStackFile(file(content, name)))).toBe(expected);
  });

  test("whose project has another name is read, so that its keys are explained", () => {
    const { config: read } = readStackFile(file({ config: { "mine:pipelines": {} } }));
    expect(read).toEqual({ "mine:pipelines": "{}" });
  });

  test("is read without what others encrypted", () => {
    const given = { ...config(), "github:token": secure, "azure-native:x": { y: [secure] } };
    const path = file({ environment: ["esc"], config: given });
    const { name, config: read, leftOut } = readStackFile(path);
    expect([name, leftOut]).toEqual(["dev", ["github:token", "azure-native:x", "environment"]]);
    expect(Object.keys(read)).toEqual(Object.keys(config()));
    expect(read["countersign:pipelines"]).toBe('{"web":{}}');
  });
});
