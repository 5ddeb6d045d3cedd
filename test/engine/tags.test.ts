import { expect, test } from "vitest";
import { type Bench, config, onEngine, world } from "../support/engine";
import { NOTHING, quiet } from "../support/proposals";
import { writes } from "../support/seen";

const there = world({
  repositories: [
    { name: "web", id: 7 },
    { name: "api", id: 8 },
  ],
});
const tagged = (tags?: object) =>
  config({
    "countersign:pipelines": { web: {}, api: { identity: { share: "team" } } },
    ...(tags && { "countersign:tags": tags }),
  });
const tagsOf = ({ clouds }: Bench) => [...clouds.azure.identities.values()].map((it) => it.tags);

test("tags reach each identity, and change in place", async () => {
  const tags = { team: "platform", "cost center": "42" };
  await onEngine({ config: tagged(tags), world: there }, async (bench) => {
    const { run, configure, clouds } = bench;
    await run("up", "up");
    expect(tagsOf(bench)).toEqual([tags, tags]);
    await quiet(bench, "up", "refresh", "up");

    for (const next of [{ team: "images" }, undefined, tags]) {
      const before = [...clouds.azure.identities.values()].map(({ clientId }) => clientId);
      writes(clouds);
      await configure(tagged(next));
      expect(await run("up", "changed")).toMatchObject({ ...NOTHING, updated: 2 });
      expect(writes(clouds).sort()).toEqual(["update team-identity", "update web-identity"]);
      expect(tagsOf(bench).map((it) => it ?? {})).toEqual([next ?? {}, next ?? {}]);
      expect([...clouds.azure.identities.values()].map(({ clientId }) => clientId)).toEqual(before);
    }
    await quiet(bench, "up", "refresh", "up");
  });
});
