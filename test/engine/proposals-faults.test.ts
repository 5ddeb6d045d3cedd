import { describe, expect, test } from "vitest";
import { type Bench, onEngine, reasonOf } from "../support/engine";
import { disturb } from "../support/faults";
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

/** The n-th write from now on is refused. */
async function refuse(bench: Bench, failing: number): Promise<void> {
  disturb(bench.clouds, "refused", (_, index) => index === failing);
  expect(await reasonOf(bench.run("up", `write ${failing}`))).toContain("503: injected fault");
  bench.clouds.traffic.fault = undefined;
}

/** Takes all away again. */
async function destroy(bench: Bench): Promise<void> {
  await bench.run("destroy", "destroy");
  expect(bench.clouds.inventory()).toEqual([]);
  bench.clouds.traffic.writes.splice(0);
}

test("a first `up` in which one write is refused, each in turn: a second one converges", async () => {
  await onEngine({ config: proposing() }, async (bench) => {
    for (let failing = 0; failing < WRITES; failing += 1) {
      await refuse(bench, failing);
      expect(open(bench)).toEqual([]);
      expect((await said(bench))[1], `write ${failing}`).toEqual([STARTS]);
      const [number = 0, ...others] = open(bench);
      expect([others, branches(bench)]).toEqual([[], [headOf(bench, number)]]);
      expect(writes(bench)).toHaveLength(WRITES);
      await quiet(bench);
      await destroy(bench);
    }
  });
});

test("a second proposal, each write refused in turn: a further `up` converges", async () => {
  await onEngine({ config: proposing() }, async (bench) => {
    for (let failing = 0; failing < SECOND; failing += 1) {
      await bench.configure(proposing());
      await bench.run("up", "first");
      const [first = 0] = open(bench);
      await bench.configure(proposing(OTHER));
      await refuse(bench, failing);
      // As long as the second one is not there, the first one is.
      expect(open(bench)[0], `write ${failing}`).toBe(failing < 5 ? first : first + 1);
      await bench.run("up", "further up");
      expect([open(bench), branches(bench)]).toEqual([[first + 1], [headOf(bench, first + 1)]]);
      expect(writes(bench)).toHaveLength(WRITES + SECOND);
      await quiet(bench);
      await destroy(bench);
    }
  });
});

/** The first answer about a type is lost, though it was done. */
async function lose(bench: Bench, type: string): Promise<void> {
  disturb(bench.clouds, "lost", ({ token }) => token.endsWith(`:${type}`));
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
