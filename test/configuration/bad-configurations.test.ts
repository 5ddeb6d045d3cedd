import { describe, expect, test } from "vitest";
import { checkConfiguration } from "../../config";
import { ProblemsError } from "../../configuration/problems";
import { type Config, config } from "../support/engine";
import { badEnvironments } from "./bad-environments";
import { badHosts } from "./bad-hosts";
import { badIdentities } from "./bad-identities";
import { badPipelines } from "./bad-pipelines";
import { badSharing } from "./bad-sharing";
import { badStacks } from "./bad-stacks";
import { badTriggers } from "./bad-triggers";
import { badTrust } from "./bad-trust";

const all = [
  ...badStacks,
  ...badTriggers,
  ...badPipelines,
  ...badEnvironments,
  ...badIdentities,
  ...badTrust,
  ...badSharing,
  ...badHosts,
];

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
  test.each(all)("%s", (_, changes, expected) => {
    expect(problems(changes)).toEqual(expected);
  });

  test("GITHUB_OWNER of another owner, which the provider would prefer", () => {
    expect(problems({}, { GITHUB_OWNER: "mallory" })).toEqual([
      'GITHUB_OWNER | "mallory" | unset, or contoso like `github:owner` | unset it: the provider prefers it',
    ]);
    expect(problems({}, { GITHUB_OWNER: "Contoso" })).toEqual([]);
  });

  test("GITHUB_BASE_URL and ARM_ENVIRONMENT, which the providers take too", () => {
    expect(problems({}, { GITHUB_BASE_URL: "http://github.contoso.example" })).toEqual([
      'GITHUB_BASE_URL | "http://github.contoso.example" | https://api.github.com, https://api.TENANT.ghe.com, or https://HOST/api/v3 (or https://HOST) of a GitHub Enterprise Server | give the base URL of GitHub\'s REST API',
    ]);
    expect(problems({}, { ARM_ENVIRONMENT: "usgovernment" })).toEqual([
      'ARM_ENVIRONMENT | "usgovernment" | public: the cloud that has Artifact Signing; usgovernment has none | remove it: images are signed in the public cloud',
    ]);
    const both = { "countersign:pipelines": { web: { subjects: "both" } } };
    expect(problems(both, { GITHUB_BASE_URL: "https://github.contoso.example/" })).toEqual([
      'countersign:pipelines.web.subjects | "both" | auto or names, as github.contoso.example issues subjects of names only | leave it out',
    ]);
    expect(problems(both, { GITHUB_BASE_URL: "https://api.contoso.ghe.com/" })).toEqual([]);
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
