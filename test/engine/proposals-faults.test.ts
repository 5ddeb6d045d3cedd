import { describe, expect, test } from "vitest";
import { type Bench, onEngine, reasonOf } from "../support/engine";
import {
  branches,
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
  web,
  writes,
} from "../support/proposals";

/** Identity, three roles, credential, three secrets, branch, two files, pull request. */
const WRITES = 12;
/** Branch, two files, pull request; then the first one's pull request and branch go. */
const SECOND = 6;

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The n-th write from now on is refused. */
async function refuse(bench: Bench, failing: number): Promise<void> {
  let count = 0;
  bench.clouds.traffic.fault = () => (count++ === failing ? "refused" : undefined);
  expect(await reasonOf(bench.run("up", "up"))).toContain("503: injected fault");
  bench.clouds.traffic.fault = undefined;
}

describe("a first `up` that proposes, in which one write fails", () => {
  test("has as many writes as there are tests for them", async () => {
    await onEngine({ config: proposing() }, async (bench) => {
      await bench.run("up", "up");
      expect(writes(bench)).toHaveLength(WRITES);
      await bench.configure(proposing(OTHER));
      await bench.run("up", "second");
      expect(writes(bench)).toHaveLength(WRITES + SECOND);
    });
  });

  test.each(upTo(WRITES))("write %i refused: a second `up` converges", async (failing) => {
    await onEngine({ config: proposing() }, async (bench) => {
      await refuse(bench, failing);
      expect(open(bench)).toEqual([]);
      expect((await said(bench, "preview"))[1]).toEqual([STARTS]);
      await bench.run("up", "second up");
      expect([open(bench), branches(bench)]).toEqual([[1], [headOf(bench, 1)]]);
      expect(writes(bench)).toHaveLength(WRITES);
      await quiet(bench, "up");
    });
  });
});

test.each(upTo(SECOND))(
  "write %i of a second proposal refused: a further `up` converges",
  async (failing) => {
    await onEngine({ config: proposing() }, async (bench) => {
      await bench.run("up", "first");
      await bench.configure(proposing(OTHER));
      await refuse(bench, failing);
      // As long as the second one is not there, the first one is.
      expect(open(bench)[0]).toBe(failing < 5 ? 1 : 2);
      await bench.run("preview", "preview");
      await bench.run("up", "further up");
      expect([open(bench), branches(bench)]).toEqual([[2], [headOf(bench, 2)]]);
      await quiet(bench, "up");
      await bench.run("destroy", "destroy");
      expect(bench.clouds.inventory()).toEqual([]);
    });
  },
);

/** The first answer about a type is lost, though it was done. */
async function lose(bench: Bench, type: string): Promise<void> {
  let lost = 0;
  bench.clouds.traffic.fault = ({ token }) =>
    token.endsWith(`:${type}`) && lost++ === 0 ? "lost" : undefined;
  expect(await reasonOf(bench.run("up", "up"))).toContain("the answer was lost");
  bench.clouds.traffic.fault = undefined;
}

describe("a first `up` in which one answer is lost", () => {
  test("the branch: it is named at preview, and the way on works", async () => {
    await onEngine({ config: proposing() }, async (bench) => {
      await lose(bench, "Branch");
      const [branch = ""] = branches(bench);
      const reason = await reasonOf(bench.run("preview", "preview"));
      expect(reason).toContain(
        [
          `  web-proposal-${branch.slice(-10)}-branch`,
          `    given    "branch ${branch} of Contoso/web"`,
          "    allowed  something that does not exist yet",
          "    remedy   delete it: it is named after a change of this stack, so an interrupted run left it",
        ].join("\n"),
      );
      expect(await reasonOf(bench.run("up", "up"))).toContain(`given    "branch ${branch} of`);
      web(bench).branches.delete(branch);
      await bench.run("up", "up");
      expect([open(bench), branches(bench)]).toEqual([[1], [branch]]);
      await quiet(bench);
    });
  });

  test("a file: it is written once more", async () => {
    await onEngine({ config: proposing() }, async (bench) => {
      await lose(bench, "RepositoryFile");
      expect(await said(bench)).toMatchObject([{ ...NOTHING, created: 3 }, [STARTS]]);
      expect(open(bench)).toEqual([1]);
      await quiet(bench);
    });
  });

  test("the pull request: it is named at preview, and the way on works", async () => {
    await onEngine({ config: proposing() }, async (bench) => {
      await lose(bench, "RepositoryPullRequest");
      const branch = headOf(bench, 1);
      const reason = await reasonOf(bench.run("preview", "preview"));
      expect(reason).toContain(
        [
          `  web-proposal-${branch.slice(-10)}-pull-request`,
          `    given    "open pull request of branch ${branch} of Contoso/web"`,
          "    allowed  something that does not exist yet",
          "    remedy   close it: its branch is of this stack, so an interrupted run left it",
        ].join("\n"),
      );
      bench.clouds.github.closePullRequest("web", 1);
      await bench.run("up", "up");
      expect([open(bench), branches(bench)]).toEqual([[2], [branch]]);
      await quiet(bench);
      await bench.run("destroy", "destroy");
      expect(bench.clouds.inventory()).toEqual([]);
    });
  });

  test("the pull request, which is merged all the same: its branch goes", async () => {
    await onEngine({ config: proposing() }, async (bench) => {
      await lose(bench, "RepositoryPullRequest");
      bench.clouds.github.merge("web", 1);
      expect(await said(bench)).toMatchObject([{ ...NOTHING, deleted: 4 }, []]);
      expect(onGitHub(bench)).toEqual(ON_MAIN);
      await quiet(bench);
    });
  });
});

test("a branch of the proposal's name that is not ours is refused at preview", async () => {
  await onEngine({ config: proposing() }, async (bench) => {
    await bench.run("up", "to learn the name");
    const head = headOf(bench, 1);
    await bench.run("destroy", "destroy");
    const theirs = new Map([["README.md", "theirs"]]);
    web(bench).branches.set(head, theirs);
    for (const operation of ["preview", "up"] as const) {
      expect(await reasonOf(bench.run(operation, operation))).toContain(
        `given    "branch ${head} of Contoso/web"`,
      );
    }
    expect([[...theirs], open(bench), onMain(bench)]).toEqual([
      [["README.md", "theirs"]],
      [],
      undefined,
    ]);
    expect(onGitHub(bench)).toEqual([`branch web/${head}`, `file web/README.md on ${head}`]);
  });
});
