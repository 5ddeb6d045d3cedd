import { describe, expect, test } from "vitest";
import { repository, WORKFLOW, web } from "../../support/planning";
import { close, edit, merge, NEW, pullRequestTo, run, type World } from "../../support/runs";

const proposing = (pipeline: object = {}) => web({ commit: "pull-request", ...pipeline });
const OTHER = proposing({ signWith: "action" });
const STARTS = "proposes its files in a pull request: signing starts when it is merged into main";
const CHANGES =
  "proposes a change of its files in a pull request, which takes effect when it is merged into main";

const idOf = ({ plan }: World) => plan?.files.proposal?.id;
const said = ({ plan }: World) => [...(plan?.notes ?? []), ...(plan?.warnings ?? [])];
const branchOf = (world: World) => `countersign/web-${idOf(world)}`;

describe("a change that was merged and undone is proposed once more", () => {
  const lives = [true, false].flatMap((deleteBranch) =>
    [true, false].map((isSeen) => ({ deleteBranch, isSeen })),
  );

  test.each(lives)("by the configuration: %j", ({ deleteBranch, isSeen }) => {
    let world = NEW;
    for (const [turn, config] of [proposing(), OTHER, proposing(), OTHER].entries()) {
      const before = { id: idOf(world), branches: world.branches };
      world = run(config, world);
      expect(said(world)[0]).toBe(turn === 0 ? STARTS : CHANGES);
      expect(idOf(world)).not.toBe(before.id);
      expect(before.branches).not.toContain(branchOf(world));
      world = merge(world, { deleteBranch });
      if (isSeen) world = run(config, world);
    }
    expect(world.branches).toHaveLength(deleteBranch ? 0 : 4);
    expect(idOf(run(OTHER, world))).toBeUndefined();
  });

  test.each([true, false])("by hand, its branch deleted: %s", (deleteBranch) => {
    let world = merge(run(proposing()), { deleteBranch });
    for (const _ of ["once", "twice"]) {
      const { branches } = world;
      world = run(
        proposing(),
        edit(world, WORKFLOW, () => "edited\n"),
      );
      expect([said(world)[0], branches.includes(branchOf(world))]).toEqual([CHANGES, false]);
      expect(idOf(run(proposing(), world))).toBe(idOf(world));
      world = merge(world, { deleteBranch });
    }
    expect(idOf(run(proposing(), world))).toBeUndefined();
  });
});

const later = (branch: string) =>
  `signs a push to x only after that branch contains ${WORKFLOW} of ${branch}`;

describe("where the files go elsewhere", () => {
  const first = run(proposing({ branches: ["x"] }));
  const onBranch = (defaultBranch: string) => ({
    repositories: { web: repository({ defaultBranch }) },
  });
  const again = (before: World, there = onBranch("main")) =>
    run(proposing({ branches: ["x"] }), before, there);

  test("a pull request that was merged into another branch is followed by a new one", () => {
    const merged = { ...pullRequestTo("develop"), state: "closed", merged: true };
    const next = again({ ...first, pullRequest: merged });
    expect([said(next), idOf(next) === idOf(first)]).toEqual([[STARTS, later("main")], false]);
  });

  test("so is one that was merged before another branch became the default one", () => {
    const next = again({ ...merge(first), main: {} }, onBranch("develop"));
    expect([said(next), idOf(next) === idOf(first)]).toEqual([
      [STARTS.replace("main", "develop"), later("develop")],
      false,
    ]);
  });

  test("a default branch that gets another name has what is wanted", () => {
    const next = again(again(merge(first)), onBranch("trunk"));
    expect([said(next), idOf(next)]).toEqual([[], undefined]);
  });
});

describe("what is there already", () => {
  test("is proposed by nobody, also by a new stack", () => {
    const { main } = merge(run(proposing()));
    const next = run(proposing(), { ...NEW, main });
    expect([said(next), idOf(next), next.plan?.files.committed]).toEqual([
      [],
      undefined,
      undefined,
    ]);
  });

  test("by somebody else, a change of it is proposed", () => {
    const next = run(proposing(), { ...NEW, main: { [WORKFLOW]: "theirs\n" } });
    expect(said(next)).toEqual([CHANGES]);
  });
});

describe("after a proposal was closed", () => {
  const closed = close(run(proposing()));
  const second = run(OTHER, closed);

  test("and another was made, the open one is changed back", () => {
    const back = run(proposing(), second);
    expect(idOf(back)).toBe(idOf(second));
    expect(back.plan?.files.proposal?.files).toEqual(closed.plan?.files.proposal?.files);
  });

  test("the configuration goes back to what is merged: nothing is proposed", () => {
    const standing = run(proposing(), merge(run(proposing())));
    const back = run(proposing(), close(run(OTHER, standing)));
    expect([idOf(back), back.changes.records?.web?.proposal]).toEqual([undefined, undefined]);
  });
});

test("an interrupted run that left the branch of a second proposal goes on with it", () => {
  const first = merge(run(proposing()));
  const second = run(OTHER, first);
  const interrupted = {
    ...first,
    branches: second.branches,
    changes: { resources: second.changes.resources, records: first.changes.records },
  };
  expect(idOf(run(OTHER, interrupted))).toBe(idOf(second));
});

test("a verifying workflow that nobody wants any more is told as long as it is there", () => {
  const verifying = proposing({ verify: true });
  const standing = run(verifying, merge(run(verifying)));
  const left =
    "main still has .github/workflows/verify-image.yml: delete it, or it goes on running";
  const off = run(proposing(), standing);
  expect(said(off)).toContain(left);
  expect(said(run(proposing(), off))).toContain(left);
  const elsewhere = ".github/workflows/verify.yml";
  expect(said(run(proposing({ verify: { workflow: elsewhere } }), standing))).toContain(left);
  expect(said(run(verifying, standing))).toEqual([]);
});
