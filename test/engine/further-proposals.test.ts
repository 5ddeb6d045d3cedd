import { expect, test } from "vitest";
import { config, onEngine, world } from "../support/engine";
import { clientIdOf } from "../support/identities";
import {
  closes,
  headOf,
  inventory,
  leftBy,
  NOTHING,
  ONE,
  OTHER,
  onceIn,
  open,
  proposalWrites,
  proposing,
  quiet,
  reopen,
  STARTS,
  said,
  waits,
  web,
} from "../support/proposals";

const PULL = "https://github.com/Contoso/web/pull";

const create = ["branch", "workflow", "pull-request"].map((it) => `create web-proposal-${it}`);
const CLOSE = "delete web-proposal-pull-request";

test("closed by hand: a run says so, restores what a refresh found gone, and reopening works", async () => {
  const closed = `warning pull request ${PULL}/1 was closed without a merge, so nothing is signed: reopen and merge it (restore its branch first if it is gone), or remove the pipeline`;
  await onEngine({ config: proposing() }, async (bench) => {
    await bench.run("up", "propose");
    const [text, head] = [new Map(web(bench).branches.get(headOf(bench, 1))), headOf(bench, 1)];
    bench.clouds.github.closePullRequest("web", 1);
    web(bench).branches.delete(head);
    web(bench).starts.delete(head);
    expect(await said(bench)).toMatchObject([NOTHING, [closed]]);
    expect(await bench.run("refresh", "refresh")).toMatchObject({ ...NOTHING, deleted: 2 });
    expect(await said(bench)).toMatchObject([{ ...NOTHING, created: 2 }, [closed]]);
    expect(web(bench).branches.get(head)).toEqual(text);
    reopen(bench, 1);
    expect(await said(bench)).toMatchObject([NOTHING, [waits(1)]]);

    // Closed again, with another configuration: the change is proposed anew.
    bench.clouds.github.closePullRequest("web", 1);
    await bench.configure(proposing(OTHER));
    expect(await said(bench)).toMatchObject([{ ...NOTHING, created: ONE, deleted: ONE }, [STARTS]]);
    expect([open(bench), web(bench).pullRequests.get(1)?.merged]).toEqual([[2], false]);
    web(bench).branches.delete(headOf(bench, 2));
    bench.clouds.github.closePullRequest("web", 2);
    await bench.run("destroy", "destroy");
    expect(inventory(bench)).toEqual(leftBy(bench, 1));
  });
});

test("a proposal that goes elsewhere is open before the one before it is closed", async () => {
  const repositories = [
    { name: "web", id: 7 },
    { name: "site", id: 8 },
  ];
  const images = [{ name: "web" }];
  const there = world({ repositories });
  await onEngine(
    { config: proposing({ images, branches: ["x"] }), world: there },
    async (bench) => {
      await bench.run("up", "first");
      const { branches: all, settings } = web(bench);
      all.set("develop", new Map(all.get("main")));
      (settings as { defaultBranch: string }).defaultBranch = "develop";
      const from = bench.clouds.traffic.writes.length;
      const moved = [
        { ...NOTHING, created: ONE, deleted: ONE },
        [STARTS.replace("main", "develop"), onceIn("x", "develop")],
      ];
      expect(await said(bench)).toMatchObject(moved);
      expect(proposalWrites(bench, from)).toEqual([...create, CLOSE]);
      expect([open(bench), web(bench).pullRequests.get(2)?.base]).toEqual([[2], "develop"]);

      for (const [path, text] of all.get(headOf(bench, 2)) ?? [])
        all.get("develop")?.set(path, text);
      const done = [closes(2, "develop has what is wanted")];
      expect(await said(bench)).toMatchObject([{ ...NOTHING, deleted: ONE }, done]);
      await quiet(bench);

      await bench.configure(proposing({ images, branches: ["x"], repository: "site" }));
      await bench.run("preview", "preview");
      await bench.run("up", "in another repository");
      const site = bench.clouds.github.repository("site");
      expect([open(bench), [...site.pullRequests.values()].map(({ state }) => state)]).toEqual([
        [],
        ["open"],
      ]);
      await quiet(bench);

      // A pipeline that is removed takes its open pull request with it.
      const other = { repository: "web", images, branches: ["x"] };
      await bench.configure(config({ "countersign:pipelines": { other } }));
      await bench.run("preview", "preview");
      await bench.run("up", "removed");
      expect([...site.pullRequests.values()].map(({ state }) => state)).toEqual(["closed"]);
      expect(clientIdOf(bench.clouds, "site")).toBeUndefined();
      await quiet(bench);
    },
  );
});
