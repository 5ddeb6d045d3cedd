import { describe, expect, test } from "vitest";
import {
  isSameLocation,
  LOGIN_SETTINGS,
  type SettingsLocation,
  settingsLocation,
  settingsSuffix,
} from "../../trust/login-settings";

test("the login settings are those that azure/login needs", () => {
  expect(LOGIN_SETTINGS).toEqual(["AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_SUBSCRIPTION_ID"]);
});

test.each([
  ["web", "_WEB"],
  ["Web", "_WEB"],
  ["team-web", "_TEAM_WEB"],
  ["team_web", "_TEAM_WEB"],
  ["a-b-c", "_A_B_C"],
])("the settings of %s in an organization end with %s", (pipeline, suffix) => {
  expect(settingsSuffix(pipeline)).toBe(suffix);
});

describe("settingsLocation", () => {
  const kinds = ["secrets", "variables"] as const;
  const cases = kinds.flatMap((kind) => [
    [kind, "repository", undefined, { suffix: "" }] as const,
    [kind, "repository", "release", { suffix: "" }] as const,
    [kind, "environment", "release", { suffix: "", environment: "release" }] as const,
    [kind, "organization", undefined, { suffix: "_TEAM_WEB" }] as const,
    [kind, "organization", "release", { suffix: "_TEAM_WEB" }] as const,
  ]);
  test.each(cases)("%s, %s, environment %s", (kind, scope, environment, rest) => {
    const location = settingsLocation("team-web", { kind, scope, environment });
    // Strictly equal: a record in the state must not have keys whose values are undefined.
    expect(location).toStrictEqual({ kind, scope, ...rest });
  });
});

describe("isSameLocation", () => {
  const location: SettingsLocation = {
    kind: "secrets",
    scope: "environment",
    environment: "release",
    suffix: "",
  };
  test("a location is the same as its copy, also after it was recorded as JSON", () => {
    expect(isSameLocation(location, { ...location })).toBe(true);
    const { environment: _, ...repository } = { ...location, scope: "repository" as const };
    const recorded = JSON.parse(JSON.stringify({ ...repository, environment: undefined }));
    expect(isSameLocation({ ...repository, environment: undefined }, recorded)).toBe(true);
  });

  test.each<Partial<SettingsLocation>>([
    { kind: "variables" },
    { scope: "organization" },
    { environment: "Release" },
    { environment: undefined },
    { suffix: "_WEB" },
  ])("%j is another location", (change) => {
    expect(isSameLocation(location, { ...location, ...change })).toBe(false);
    expect(isSameLocation({ ...location, ...change }, location)).toBe(false);
  });
});
