import { expect, test } from "vitest";
import { prove } from "../../rehearsal/proof/prove";
import { config, onEngine, world } from "../support/engine";
import { meant } from "../support/meant";
import {
  committing,
  headOf,
  NOTHING,
  ON_MAIN,
  OTHER,
  onGitHub,
  onMain,
  open,
  proposing,
  quiet,
  ROOT,
  STARTS,
  said,
  WORKFLOW,
  waits,
} from "../support/proposals";
import { faults, outages } from "../support/seen";

const NEW = "NOTATION_SHA256";

test("direct → pull request → merged → direct: each run logs in and may do all, at every moment", async () => {
  const steps = [
    committing("direct"),
    proposing(OTHER),
    proposing({ ...OTHER, ids: "variables", environment: "release" }),
    committing("direct", { environment: "release", ids: "variables" }),
  ];
  await onEngine({ config: committing("direct") }, async (bench) => {
    const { run, configure, clouds } = bench;
    for (const [index, step] of steps.entries()) {
      await configure(step);
      const lost = index === 0 ? [] : outages(clouds, step, world());
      await run("up", "up");
      const pending = open(bench);
      for (const number of pending) {
        const rows = prove(clouds, meant(step, world())).filter(({ declared }) => declared);
        expect(rows.flatMap(({ violations }) => violations)).toEqual([]);
        clouds.github.merge("web", number, { deleteBranch: index === 2 });
      }
      if (pending.length > 0) await run("up", "merged");
      if (index === 3) await run("refresh", "refresh");
      if (index === 3) await run("up", "refreshed");
      expect(lost).toEqual([]);
      expect(faults(clouds, step, world())).toEqual([]);
      expect(await run("up", "again")).toMatchObject(NOTHING);
    }
  });
});

test("two pipelines of one stack, one that commits and one that proposes", async () => {
  const repositories = [
    { name: "web", id: 7 },
    { name: "site", id: 8 },
  ];
  const both = (signWith: string) =>
    config({
      "countersign:pipelines": {
        web: { commit: "pull-request", signWith },
        site: { commit: "direct", signWith },
      },
    });
  await onEngine({ config: both("action"), world: world({ repositories }) }, async (bench) => {
    const onSite = ON_MAIN.map((it) => it.replace("web", "site"));
    expect((await said(bench))[1]).toEqual([STARTS]);
    const proposed = [ROOT, WORKFLOW].map((path) => `file web/${path} on ${headOf(bench, 1)}`);
    const branch = `branch web/${headOf(bench, 1)}`;
    expect(onGitHub(bench)).toEqual([branch, ...onSite, ...proposed, "open pull request web#1"]);
    expect((await said(bench))[1]).toEqual([waits(1)]);
    bench.clouds.github.merge("web", 1, { deleteBranch: true });
    await quiet(bench);
    await bench.configure(both("cli"));
    expect(await bench.run("up", "new")).toMatchObject({ created: 5, updated: 1, deleted: 5 });
    expect(bench.clouds.github.repository("site").branches.get("main")?.get(WORKFLOW)).toContain(
      NEW,
    );
    expect([open(bench), onMain(bench)?.includes(NEW)]).toEqual([[2], false]);
    await bench.run("destroy", "destroy");
    expect(bench.clouds.inventory()).toEqual(ON_MAIN);
  });
});
