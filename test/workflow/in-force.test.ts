import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { workflowInForce } from "../../workflow/in-force";

const golden = (name: string) =>
  readFileSync(join(__dirname, "..", "golden", `${name}.yml`), "utf8");
const text = golden("action-two-images-environment").replace(
  "a test.",
  "Countersign from the stack p/s.",
);
const written = workflowInForce("sign.yml", text, "p/s");
const edited = (from: RegExp, to: string) => {
  expect(text).toMatch(from);
  return workflowInForce("sign.yml", text.replace(from, to), "p/s");
};

describe("the workflow that a branch holds", () => {
  test("says what it needs", () => {
    expect(written).toMatchInlineSnapshot(`
      {
        "branches": [
          "main",
        ],
        "calls": undefined,
        "environment": "release",
        "idSuffix": "",
        "ids": "secrets",
        "images": [
          "web",
          "team/worker",
        ],
        "path": "sign.yml",
        "registry": "contosoimages",
        "signing": {
          "account": "contoso-signing",
          "profile": "container-images",
        },
        "tags": [
          "v*",
        ],
      }
    `);
  });

  test.each([
    ["an environment with a URL", /environment: (\S+)/, "environment: {name: $1, url: https://x}"],
    ["one branch as a text", /branches:\n\s+- main\n/, "branches: main\n"],
    ["a number among a step's values", /with:\n/, "with:\n          depth: 0\n"],
    ["a value that is left empty", /with:\n/, "with:\n          path:\n"],
    ["a row without an image", /include:\n/, "include:\n          - os: linux\n"],
    ["a step that is none", /steps:\n/, "steps:\n      - uses: {}\n        env:\n"],
  ] as const)("is read in any shape: %s", (_, from, to) => {
    expect(edited(from, to)).toEqual(written);
  });

  test.each([
    ["an environment that is a number", /environment: \S+/, "environment: 1", { environment: "1" }],
    ["a branch that is a number", /- main\n/, "- 2.5\n", { branches: ["2.5"] }],
    ["no tags", /tags:\n\s+- v\*\n/, "tags:\n", { tags: [] }],
    [
      "images that a run computes",
      /include:\n/,
      "include: ${{ x }}\n        was:\n",
      { images: [] },
    ],
  ] as const)("is read as far as it is clear: %s", (_, from, to, now) => {
    expect(edited(from, to)).toEqual({ ...written, ...now });
  });

  test.each([
    ["a list of environments", /environment: \S+/, "environment: [a]"],
    ["other triggers", /^on:\n/m, "on: push\nwas:\n"],
    ["other ids", /secrets\.AZURE_CLIENT_ID/, "secrets.OTHER"],
    ["no YAML", /^jobs:/m, "jobs: ]"],
  ] as const)("is nobody's where it was edited beyond recognition: %s", (_, from, to) => {
    expect(edited(from, to)).toBeUndefined();
  });
});
