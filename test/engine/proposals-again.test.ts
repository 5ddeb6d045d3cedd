import { describe, expect, test } from "vitest";
import { onEngine } from "../support/engine";
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
  STARTS,
  said,
  WORKFLOW,
  web,
} from "../support/proposals";

describe("a change that was merged and undone is proposed once more", () => {
  test.each([false, true])("by the configuration, branches deleted: %s", async (deleteBranch) => {
    await onEngine({ config: proposing() }, async (bench) => {
      for (const [number, settings] of [{}, OTHER, {}, OTHER].entries()) {
        await bench.configure(proposing(settings));
        expect((await said(bench))[1]).toEqual([number === 0 ? STARTS : CHANGES]);
        expect(open(bench)).toEqual([number + 1]);
        await quiet(bench, "up");
        bench.clouds.github.merge("web", number + 1, { deleteBranch });
      }
      await quiet(bench);
      expect(onMain(bench)).toContain("NOTATION_SHA256");
    });
  });

  test.each([false, true])("by hand, branches deleted: %s", async (deleteBranch) => {
    await onEngine({ config: proposing() }, async (bench) => {
      await bench.run("up", "propose");
      const heads = [headOf(bench, 1)];
      bench.clouds.github.merge("web", 1, { deleteBranch });
      for (const number of [2, 3]) {
        web(bench).branches.get("main")?.set(WORKFLOW, "edited\n");
        expect((await said(bench))[1]).toEqual([CHANGES]);
        expect(open(bench)).toEqual([number]);
        await quiet(bench, "up");
        heads.push(headOf(bench, number));
        bench.clouds.github.merge("web", number, { deleteBranch });
      }
      await quiet(bench);
      await bench.run("destroy", "destroy");
      expect(bench.clouds.inventory()).toEqual(ON_MAIN);
    });
  });

  test("the merge is reverted", async () => {
    await onEngine({ config: proposing() }, async (bench) => {
      await bench.run("up", "propose");
      bench.clouds.github.merge("web", 1, { deleteBranch: true });
      for (const path of onGitHub(bench)) {
        web(bench)
          .branches.get("main")
          ?.delete(path.split(" ")[1]?.slice("web/".length) ?? "");
      }
      expect(onMain(bench)).toBeUndefined();
      expect((await said(bench))[1]).toEqual([STARTS]);
      expect([open(bench), branches(bench)]).toEqual([[2], [headOf(bench, 2)]]);
      await quiet(bench);
    });
  });
});

test("what main holds by another way needs no proposal: it is closed, and said", async () => {
  await onEngine({ config: proposing() }, async (bench) => {
    await bench.run("up", "propose");
    const main = web(bench).branches.get("main");
    for (const [path, text] of web(bench).branches.get(headOf(bench, 1)) ?? []) {
      main?.set(path, text);
    }
    const closes = "info closes https://github.com/Contoso/web/pull/1: main holds what is wanted";
    expect(await said(bench, "preview")).toMatchObject([{ ...NOTHING, deleted: 5 }, [closes]]);
    expect(await said(bench)).toMatchObject([{ ...NOTHING, deleted: 5 }, [closes]]);
    expect([open(bench), onGitHub(bench)]).toEqual([[], ON_MAIN]);
    await quiet(bench);
  });
});

describe("a proposal that goes elsewhere", () => {
  const develop = (bench: Parameters<typeof web>[0]) => {
    const { branches: all } = web(bench);
    all.set("develop", new Map(all.get("main")));
  };

  test("retargeted by hand: said, with the way back; merged there, proposed anew", async () => {
    await onEngine({ config: proposing() }, async (bench) => {
      await bench.run("up", "propose");
      develop(bench);
      bench.clouds.github.pullRequest("web", 1).base = "develop";
      const astray =
        "warning pull request https://github.com/Contoso/web/pull/1 goes to develop by now, so nothing signs: change its base back to main";
      expect(await said(bench)).toMatchObject([NOTHING, [astray]]);
      bench.clouds.github.merge("web", 1);
      expect((await said(bench))[1]).toEqual([STARTS]);
      expect(open(bench)).toEqual([2]);
      await quiet(bench);
    });
  });

  test("another default branch: the first one is closed, and there is one for that", async () => {
    const refs = { branches: ["release"] };
    await onEngine({ config: proposing(refs) }, async (bench) => {
      await bench.run("up", "propose");
      develop(bench);
      (web(bench).settings as { defaultBranch: string }).defaultBranch = "develop";
      expect((await said(bench))[1]).toEqual([STARTS.replace("main", "develop")]);
      expect(open(bench)).toEqual([2]);
      expect(bench.clouds.github.pullRequest("web", 2).base).toBe("develop");
      await quiet(bench);
    });
  });

  test("merged into main before another became the default branch: proposed for that", async () => {
    const refs = { branches: ["release"] };
    await onEngine({ config: proposing(refs) }, async (bench) => {
      await bench.run("up", "propose");
      develop(bench);
      bench.clouds.github.merge("web", 1, { deleteBranch: true });
      (web(bench).settings as { defaultBranch: string }).defaultBranch = "develop";
      expect((await said(bench))[1]).toEqual([STARTS.replace("main", "develop")]);
      expect(open(bench)).toEqual([2]);
      await quiet(bench);
    });
  });
});
