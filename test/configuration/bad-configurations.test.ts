import { describe, expect, test } from "vitest";
import { checkConfiguration } from "../../config";
import { ProblemsError } from "../../configuration/problems";
import { type Config, config } from "../support/engine";
import { badPipelines } from "./bad-pipelines";
import { badStacks } from "./bad-stacks";
import { badTriggers } from "./bad-triggers";

/** What is wrong with a configuration: `path | given | allowed | remedy`, one line each. */
function problems(changes: Config, environment: Record<string, string> = {}): string[] {
  const stored = Object.entries({ ...config(), ...changes })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
  try {
    checkConfiguration(Object.fromEntries(stored), environment);
  } catch (failure) {
    if (!(failure instanceof ProblemsError)) throw failure;
    return failure.problems.map(
      ({ path, given, allowed, remedy }) =>
        `${path} | ${JSON.stringify(given) ?? "nothing"} | ${allowed} | ${remedy}`,
    );
  }
  return [];
}

describe("a bad configuration", () => {
  test.each([...badStacks, ...badTriggers, ...badPipelines])("%s", (_, changes, expected) => {
    expect(problems(changes)).toEqual(expected);
  });

  test("GITHUB_OWNER of another owner, which the provider would prefer", () => {
    expect(problems({}, { GITHUB_OWNER: "mallory" })).toEqual([
      'GITHUB_OWNER | "mallory" | unset, or contoso like `github:owner` | unset it: the provider prefers it',
    ]);
    expect(problems({}, { GITHUB_OWNER: "Contoso" })).toEqual([]);
  });

  test("is reported whole, whatever else is wrong", () => {
    const found = problems({
      "countersign:registry": { resourceGroup: "rg-images", name: "r" },
      "countersign:pipelines": { web: { tags: ["v*"], signWith: "x", branches: ["a", "a"] } },
      "github:owner": undefined,
    });
    const at = "countersign:pipelines.web";
    expect(found.map((line) => line.split(" | ")[0])).toEqual([
      "countersign:registry.name",
      `${at}.signWith`,
      `${at}.tags`,
      `${at}.branches`,
      "github:owner",
    ]);
  });
});

test("what is left out takes its default", () => {
  const stored = Object.entries(config()).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const checked = checkConfiguration(Object.fromEntries(stored));
  expect(checked.pipelines.web).toEqual({
    tags: [],
    signWith: "action",
    workflow: ".github/workflows/sign-image.yml",
    adopt: false,
    subjects: "auto",
    ids: "secrets",
    level: "repository",
  });
  expect(checked.registry.permissions).toBe("auto");
  expect(checked.identity).toEqual({ resourceGroup: "rg-images", location: "westeurope" });
});
