import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ENGINE_VERSION } from "../../rehearsal/engine/find";
import { GO_TOOLS, PACKAGES } from "../../rehearsal/tools/versions";
import { ACTIONS, IMAGES, NOTATION, PLUGIN } from "../../workflow/pins";

interface Manager {
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
  readonly depNameTemplate?: string;
  readonly datasourceTemplate?: string;
  readonly versioningTemplate?: string;
  readonly extractVersionTemplate?: string;
}

const CONFIGURATION = JSON.parse(readFileSync("renovate.json", "utf8"));
const MANAGERS: readonly Manager[] = CONFIGURATION.customManagers;
const EXPRESSIONS = MANAGERS.flatMap((it) => it.matchStrings);

/**
 * The dependencies that Renovate finds in a file: each match of each manager whose pattern has the
 * path. Source: https://docs.renovatebot.com/modules/manager/regex/
 */
function foundIn(path: string) {
  const text = readFileSync(path, "utf8");
  const managers = MANAGERS.filter((it) =>
    it.managerFilePatterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(path)),
  );
  return managers.flatMap((manager) =>
    manager.matchStrings.flatMap((expression) =>
      [...text.matchAll(new RegExp(expression, "g"))].map(({ groups }) => ({
        depName: manager.depNameTemplate,
        datasource: manager.datasourceTemplate,
        versioning: manager.versioningTemplate,
        extractVersion: manager.extractVersionTemplate,
        ...groups,
      })),
    ),
  );
}

function sorted(all: ReadonlyArray<Readonly<Record<string, unknown>>>) {
  const given = (it: object) => Object.entries(it).filter(([, value]) => value !== undefined);
  return all.map((it) => JSON.stringify(given(it).sort())).sort();
}

const ofActions = Object.values(ACTIONS).map(({ action, sha, version }) => ({
  depName: action.split("/").slice(0, 2).join("/"),
  datasource: "github-tags",
  versioning: "semver",
  currentValue: version,
  currentDigest: sha,
}));
const ofImages = Object.values(IMAGES).map((image) => {
  const [depName, currentValue, digest] = image.split(/:|@sha256:/);
  const currentDigest = `sha256:${digest}`;
  return { depName, datasource: "docker", currentValue, currentDigest };
});
const ofTools = [NOTATION, PLUGIN].flatMap(({ repository, version, amd64, arm64 }) =>
  [amd64, arm64].map(({ sha256 }) => ({
    depName: repository,
    datasource: "github-release-attachments",
    versioning: "semver",
    currentValue: `v${version}`,
    currentDigest: sha256,
  })),
);

test("the table has one version for both archives of a tool", () => {
  for (const { amd64, arm64, version } of [NOTATION, PLUGIN]) {
    expect(arm64.url).toBe(amd64.url.replace("amd64", "arm64"));
    expect(amd64.url).toContain(`/v${version}/`);
  }
});

describe("the expressions of renovate.json", () => {
  test("find each pin of the table once, and nothing else", () => {
    const all = [...ofActions, ...ofImages, ...ofTools];
    expect(sorted(foundIn("workflow/pins.ts"))).toEqual(sorted(all));
  });

  test("find each tool of the tests, by the name that its go.mod has", () => {
    const found = [
      ...foundIn("rehearsal/tools/versions.ts"),
      ...foundIn("rehearsal/engine/find.ts"),
    ];
    const { node, ...python } = PACKAGES;
    const engine = { name: "pulumi", version: ENGINE_VERSION };
    const ofModules = [...Object.values(GO_TOOLS), engine].map(({ name, version }) => {
      const [, depName, required] =
        /^require (\S+) v(\S+)$/m.exec(readFileSync(`rehearsal/tools/${name}/go.mod`, "utf8")) ??
        [];
      expect(version).toBe(required);
      const extractVersion = "^v(?<version>.+)$";
      return { depName, datasource: "go", extractVersion, currentValue: version };
    });
    const ofPackages = Object.values(python).map((it) => {
      return { depName: it.package, datasource: "pypi", currentValue: it.version };
    });
    const ofNode = { depName: "node", datasource: "npm", currentValue: node.version };
    expect(sorted(found)).toEqual(sorted([...ofModules, ...ofPackages, ofNode]));
  });

  // https://github.com/uhop/node-re2#limitations-things-re2-does-not-support
  test.each(EXPRESSIONS)("can be read by RE2: %s", (expression) => {
    expect(expression).not.toMatch(/\(\?<?[=!]|\\[1-9]|\\k</);
  });

  test("read the tags of the emulators, which are no versions of images", () => {
    const rules: ReadonlyArray<{ versioning?: string; matchPackageNames?: readonly string[] }> =
      CONFIGURATION.packageRules;
    const rule = rules.find((it) => it.matchPackageNames?.includes("tonistiigi/binfmt"));
    const versioning = new RegExp(rule?.versioning?.replace(/^regex:/, "") ?? "");
    const [, tag = ""] = IMAGES.binfmt.split(/[:@]/);
    const { major, minor, patch } = versioning.exec(tag)?.groups ?? {};
    expect(`qemu-v${major}.${minor}.${patch}`).toBe(tag);
    expect(versioning.exec("qemu-v10.2.3-68")).toBeNull();
  });
});
