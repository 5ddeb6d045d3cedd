import { expect, test } from "vitest";
import { config, onEngine, world } from "../support/engine";
import { NOTHING } from "../support/proposals";
import { faults } from "../support/seen";

const SERVER = "github.contoso.example";

test("on a server of one's own: its issuer, subjects of names, its pages, and no plans", async () => {
  const it = world({ owner: { plan: "free" } });
  const there = { ...it, github: { ...it.github, host: SERVER } };
  const given = config({
    "github:baseUrl": `https://${SERVER}/api/v3`,
    "countersign:pipelines": { web: { environment: { name: "release", waitMinutes: 5 } } },
  });
  await onEngine({ config: given, world: there }, async ({ run, clouds, outputs }) => {
    const before = clouds.inventory();
    await run("up", "up");
    expect([...clouds.azure.credentials.values()]).toMatchObject([
      {
        name: "environment-release-names",
        issuer: `https://${SERVER}/_services/token`,
        subject: "repo:Contoso/web:environment:release",
      },
    ]);
    expect((await outputs()).web?.value.workflow).toEqual({
      path: ".github/workflows/sign-image.yml",
      url: `https://${SERVER}/Contoso/web/blob/main/.github/workflows/sign-image.yml`,
    });
    expect(faults(clouds, given, there)).toEqual([]);
    expect(clouds.traffic.reads).not.toContain("orgs/Contoso");
    expect(await run("up", "again")).toMatchObject(NOTHING);
    await run("destroy", "destroy");
    expect(clouds.inventory()).toEqual(before);
  });
});
