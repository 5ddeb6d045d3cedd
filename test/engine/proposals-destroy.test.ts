import { describe, expect, test } from "vitest";
import { type Bench, onEngine, reasonOf } from "../support/engine";
import {
  deleteBranch,
  headOf,
  ON_MAIN,
  OTHER,
  onGitHub,
  open,
  proposing,
  web,
} from "../support/proposals";

const merge = (bench: Bench, deleteBranch: boolean) =>
  bench.clouds.github.merge("web", 1, { deleteBranch });
const close = (bench: Bench) => bench.clouds.github.closePullRequest("web", 1);
const second = async (bench: Bench) => {
  await bench.configure(proposing(OTHER));
  await bench.run("up", "second");
};

/** After the first proposal: what happens, and what `destroy` leaves. */
const points = [
  ["at once", () => {}, []],
  ["after a rerun", (bench: Bench) => bench.run("up", "rerun"), []],
  ["merged", (bench: Bench) => merge(bench, false), ON_MAIN],
  [
    "merged, after a rerun",
    async (bench: Bench) => {
      merge(bench, false);
      await bench.run("up", "rerun");
    },
    ON_MAIN,
  ],
  [
    "merged, its branch deleted, after a rerun",
    async (bench: Bench) => {
      merge(bench, true);
      await bench.run("up", "rerun");
    },
    ON_MAIN,
  ],
  [
    "merged, its branch deleted, after a refresh",
    async (bench: Bench) => {
      merge(bench, true);
      await bench.run("refresh", "refresh");
    },
    ON_MAIN,
  ],
  ["closed by hand", close, []],
  [
    "closed by hand, its branch deleted, after a rerun",
    async (bench: Bench) => {
      deleteBranch(bench, headOf(bench, 1));
      await bench.run("up", "rerun");
    },
    [],
  ],
  ["after a second proposal, the first one open", second, []],
  [
    "after a second proposal, the first one merged",
    async (bench: Bench) => {
      merge(bench, false);
      await second(bench);
    },
    ON_MAIN,
  ],
  [
    "after a second proposal, the first one merged and its branch deleted",
    async (bench: Bench) => {
      merge(bench, true);
      await second(bench);
    },
    ON_MAIN,
  ],
  [
    "after a second merge",
    async (bench: Bench) => {
      merge(bench, true);
      await second(bench);
      bench.clouds.github.merge("web", 2);
    },
    ON_MAIN,
  ],
] as const;

describe("destroy leaves no branch, no open pull request, and what was merged", () => {
  test.each(points)("%s", async (_, happens, left) => {
    await onEngine({ config: proposing() }, async (bench) => {
      await bench.run("up", "propose");
      await happens(bench);
      const main = new Map(web(bench).branches.get("main"));
      const { commits } = web(bench);
      const toMain = commits.filter(({ branch }) => branch === "main").length;
      await bench.run("destroy", "destroy");
      expect(bench.clouds.inventory()).toEqual(left);
      expect(web(bench).branches.get("main")).toEqual(main);
      expect(commits.filter(({ branch }) => branch === "main")).toHaveLength(toMain);
      expect((await bench.stack.exportStack()).deployment.resources).toBeUndefined();
    });
  });
});

/** The provider's own failure (github.md, 5), as no program runs that could prevent it. */
const gone = [
  ["merged", (bench: Bench) => merge(bench, true), ON_MAIN],
  ["closed by hand", (bench: Bench) => deleteBranch(bench, headOf(bench, 1)), []],
] as const;

test.each(gone)(
  "destroy right after the branch was deleted, %s: fails by name, and passes after a refresh",
  async (_, happens, left) => {
    await onEngine({ config: proposing() }, async (bench) => {
      await bench.run("up", "propose");
      const head = headOf(bench, 1);
      happens(bench);
      expect(await reasonOf(bench.run("destroy", "destroy"))).toContain(
        `422: DELETE git/refs/heads/${head}: 422 Reference does not exist []`,
      );
      expect([onGitHub(bench), open(bench)]).toEqual([left, []]);
      await bench.run("refresh", "refresh");
      await bench.run("destroy", "destroy");
      expect(bench.clouds.inventory()).toEqual(left);
    });
  },
);
