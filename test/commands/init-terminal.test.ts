import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { withCommands } from "../support/commands";
import type { CloudHandler } from "../support/http-clouds";

const FLAGS = [
  ...["--owner", "contoso", "--repository", "web", "--registry", "contosoimages"],
  ...["--registry-group", "rg-images", "--account", "contoso-signing"],
  ...["--signing-group", "rg-signing", "--profile", "container-images"],
];

/** What Azure lists. */
const arm: CloudHandler = ({ path, token }) => {
  if (token !== "of-az") return { status: 401, body: {} };
  const group = "/subscriptions/sub-1/resourceGroups";
  const lists: Readonly<Record<string, readonly object[]>> = {
    "subscriptions/sub-1/providers/Microsoft.ContainerRegistry/registries": [
      {
        id: `${group}/rg-images/providers/Microsoft.ContainerRegistry/registries/contosoimages`,
        name: "contosoimages",
        location: "northeurope",
      },
    ],
    "subscriptions/sub-1/providers/Microsoft.CodeSigning/codeSigningAccounts": [
      {
        id: `${group}/rg-signing/providers/Microsoft.CodeSigning/codeSigningAccounts/contoso-signing`,
        name: "contoso-signing",
        location: "northeurope",
      },
    ],
    "subscriptions/sub-1/resourceGroups/rg-signing/providers/Microsoft.CodeSigning/codeSigningAccounts/contoso-signing/certificateProfiles":
      [
        { name: "for-tests", properties: { profileType: "PublicTrustTest", status: "Active" } },
        { name: "images", properties: { profileType: "PublicTrust", status: "Active" } },
      ],
  };
  const value = lists[path];
  return value && { status: 200, body: { value } };
};

/** What GitHub lists: more repositories than a screen shows. */
const github: CloudHandler = ({ path }) => {
  if (path === "user") return { status: 200, body: { login: "ada" } };
  if (path === "user/orgs") return { status: 200, body: [{ login: "contoso" }] };
  if (path === "orgs/contoso/repos") {
    const owner = { login: "Contoso" };
    const names = [...Array.from({ length: 30 }, (_, index) => `service-${index}`), "web"];
    return { status: 200, body: names.map((name) => ({ name, archived: false, owner })) };
  }
  return undefined;
};

const ENTER = "\r";

describe("on a terminal", () => {
  test("offers what the logins list, asks for the rest, and writes the file", async () => {
    await withCommands({ arm, github }, async ({ type, read, folder }) => {
      const bin = join(folder, "bin");
      mkdirSync(bin);
      const az = `#!/bin/sh\necho '{"accessToken":"of-az","subscription":"sub-1"}'\n`;
      writeFileSync(join(bin, "az"), az);
      chmodSync(join(bin, "az"), 0o755);
      const typed = [
        ["Name of the stack", `dev${ENTER}`],
        ["User or organization", ENTER],
        ["Repository whose images", "web"],
        ["web", ENTER],
        ["Container registry", ENTER],
        ["Artifact Signing account", ENTER],
        ["Certificate profile", ENTER],
      ] as const;
      const { code, stdout, stderr } = await type(["init"], typed, {
        PATH: `${bin}:${process.env.PATH}`,
      });
      expect(code, stdout + stderr).toBe(0);
      const { config } = parse(read("Pulumi.dev.yaml"));
      expect(config).toEqual({
        "azure-native:location": "northeurope",
        "github:owner": "contoso",
        "countersign:registry": { resourceGroup: "rg-images", name: "contosoimages" },
        "countersign:signing": {
          resourceGroup: "rg-signing",
          account: "contoso-signing",
          profile: "images",
        },
        "countersign:pipelines": { web: {} },
      });
      expect(stdout).not.toContain("for-tests");
    });
  });

  test("asks all the same where no login can list anything, or a cloud does not answer", async () => {
    const down: CloudHandler = () => ({ status: 502, body: {} });
    await withCommands({ github: down }, async ({ type, read }) => {
      const typed = [
        ["User or organization", `contoso${ENTER}`],
        ["Repository whose images", `web${ENTER}`],
      ] as const;
      const rest = FLAGS.filter((_, index) => index > 3);
      const args = ["init", "--stack", "dev", "--location", "westeurope", ...rest];
      const { code, stdout, stderr } = await type(args, typed);
      expect(code, stdout + stderr).toBe(0);
      expect(stdout).toContain("502");
      expect(parse(read("Pulumi.dev.yaml")).config["github:owner"]).toBe("contoso");
    });
  });

  test("canceled, writes nothing", async () => {
    await withCommands({}, async ({ type, folder }) => {
      const { code } = await type(["init"], [["Name of the stack", "\x03"]]);
      expect(code).toBe(130);
      expect(existsSync(join(folder, "Pulumi.dev.yaml"))).toBe(false);
    });
  });
});
