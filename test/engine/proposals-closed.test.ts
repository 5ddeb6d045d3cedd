import { describe, expect, test } from "vitest";
import { type Bench, config, onEngine, world } from "../support/engine";
import {
  branches,
  deleteBranch,
  headOf,
  NOTHING,
  ON_MAIN,
  OTHER,
  onGitHub,
  open,
  proposing,
  quiet,
  ROOT,
  reopen,
  STARTS,
  said,
  WORKFLOW,
  web,
} from "../support/proposals";

const CLOSED =
  "warning pull request https://github.com/Contoso/web/pull/1 was closed without a merge, so nothing signs: reopen and merge it (restore its branch first, if that is gone), or remove the pipeline";

/** Closed by hand, the branch kept or deleted; and the way that GitHub offers to restore it. */
async function closed(bench: Bench, isDeleted: boolean): Promise<() => void> {
  await bench.run("up", "propose");
  const head = headOf(bench, 1);
  const { branches, starts } = web(bench);
  const before = [branches.get(head), starts.get(head)] as const;
  if (isDeleted) deleteBranch(bench, head);
  else bench.clouds.github.closePullRequest("web", 1);
  return () => {
    branches.set(head, before[0] as never);
    starts.set(head, before[1] as never);
  };
}

describe("a proposal that is closed by hand", () => {
  const lives = [
    { isDeleted: false, refreshes: false },
    { isDeleted: false, refreshes: true },
    { isDeleted: true, refreshes: false },
    { isDeleted: true, refreshes: true },
  ];
  test.each(lives)(
    "is reported, with the ways on, and the first one works: %j",
    async ({ isDeleted, refreshes }) => {
      await onEngine({ config: proposing() }, async (bench) => {
        const restore = await closed(bench, isDeleted);
        if (refreshes) {
          const gone = { ...NOTHING, deleted: isDeleted ? 3 : 0 };
          expect(await bench.run("refresh", "refresh")).toMatchObject(gone);
        }
        expect(await said(bench, "preview")).toMatchObject([NOTHING, [CLOSED]]);
        for (const _ of ["once", "twice"]) {
          expect(await said(bench)).toMatchObject([NOTHING, [CLOSED]]);
        }
        expect([open(bench), (await bench.outputs()).web?.value.pullRequest]).toEqual([
          [],
          undefined,
        ]);

        restore();
        reopen(bench, 1);
        expect((await said(bench))[1]).toEqual([
          "info waits for the merge of https://github.com/Contoso/web/pull/1: signing starts with it",
        ]);
        bench.clouds.github.merge("web", 1);
        expect(await said(bench)).toMatchObject([NOTHING, []]);
        await bench.run("destroy", "destroy");
        // A branch that a refresh took out of the state is whose who restored it.
        const theirs = isDeleted && refreshes ? [headOf(bench, 1)] : [];
        expect([branches(bench), open(bench)]).toEqual([theirs, []]);
        expect(onGitHub(bench)).toEqual(expect.arrayContaining(ON_MAIN));
      });
    },
  );

  test.each([false, true])(
    "its branch deleted: %s: other content is proposed anew, and nothing of the old is left",
    async (isDeleted) => {
      await onEngine({ config: proposing() }, async (bench) => {
        await closed(bench, isDeleted);
        await bench.configure(proposing(OTHER));
        const deleted = isDeleted ? 0 : 5;
        expect(await said(bench)).toMatchObject([{ created: 5, deleted }, [STARTS]]);
        expect([open(bench), branches(bench)]).toEqual([[2], [headOf(bench, 2)]]);
        await quiet(bench);
        // Back to what was closed: it is said again, and the second proposal goes.
        await bench.configure(proposing());
        const [phase, told] = await said(bench);
        if (isDeleted) expect([phase.deleted, told, open(bench)]).toEqual([5, [CLOSED], []]);
        else expect([phase.created, told, open(bench)]).toEqual([5, [STARTS], [3]]);
      });
    },
  );

  test("a change of what is merged: the workflow there stays, and the way back works", async () => {
    await onEngine({ config: proposing() }, async (bench) => {
      await bench.run("up", "propose");
      bench.clouds.github.merge("web", 1, { deleteBranch: true });
      await bench.configure(proposing(OTHER));
      await bench.run("up", "second");
      bench.clouds.github.closePullRequest("web", 2);
      expect(await said(bench)).toMatchObject([
        NOTHING,
        [
          "warning pull request https://github.com/Contoso/web/pull/2 was closed without a merge, so the workflow on main stays as it is: reopen and merge it (restore its branch first, if that is gone), or change the configuration back",
        ],
      ]);
      await bench.configure(proposing());
      expect(await said(bench)).toMatchObject([{ ...NOTHING, created: 0, deleted: 5 }, []]);
      expect(onGitHub(bench)).toEqual(ON_MAIN);
      await quiet(bench);
    });
  });

  test.each([false, true])("its branch deleted: %s: the pipeline is removed", async (isDeleted) => {
    const repositories = [
      { name: "web", id: 7 },
      { name: "site", id: 8 },
    ];
    const pipelines = { web: { commit: "pull-request" }, site: { commit: "direct" } };
    const settings = {
      config: config({ "countersign:pipelines": pipelines }),
      world: world({ repositories }),
    };
    await onEngine(settings, async (bench) => {
      await closed(bench, isDeleted);
      await bench.run("up", "said");
      await bench.configure(config({ "countersign:pipelines": { site: pipelines.site } }));
      await bench.run("preview", "preview");
      await bench.run("up", "removed");
      expect(onGitHub(bench)).toEqual([ROOT, WORKFLOW].map((path) => `file site/${path} on main`));
    });
  });
});
