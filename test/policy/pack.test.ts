import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { policies } from "../../policy/policies";

const text = (path: string) => readFileSync(path, "utf8");

test("the pack has the version of the package", () => {
  const [pack, root] = ["policy/package.json", "package.json"].map((it) => JSON.parse(text(it)));
  expect(pack.version).toBe(root.version);
});

test("the page about the policies lists each of them, and each is mandatory", () => {
  const rows = [...text("docs/policy.md").matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
  expect(rows).toEqual(policies.map(({ name }) => name));
  expect(new Set(policies.map(({ enforcementLevel }) => enforcementLevel))).toEqual(
    new Set(["mandatory"]),
  );
});
