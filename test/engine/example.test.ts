import { expect, test } from "vitest";
import example from "../../examples/components";
import { PROFILE, REGISTRY } from "../components/pipeline-args";
import { onEngine, world } from "../support/engine";
import { held } from "../support/identities";
import { NOTHING } from "../support/proposals";
import { writes } from "../support/seen";

const TENANT = "7e1a0000-0000-4000-8000-00000000c0de";
const config = {
  "countersign:registryId": REGISTRY,
  "countersign:profileId": PROFILE,
  "countersign:tenantId": TENANT,
};

test("components used alone, with outputs as inputs: made, unchanged, refreshed, gone", async () => {
  await onEngine({ config, program: example, world: world() }, async ({ run, clouds }) => {
    const before = clouds.inventory();
    const created = { ...NOTHING, created: 18 };
    expect(await run("preview", "preview")).toMatchObject(created);
    expect(await run("up", "up")).toMatchObject(created);
    const all = writes(clouds);
    const at = (name: string) => all.indexOf(`create ${name}`);
    for (const policy of ["branch-main", "tag-v*"]) {
      expect(at("web-identity-release")).toBeGreaterThan(at(`web-environment-release-${policy}`));
    }
    expect(all.slice(-3).map((it) => it.replace(/-azure-.*/, ""))).toEqual([
      "create web-ids",
      "create web-ids",
      "create web-files-workflow",
    ]);
    const reach = "on contosoimages for web, site/docs";
    expect(held(clouds)).toEqual([
      "identity images-web",
      "images-web is Artifact Signing Certificate Profile Signer on container-images",
      `images-web is Container Registry Repository Reader ${reach}`,
      `images-web is Container Registry Repository Writer ${reach}`,
      "images-web trusts repo:Contoso@5/web@7:environment:release (release)",
    ]);
    const { variables, branches } = clouds.github.repository("web");
    expect([...variables].map(([name, { value }]) => [name, value]).sort()).toEqual([
      ["AZURE_CLIENT_ID", [...clouds.azure.identities.values()][0]?.clientId],
      ["AZURE_TENANT_ID", TENANT],
    ]);
    expect(branches.get("main")?.get(".github/workflows/release.yml")).toContain("name: Release");
    expect(await run("refresh", "refresh")).toMatchObject(NOTHING);
    expect(await run("up", "again")).toMatchObject(NOTHING);
    await run("destroy", "destroy");
    expect(clouds.inventory()).toEqual(before);
  });
});
