import { describe, expect, test } from "vitest";
import { offendingCharacter } from "../../configuration/characters";
import { describeProblems } from "../../configuration/problems";
import { pipelineSchema, stackSchema } from "../../configuration/schema";
import { schemaProblems } from "../../configuration/schema-problems";
import { read } from "./stack";

const NAME = "^[A-Za-z0-9]{5,50}$";
const HYPHENS = "^(?!.*--)[a-z][a-z0-9-]{1,22}[a-z0-9]$";

describe("the character that a text must not have", () => {
  test.each<readonly [string, string, string | undefined]>([
    ["contosoimages", NAME, undefined],
    ["contosoimages.azurecr.io", NAME, "."],
    ["contoso images!", NAME, " "],
    ["contoso\timages", NAME, "\t"],
    ["größer", NAME, "ö"],
    ["Bad Name", "^[a-z ]+$", "B"],
    // The length is wrong, or the place of a character that is accepted elsewhere.
    ["a.b", NAME, undefined],
    ["a--b", HYPHENS, undefined],
    ["-ab", HYPHENS, undefined],
    ["a_-b", HYPHENS, "_"],
    // The pattern needs signs of its own.
    [".github/workflows/sign image.yml", "^\\.github/workflows/[A-Za-z0-9._-]+\\.ya?ml$", " "],
    [".github/sign.yml", "^\\.github/workflows/[A-Za-z0-9._-]+\\.ya?ml$", undefined],
    ["refs/heads/main", "^(?!refs/)[a-z/]+$", undefined],
    ["feat/機能:x", "^[^\\p{Cc} ~^:?[\\\\]+$", ":"],
    ["a🚀b", "^[a-z]+$", "🚀"],
  ])("%s against %s", (text, pattern, expected) => {
    expect(offendingCharacter(text, pattern)).toBe(expected);
  });

  test("is nothing without a text or a pattern", () => {
    expect([offendingCharacter(5, NAME), offendingCharacter("x y", undefined)]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe("an error names the character", () => {
  const given = (changes: object) =>
    describeProblems("No", read(changes as never).problems)
      .split("\n")
      .filter((line) => line.startsWith("    given"));
  test.each([
    [
      { "countersign:registry": { resourceGroup: "rg-images", name: "contoso.images" } },
      '"contoso.images", where `.` is not accepted',
    ],
    [{ "countersign:pipelines": { "my site": {} } }, '"my site", where a space is not accepted'],
    [
      { "countersign:pipelines": { web: { branches: ["main", "a:b"] } } },
      '"a:b", where `:` is not accepted',
    ],
    [
      { "countersign:pipelines": { web: { images: [{ name: "web\u0007" }] } } },
      '"web\\u0007", where U+0007 is not accepted',
    ],
    [
      { "countersign:pipelines": { web: { environment: { name: "a\u0000" } } } },
      '"a\\u0000", where U+0000 is not accepted',
    ],
    [
      { "countersign:pipelines": { web: { environment: "a\u0000" } } },
      '"a\\u0000", where U+0000 is not accepted',
    ],
    [{ "countersign:pipelines": { web: { branches: ["a..b"] } } }, '"a..b"'],
  ])("%j", (changes, expected) => {
    expect(given(changes)).toEqual([`    given     ${expected}`]);
  });
});

describe("one mistake is reported once", () => {
  const paths = (schema: typeof pipelineSchema | typeof stackSchema, input: unknown) => {
    const { error } = schema.safeParse(input);
    return schemaProblems(schema, error?.issues ?? [], input, "").map(
      ({ path, fix }) => `${path}: ${fix}`,
    );
  };
  test.each([
    [
      "a name",
      { environment: { nam: "release" } },
      ["environment.nam: Did you mean `name`? Otherwise, remove this key."],
    ],
    [
      "an item's name",
      { images: [{ naem: "web" }] },
      ["images.0.naem: Did you mean `name`? Otherwise, remove this key."],
    ],
    [
      "another key",
      { images: [{ color: "web" }] },
      ["images.0.name: Add this key. It is required.", "images.0.color: Remove this key."],
    ],
  ])("in a pipeline: %s", (_, input, expected) => {
    expect(paths(pipelineSchema, input)).toEqual(expected);
  });

  test("in a stack", () => {
    const registry = { resourceGroup: "rg", name: "contoso" };
    const signing = { resourceGroup: "rg", account: "contoso", profile: "profile" };
    const input = { registry, signing, pipeline: { web: {} } };
    expect(paths(stackSchema, input)).toEqual([
      "pipeline: Did you mean `pipelines`? Otherwise, remove this key.",
    ]);
  });
});

describe("a text where a list belongs", () => {
  test.each([
    [{ branches: "main" }, "branches | Write `branches: [main]`."],
    [{ tags: "v*", environment: "r" }, 'tags | Write `tags: ["v*"]`.'],
    [{ images: "web" }, "images | Write `images: [{ name: web }]`."],
    [{ images: ["web"] }, "images.0 | Write `- { name: web }`."],
    [
      { environment: { name: "r", reviewers: { users: "alice" } } },
      "environment.reviewers.users | Write `users: [alice]`.",
    ],
    [{ branches: { main: 1 } }, "branches | Use a value of this type."],
    [{ identity: "web" }, "identity | Use a value of this type."],
  ])("%j", (pipeline, expected) => {
    const { problems } = read({ "countersign:pipelines": { web: pipeline } });
    const root = "countersign:pipelines.web.";
    expect(problems.map(({ path, fix }) => `${path.replace(root, "")} | ${fix}`)).toEqual([
      expected,
    ]);
  });
});
