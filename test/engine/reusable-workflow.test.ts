import { expect, test } from "vitest";
import { parse } from "yaml";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import { prove } from "../../rehearsal/proof/prove";
import type { WorldInput } from "../../rehearsal/world/world";
import { config, onEngine } from "../support/engine";
import { CALLED, governing } from "../support/governing";
import { meant } from "../support/meant";
import { inventory, NOTHING, WORKFLOW } from "../support/proposals";
import { faults, trusted, writes } from "../support/seen";

const trust = { workflow: CALLED, manageSubjectTemplate: true };
const calling = (web: object = {}) => {
  const common = { ids: "variables", environment: "release", images: [{ name: "web" }] };
  return config({ "countersign:pipelines": { web: { ...common, trust, ...web } } });
};
const KEYS = ["repo", "context", "job_workflow_ref"];
const template = ({ github }: Clouds, name: string) => github.repository(name).subjectTemplate;
const subject = (repository: string) =>
  `repo:Contoso@5/${repository}:environment:release:job_workflow_ref:${CALLED}`;
/** The same world, as GitHub tells of it after the repository was renamed. */
const since = (name: string): WorldInput => governing({ name });

test("a reusable workflow: credentials, template, files; repaired, renamed, moved, taken back", async () => {
  await onEngine({ config: calling(), world: governing() }, async (bench) => {
    const { run, configure, clouds } = bench;
    const before = inventory(bench);
    await run("up", "up");
    expect([trusted(clouds), template(clouds, "web")]).toEqual([[subject("web@7")], KEYS]);
    const text = clouds.github.repository("web").branches.get("main")?.get(WORKFLOW) ?? "";
    expect(parse(text).jobs.sign).toMatchObject({
      uses: "Contoso/shared/.github/workflows/sign.yml@main",
      with: { environment: "release", "client-id": "${{ vars.AZURE_CLIENT_ID }}" },
    });
    expect(writes(clouds).filter((it) => /-(subjects|files-|identity-)/.test(it))).toEqual([
      "create web-identity-environment-release-immutable-6a13d8",
      "create web-subjects-7",
      "create web-files-workflow",
    ]);
    expect(faults(clouds, calling(), governing())).toEqual([]);
    const rows = prove(clouds, meant(calling(), governing()));
    const another = rows.find((it) => it.run === "another workflow in the environment");
    expect(another).toMatchObject({ exchange: "AADSTS700213", reaches: [] });

    // Somebody changed the template by hand: a refresh finds it.
    clouds.github.repository("web").subjectTemplate = ["repository_id"];
    await run("refresh", "refresh");
    expect(await run("up", "repair")).toMatchObject({ created: 0, updated: 1, deleted: 0 });
    expect(faults(clouds, calling(), governing())).toEqual([]);

    clouds.github.rename("web", "shop");
    const renamed = calling({ repository: "shop" });
    await configure(renamed);
    expect(await run("up", "renamed")).toMatchObject({ created: 0, replaced: 0, deleted: 0 });
    expect([trusted(clouds), template(clouds, "shop")]).toEqual([[subject("shop@7")], KEYS]);
    expect(faults(clouds, renamed, since("shop"))).toEqual([]);

    // In another repository the template is made anew, and the first one's goes.
    const moved = calling({ repository: "shared" });
    await configure(moved);
    await run("up", "moved");
    expect([template(clouds, "shop"), template(clouds, "shared")]).toEqual([undefined, KEYS]);
    expect(faults(clouds, moved, since("shop"))).toEqual([]);
    expect(await run("up", "again")).toMatchObject(NOTHING);
    await run("destroy", "destroy");
    expect([template(clouds, "shared"), inventory(bench)]).toEqual([undefined, before]);
  });
});
