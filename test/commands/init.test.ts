import { existsSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { faultsOf, type InitAnswers } from "../../commands/init/questions";
import { stackFileText } from "../../commands/init/stack-file";
import { readConfiguration } from "../../configuration/read";
import { withCommands } from "../support/commands";
import { stored } from "../support/planning";

const ANSWERS: InitAnswers = {
  stack: "dev",
  owner: "contoso",
  repository: "web",
  registry: "contosoimages",
  registryGroup: "rg-images",
  location: "westeurope",
  account: "contoso-signing",
  signingGroup: "rg-signing",
  profile: "container-images",
};

const FLAGS = [
  ...["--owner", "contoso", "--repository", "web", "--registry", "contosoimages"],
  ...["--registry-group", "rg-images", "--account", "contoso-signing"],
  ...["--signing-group", "rg-signing", "--profile", "container-images"],
];

test("the stack file equals its golden file", async () => {
  await expect(stackFileText(ANSWERS, "./stack.schema.json")).toMatchFileSnapshot(
    "../golden/init.yaml",
  );
});

test("the program can read the stack file of any answers", () => {
  const words = (pattern: RegExp) => fc.stringMatching(pattern);
  fc.assert(
    fc.property(
      words(/^[A-Za-z0-9._-]{1,60}$/).filter((it) => !/^\.{1,2}$/.test(it)),
      words(/^[A-Za-z0-9]{5,20}$/),
      words(/^[A-Za-z0-9_.()-]{1,20}[A-Za-z0-9_]$/),
      (repository, registry, registryGroup) => {
        const answers = { ...ANSWERS, repository, registry, registryGroup };
        const { config } = parse(stackFileText(answers, "x"));
        const { configuration, problems } = readConfiguration(stored(config), {});
        expect(problems).toEqual([]);
        expect(configuration?.registry).toMatchObject({
          name: registry,
          resourceGroup: registryGroup,
        });
        expect(Object.values(configuration?.pipelines ?? {})).toMatchObject([{ repository }]);
      },
    ),
  );
});

describe("without a terminal", () => {
  test("every missing and every bad flag is named at once", () => {
    const given = { owner: "@contoso", registry: "contosoimages.azurecr.io" };
    expect(faultsOf(given, false)).toEqual([
      "--owner @contoso cannot be used. Expected: the login of a GitHub user. Write the login without `@`.",
      "--registry contosoimages.azurecr.io cannot be used. Expected: 5 to 50 letters and digits. Copy the name of the registry from Azure. It is not always a part of the login server.",
      "--repository is missing: Repository whose images are signed. Example: --repository web",
      "--registry-group is missing: Resource group of the registry. Example: --registry-group rg-images",
      "--account is missing: Artifact Signing account. Example: --account contoso-signing",
      "--signing-group is missing: Resource group of the account. Example: --signing-group rg-signing",
      "--profile is missing: Certificate profile. Example: --profile container-images",
    ]);
  });

  test("flags write the file, once; a missing flag or an unknown one writes nothing", async () => {
    await withCommands({}, async ({ run, read, folder }) => {
      const refused = await run(["init", "--stack", "dev"]);
      expect(refused).toMatchObject({ code: 1, stdout: "" });
      expect(refused.stderr).toContain("--owner is missing");
      const token = await run(["init", ...FLAGS, "--token", "x"]);
      expect(token.code).toBe(2);
      expect(existsSync(join(folder, "Pulumi.dev.yaml"))).toBe(false);

      const written = await run(["init", "--stack", "dev", ...FLAGS]);
      expect(written).toMatchObject({ code: 0, stderr: "" });
      expect(written.stdout).toBe(
        [
          "Wrote Pulumi.dev.yaml. Next:",
          "",
          "  npm run rehearse -- --config Pulumi.dev.yaml",
          "  pulumi stack init dev",
          "  npm run doctor -- --stack dev",
          "  pulumi preview",
          "",
        ].join("\n"),
      );
      const text = read("Pulumi.dev.yaml");
      const again = await run(["init", "--stack", "dev", ...FLAGS, "--location", "eastus"]);
      expect(again.code).toBe(1);
      expect(again.stderr).toContain("Pulumi.dev.yaml exists already");
      expect(read("Pulumi.dev.yaml")).toBe(text);
    });
  });
});
