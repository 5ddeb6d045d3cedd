import { describe, expect, test } from "vitest";
import { onEngine, reasonOf, world } from "../support/engine";
import {
  branches,
  CHANGES,
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
  said,
  WORKFLOW,
  web,
  writes,
} from "../support/proposals";

const NEW = "NOTATION_SHA256";
const closes = (number: number) =>
  `info closes https://github.com/Contoso/web/pull/${number}: its files are committed directly`;

describe("from direct commits to pull requests", () => {
  test("what is committed stays, without a commit; then changes are proposed", async () => {
    await onEngine({ config: committing("direct") }, async (bench) => {
      await bench.run("up", "direct");
      const from = writes(bench).length;
      await bench.configure(proposing());
      expect(await said(bench, "preview")).toMatchObject([NOTHING, []]);
      expect(await said(bench)).toMatchObject([NOTHING, []]);
      await quiet(bench, "refresh", "up");
      expect([writes(bench, from), onGitHub(bench)]).toEqual([[], ON_MAIN]);

      await bench.configure(proposing(OTHER));
      // The component and the files leave the state, as released; nothing is deleted on GitHub.
      expect(await said(bench)).toMatchObject([{ ...NOTHING, created: 5, deleted: 3 }, [CHANGES]]);
      expect(writes(bench, from).filter((it) => !it.startsWith("create"))).toEqual([]);
      expect([open(bench), onMain(bench)?.includes(NEW)]).toEqual([[1], false]);
      await quiet(bench);
      bench.clouds.github.merge("web", 1, { deleteBranch: true });
      await quiet(bench);
      await bench.run("destroy", "destroy");
      expect(bench.clouds.inventory()).toEqual(ON_MAIN);
      expect(onMain(bench)).toContain(NEW);
    });
  });

  test.each([false, true])("and destroyed, after a refresh: %s: it stays", async (refreshes) => {
    await onEngine({ config: committing("direct") }, async (bench) => {
      await bench.run("up", "direct");
      await bench.configure(proposing());
      await bench.run("up", "released");
      if (refreshes) await quiet(bench, "refresh");
      await bench.run("destroy", "destroy");
      expect(bench.clouds.inventory()).toEqual(ON_MAIN);
    });
  });

  test("with new content at once; and back, after a refresh, as main has moved on", async () => {
    await onEngine({ config: committing("direct") }, async (bench) => {
      await bench.run("up", "direct");
      await bench.configure(proposing(OTHER));
      expect(await said(bench)).toMatchObject([{ ...NOTHING, created: 5 }, [CHANGES]]);
      await quiet(bench);
      bench.clouds.github.merge("web", 1);
      await quiet(bench);
      await bench.configure(committing("direct", OTHER));
      const stale = `warning main holds another ${WORKFLOW} than the stack's state: run \`pulumi up --refresh\`, or GitHub refuses what changes`;
      expect((await said(bench, "preview"))[1]).toEqual([stale]);
      expect(await reasonOf(bench.run("up", "stale"))).toContain(`${WORKFLOW} does not match SHA`);
      await bench.run("refresh", "refresh");
      expect((await said(bench))[1]).toEqual([]);
      await quiet(bench);
      expect([onGitHub(bench), onMain(bench)?.includes(NEW)]).toEqual([ON_MAIN, true]);
    });
  });
});

describe("from pull requests to direct commits", () => {
  const lives = [
    ["its branch kept", { deleteBranch: false, refreshes: false }, 5, 0],
    ["its branch deleted", { deleteBranch: true, refreshes: false }, 0, 5],
    ["its branch deleted, and a refresh", { deleteBranch: true, refreshes: true }, 2, 0],
  ] as const;
  test.each(lives)(
    "what was merged, %s, is taken over without `adopt`, and committed to",
    async (_, { deleteBranch, refreshes }, deleted, later) => {
      await onEngine({ config: proposing() }, async (bench) => {
        await bench.run("up", "propose");
        bench.clouds.github.merge("web", 1, { deleteBranch });
        if (refreshes) await bench.run("refresh", "refresh");
        const text = onMain(bench);
        await bench.configure(committing("direct"));
        await bench.run("preview", "preview");
        expect(await said(bench)).toMatchObject([{ ...NOTHING, created: 3, deleted }, []]);
        expect([onGitHub(bench), onMain(bench)]).toEqual([ON_MAIN, text]);
        // What was gone from GitHub leaves the state one run later: no call, and no failure.
        expect(await bench.run("up", "rerun")).toMatchObject({ ...NOTHING, deleted: later });
        await quiet(bench);

        const from = web(bench).commits.length;
        await bench.configure(committing("direct", OTHER));
        expect(await bench.run("up", "new content")).toMatchObject({ ...NOTHING, updated: 1 });
        expect(web(bench).commits.slice(from)).toEqual([
          { branch: "main", path: WORKFLOW, message: `Sign container images: ${WORKFLOW}` },
        ]);
        await bench.run("destroy", "destroy");
        expect(bench.clouds.inventory()).toEqual([]);
      });
    },
  );

  test("an open proposal is closed, its branch deleted, and its files are committed", async () => {
    await onEngine({ config: proposing() }, async (bench) => {
      await bench.run("up", "propose");
      await bench.configure(committing("direct"));
      const phase = { ...NOTHING, created: 3, deleted: 5 };
      expect(await said(bench)).toMatchObject([phase, [closes(1)]]);
      expect(onGitHub(bench)).toEqual(ON_MAIN);
      await quiet(bench, "refresh", "up");
    });
  });

  test("the same of a second proposal, on what was merged of the first", async () => {
    await onEngine({ config: proposing() }, async (bench) => {
      await bench.run("up", "first");
      bench.clouds.github.merge("web", 1);
      await bench.configure(proposing(OTHER));
      await bench.run("up", "second");
      await bench.configure(committing("direct", OTHER));
      const phase = { ...NOTHING, created: 3, deleted: 5 };
      expect(await said(bench)).toMatchObject([phase, [closes(2)]]);
      expect([onGitHub(bench), onMain(bench)?.includes(NEW)]).toEqual([ON_MAIN, true]);
      await quiet(bench);
    });
  });

  test("somebody else's workflow, proposed to be overwritten, is not without `adopt`", async () => {
    const files = { [WORKFLOW]: "theirs\n" };
    const it = world({ repositories: [{ name: "web", id: 7, files }] });
    await onEngine({ config: proposing(), world: it }, async (bench) => {
      expect((await said(bench))[1]).toEqual([CHANGES]);
      web(bench)
        .branches.get("main")
        ?.set(ROOT, web(bench).branches.get(headOf(bench, 1))?.get(ROOT) as string);
      await bench.configure(committing("direct"));
      const reason = await reasonOf(bench.run("preview", "preview"));
      expect(reason).toContain(`given    "file ${ROOT} on branch main of Contoso/web"`);
      expect(reason).toContain("remedy   set `adopt: true` to overwrite and keep it");
      expect([onMain(bench), open(bench)]).toEqual(["theirs\n", [1]]);
      await bench.configure(committing("direct", { adopt: true }));
      await bench.run("up", "adopted");
      expect([onMain(bench)?.includes("name: Sign image"), branches(bench)]).toEqual([true, []]);
    });
  });
});
