import { expect, test } from "vitest";
import { tokenOf } from "../../commands/doctor/ask";
import { doctorReport } from "../../commands/doctor/checks";
import type { GitHubToken } from "../../commands/doctor/facts";
import { wantedRights } from "../../commands/doctor/needs";
import { showDoctor } from "../../commands/doctor/show";
import { worldFile } from "../../commands/doctor/world-file";
import {
  configurationOf,
  forbidden,
  repository,
  snapshot,
  WORKFLOW,
  web,
} from "../support/planning";

const CLIENT = {
  tenantId: "7e1a0000-0000-4000-8000-00000000c0de",
  subscriptionId: "5ab50000-0000-4000-8000-00000000c0de",
};

test("a right is wanted where a role, a credential, or an identity is written", () => {
  const subscription = "6ab50000-0000-4000-8000-00000000c0de";
  const existing = { name: "theirs", resourceGroup: "rg", subscription };
  const pipelines = { a: { identity: { existing } }, b: {}, c: {} };
  const config = configurationOf(web({}, { "countersign:pipelines": pipelines }));
  expect(wantedRights(config, "own").map(({ name, scope }) => `${name} ${scope}`)).toEqual([
    "may create identities /subscriptions/own/resourceGroups/rg-images",
    `may add credentials: theirs /subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/theirs`,
    "may assign roles: registry /subscriptions/own/resourceGroups/rg-images/providers/Microsoft.ContainerRegistry/registries/contosoimages",
    "may assign roles: profile /subscriptions/own/resourceGroups/rg-signing/providers/Microsoft.CodeSigning/codeSigningAccounts/contoso-signing/certificateProfiles/container-images",
  ]);
});

test.each<[string, Record<string, string | string[]>, GitHubToken]>([
  [
    "a classic token",
    { "X-Oauth-Scopes": ["repo, workflow"] },
    { kind: "classic", scopes: ["repo", "workflow"] },
  ],
  ["a classic token without scopes", { "X-Oauth-Scopes": [""] }, { kind: "classic", scopes: [] }],
  ["no token", { "X-Ratelimit-Limit": ["60"] }, { kind: "none" }],
  ["a fine-grained token", { "X-Ratelimit-Limit": ["5000"] }, { kind: "other" }],
])("the headers of an answer tell %s", (_, headers, token) => {
  expect(tokenOf(headers)).toEqual(token);
});

test("neighbors with the same cause are shown together, and texts at the end", () => {
  const busy = { status: "unknown", found: "busy" } as const;
  const fine = { status: "ok", found: "there" } as const;
  const text = showDoctor(
    doctorReport([
      {
        name: "Azure",
        checks: [
          { name: "a", ...busy },
          { name: "b", ...busy },
          { name: "c", ...fine },
          { name: "d", ...fine },
          { name: "e", status: "missing", fix: "Commit this file.", attachment: "on: push" },
        ],
      },
    ]),
    {},
  );
  expect(text).toBe(`Azure
  ? a
  ? b                                     busy
  ✓ c                                     there
  ✓ d                                     there
  ✗ e
      fix       Commit this file.

2 ok, 1 missing, 2 unknown. Fix what is missing before \`pulumi up\`.

on: push`);
});

test("a world says what could not be read", () => {
  const there = snapshot({
    github: { plan: forbidden },
    repositories: { web: repository({ settings: forbidden, files: { [WORKFLOW]: "on: push" } }) },
  });
  const text = worldFile({
    configuration: configurationOf(web()),
    values: {},
    problems: [],
    snapshot: { ...there, azure: { ...there.azure, client: CLIENT } },
  });
  expect(text?.split("\n").filter((line) => line.startsWith("# Not"))).toEqual([
    "# Not permitted to read: github plan",
    "# Not permitted to read: github web settings",
  ]);
});
