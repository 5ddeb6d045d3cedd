import { describe, expect, test } from "vitest";
import { config, onEngine, world } from "../support/engine";
import {
  branches,
  CHANGES,
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
  web,
  writes,
} from "../support/proposals";

/** A proposal: the component, its branch, two files, and the pull request. */
const ONE = 5;

describe("new content", () => {
  const lives = [
    ["its branch kept", { deleteBranch: false, refreshes: false }, ONE],
    ["its branch kept, and a refresh", { deleteBranch: false, refreshes: true }, ONE],
    // What is gone stays in the state for one change, as a failing call would delete it.
    ["its branch deleted", { deleteBranch: true, refreshes: false }, 0],
    // The component, and the pull request, which is closed.
    ["its branch deleted, and a refresh", { deleteBranch: true, refreshes: true }, 2],
  ] as const;
  test.each(lives)(
    "after the merge, %s: a second pull request, and a third",
    async (_, { deleteBranch, refreshes }, deleted) => {
      await onEngine({ config: proposing() }, async (bench) => {
        await bench.run("up", "propose");
        bench.clouds.github.merge("web", 1, { deleteBranch });
        if (refreshes) await bench.run("refresh", "refresh");

        await bench.configure(proposing(OTHER));
        expect((await said(bench, "preview"))[1]).toEqual([CHANGES]);
        const [phase, told] = await said(bench);
        expect([phase, told]).toMatchObject([{ ...NOTHING, created: ONE, deleted }, [CHANGES]]);
        expect([open(bench), branches(bench)]).toEqual([[2], [headOf(bench, 2)]]);
        expect(bench.clouds.github.pullRequest("web", 1)).toMatchObject({ merged: true });
        const { body } = bench.clouds.github.pullRequest("web", 2);
        expect(body).toContain("until then the workflow runs as it is");
        expect((await said(bench))[1]).toEqual([
          "info waits for the merge of https://github.com/Contoso/web/pull/2: until then the workflow on main stays as it is",
        ]);
        const gone = { ...NOTHING, deleted: deleteBranch && !refreshes ? 3 : 0 };
        expect(await bench.run("refresh", "refresh")).toMatchObject(gone);
        await quiet(bench);

        expect(onMain(bench)).not.toContain("NOTATION_SHA256");
        bench.clouds.github.merge("web", 2, { deleteBranch });
        expect(onMain(bench)).toContain("NOTATION_SHA256");
        await quiet(bench);

        await bench.configure(proposing());
        await bench.run("up", "third");
        expect([open(bench), branches(bench)]).toEqual([[3], [headOf(bench, 3)]]);
        await quiet(bench);
      });
    },
  );

  test("before the merge: the first is closed, its branch deleted, the second is open", async () => {
    await onEngine({ config: proposing() }, async (bench) => {
      await bench.run("up", "first");
      const from = writes(bench).length;
      await bench.configure(proposing(OTHER));
      const [phase, told] = await said(bench);
      expect([phase, told]).toMatchObject([{ ...NOTHING, created: ONE, deleted: ONE }, [STARTS]]);
      expect([open(bench), branches(bench)]).toEqual([[2], [headOf(bench, 2)]]);
      expect(bench.clouds.github.pullRequest("web", 1)).toMatchObject({ merged: false });
      // The new one is there before the old one goes.
      const made = writes(bench, from).map((it) => it.replace(/web-proposal-\w{10}-/, ""));
      expect(made).toEqual([
        ...["branch", "timestamp-root", "workflow", "pull-request"].map((it) => `create ${it}`),
        ...["pull-request", "branch"].map((it) => `delete ${it}`),
      ]);
      await quiet(bench);
      bench.clouds.github.merge("web", 2, { deleteBranch: true });
      await quiet(bench);
      expect(onMain(bench)).toContain("NOTATION_SHA256");
    });
  });

  test("taken back: what is merged is wanted again, and the proposal goes", async () => {
    await onEngine({ config: proposing() }, async (bench) => {
      await bench.run("up", "first");
      bench.clouds.github.merge("web", 1, { deleteBranch: true });
      await bench.configure(proposing(OTHER));
      await bench.run("up", "second");
      await bench.configure(proposing());
      const closes = "info closes https://github.com/Contoso/web/pull/2: main holds what is wanted";
      expect(await said(bench)).toMatchObject([{ ...NOTHING, deleted: ONE }, [closes]]);
      expect(onGitHub(bench)).toEqual(ON_MAIN);
      await quiet(bench);
    });
  });

  test("in another repository: proposed there, and the first repository is left", async () => {
    const images = [{ name: "web" }];
    const repositories = [
      { name: "web", id: 7 },
      { name: "site", id: 8 },
    ];
    const settings = { config: proposing({ images }), world: world({ repositories }) };
    await onEngine(settings, async (bench) => {
      await bench.run("up", "first");
      await bench.configure(proposing({ images, repository: "site" }));
      await bench.run("preview", "preview");
      await bench.run("up", "moved");
      expect(open(bench)).toEqual([]);
      const [head = ""] = [...bench.clouds.github.repository("site").branches.keys()].slice(1);
      expect(onGitHub(bench)).toEqual([
        `branch site/${head}`,
        `file site/${ROOT} on ${head}`,
        `file site/${WORKFLOW} on ${head}`,
        "open pull request site#1",
      ]);
      await quiet(bench);
    });
  });
});

describe("what others do on the default branch", () => {
  test.each([false, true])(
    "the workflow is edited, the merged branch deleted: %s: it is proposed back",
    async (deleteBranch) => {
      await onEngine({ config: proposing() }, async (bench) => {
        await bench.run("up", "propose");
        bench.clouds.github.merge("web", 1, { deleteBranch });
        const text = onMain(bench);
        web(bench).branches.get("main")?.set(WORKFLOW, "edited\n");
        const deleted = deleteBranch ? 0 : ONE;
        expect(await said(bench)).toMatchObject([{ created: ONE, deleted }, [CHANGES]]);
        expect([open(bench), onMain(bench)]).toEqual([[2], "edited\n"]);
        await quiet(bench);
        bench.clouds.github.merge("web", 2);
        expect(onMain(bench)).toBe(text);
        await quiet(bench);
      });
    },
  );

  test("the default branch gets another name: what is merged stays as it is", async () => {
    await onEngine({ config: proposing({ branches: ["release"] }) }, async (bench) => {
      await bench.run("up", "propose");
      bench.clouds.github.merge("web", 1);
      bench.clouds.github.renameBranch("web", "main", "trunk");
      await quiet(bench);
      expect(await bench.run("destroy", "destroy")).toMatchObject({ created: 0 });
      expect(onGitHub(bench)).toEqual(ON_MAIN.map((it) => it.replace(/main$/, "trunk")));
    });
  });
});

test("what is there already is proposed by nobody", async () => {
  await onEngine({ config: proposing() }, async (bench) => {
    await bench.run("up", "propose");
    bench.clouds.github.merge("web", 1, { deleteBranch: true });
    await bench.run("up", "released");
    await bench.run("destroy", "destroy");
    await bench.configure(config({ "countersign:pipelines": { web: { commit: "pull-request" } } }));
    expect(await said(bench)).toMatchObject([{ ...NOTHING, created: 14 }, []]);
    expect(onGitHub(bench)).toEqual(ON_MAIN);
  });
});
