import { expect, test } from "vitest";
import { sha256 } from "../../trust/pending";
import { config, onEngine, world } from "../support/engine";

const VALIDATION = "11110000-0000-4000-8000-00000000c0de";

const created = (changes: object = {}) =>
  config({
    "countersign:registry": {
      resourceGroup: "rg-images",
      create: { name: "contosoimages", ...changes },
    },
    "countersign:signing": {
      resourceGroup: "rg-signing",
      account: { create: { name: "contoso-signing" } },
      profile: { create: { name: "container-images", identityValidationId: VALIDATION } },
    },
  });

const nothing = () => {
  const it = world();
  return { ...it, azure: { ...it.azure, registries: [], signingAccounts: [] } };
};

test("registry, account, and profile are created with all that uses them, and stay", async () => {
  await onEngine({ config: created(), world: nothing() }, async (bench) => {
    const { clouds, configure } = bench;
    await bench.run("preview", "preview");
    await bench.run("up", "up");
    const [registry] = clouds.azure.world.registries;
    expect(registry).toMatchObject({ name: "contosoimages", mode: "abac" });
    const server = registry?.loginServer ?? "";
    expect(server).toMatch(/^contosoimages-[a-z0-9]+\.azurecr\.io$/);

    const text = clouds.github
      .repository("web")
      .branches.get("main")
      ?.get(".github/workflows/sign-image.yml");
    expect(text).toContain(`${server}/web`);
    expect(text).toContain("https://weu.codesigning.azure.net/");
    expect(text).not.toContain(".invalid");
    const exported = JSON.stringify(await bench.stack.exportStack());
    expect(exported).not.toContain(".invalid");
    expect(exported).toContain(sha256(text ?? ""));
    const outputs = await bench.outputs();
    expect(outputs.web?.value.images).toEqual([`${server}/web`]);

    expect(await bench.run("up", "up again")).toMatchObject({
      created: 0,
      updated: 0,
      replaced: 0,
      deleted: 0,
    });
    await bench.run("refresh", "refresh");
    expect(await bench.run("up", "after a refresh")).toMatchObject({ updated: 0, replaced: 0 });

    // An update of the registry does not reset its mode.
    await configure(created({ tags: { team: "web" } }));
    expect(await bench.run("up", "tags")).toMatchObject({ updated: 1, replaced: 0 });
    expect(clouds.azure.world.registries[0]).toMatchObject({ mode: "abac" });
    await expect(bench.run("destroy", "destroy")).rejects.toThrow(/protect/);
  });
});
