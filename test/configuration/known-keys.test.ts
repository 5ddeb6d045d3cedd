import { describe, expect, test } from "vitest";
import { pipelineSchema, stackSchema } from "../../configuration/schema";
import { knownKeys } from "../../configuration/schema-problems";

describe("the keys known", () => {
  const E = ["name", "reviewers", "preventSelfReview", "waitMinutes", "adminsCanBypass", "create"];

  test.each<readonly [string, readonly string[]]>([
    [
      "",
      ["registry", "signing", "identity", "tags", "issuer", "cluster", "pipelines", "downloads"],
    ],
    ["registry", ["resourceGroup", "name", "create", "subscription", "permissions"]],
    ["downloads.notation", ["url", "sha256", "arm64"]],
  ])("of a stack at `%s`", (path, expected) => {
    expect(knownKeys(stackSchema, path.split(".").filter(Boolean))).toEqual(expected);
  });

  test.each<readonly [string, readonly string[]]>([
    ["environment", E],
    ["environment.reviewers", ["users", "teams"]],
    ["environment.reviewers.users", []],
    ["environment.name", []],
    ["identity", ["existing", "application", "existingApplication", "share"]],
    ["identity.existing", ["name", "resourceGroup", "subscription"]],
    ["identity.application", ["displayName", "owners"]],
    ["identity.share", []],
    ["trust", ["workflow", "manageSubjectTemplate"]],
    [
      "images.0",
      [
        ...["name", "context", "dockerfile", "platforms", "args", "target", "secrets", "cache"],
        ...["labels", "paths", "tags"],
      ],
    ],
  ])("of a pipeline at `%s`", (path, expected) => {
    const steps = path.split(".").map((key) => (key === "0" ? 0 : key));
    expect(knownKeys(pipelineSchema, steps)).toEqual(expected);
  });
});
