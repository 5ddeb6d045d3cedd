import { expect, test } from "vitest";
import { onEngine, reasonOf, world } from "../support/engine";
import {
  branches,
  CHANGES,
  closes,
  committing,
  FINISHED,
  inventory,
  leftBy,
  NEW,
  NOTHING,
  ON_MAIN,
  ONE,
  OTHER,
  onGitHub,
  onMain,
  open,
  proposing,
  quiet,
  said,
  WORKFLOW,
  web,
  writes,
} from "../support/proposals";
import { faults, lost, outages } from "../support/seen";

test("direct → pull request → merged → direct: each run logs in and may do all, at every moment", async () => {
  const there = world();
  await onEngine({ config: committing("direct") }, async (bench) => {
    const { run, configure, clouds } = bench;
    await run("up", "direct");
    const from = clouds.traffic.writes.length;
    await configure(proposing());
    expect(await said(bench, "preview")).toMatchObject([NOTHING, []]);
    expect(await said(bench)).toMatchObject([NOTHING, []]);
    await quiet(bench, "refresh", "up");
    expect([writes(bench, from), onGitHub(bench)]).toEqual([[], ON_MAIN]);

    // The committed files leave the state with the first proposal, and stay on GitHub.
    await configure(proposing(OTHER));
    const gaps = [outages(clouds, proposing(OTHER), there)];
    expect(await said(bench)).toMatchObject([{ ...NOTHING, created: ONE, deleted: 2 }, [CHANGES]]);
    expect(writes(bench, from).filter((it) => !it.startsWith("create"))).toEqual([]);
    expect([open(bench), onMain(bench)?.includes(NEW)]).toEqual([[1], false]);
    expect(lost(clouds, proposing(OTHER), there)).toEqual([]);
    clouds.github.merge("web", 1);
    expect(await said(bench)).toMatchObject([{ ...NOTHING, deleted: ONE }, [FINISHED]]);

    const all = { ...OTHER, ids: "variables", environment: "release" };
    await configure(proposing(all));
    gaps.push(outages(clouds, proposing(all), there));
    await run("up", "all changed");
    expect(lost(clouds, proposing(all), there)).toEqual([]);
    clouds.github.merge("web", 2, { deleteBranch: true });
    expect(lost(clouds, proposing(all), there)).toEqual([]);
    await run("up", "merged");

    const direct = committing("direct", { environment: "release", ids: "variables" });
    await configure(direct);
    gaps.push(outages(clouds, direct, there));
    // A component and the workflow.
    expect(await run("up", "direct again")).toMatchObject({ ...NOTHING, created: 2 });
    expect([gaps.flat(), faults(clouds, direct, there)]).toEqual([[], []]);
    expect(onMain(bench)).not.toContain(NEW);
    await quiet(bench, "refresh", "up");
    await run("destroy", "destroy");
    expect(inventory(bench)).toEqual(leftBy(bench, 1));
  });
});

test("an open proposal is closed, and its files are committed; then they are proposed again", async () => {
  await onEngine({ config: proposing() }, async (bench) => {
    const { run, configure, clouds } = bench;
    await run("up", "propose");
    await configure(committing("direct"));
    const why = "its files are committed directly";
    expect(await said(bench)).toMatchObject([
      { ...NOTHING, created: 2, deleted: ONE },
      [closes(1, why)],
    ]);
    expect([open(bench), onGitHub(bench)]).toEqual([[], expect.arrayContaining(ON_MAIN)]);
    await quiet(bench, "refresh", "up");

    const from = web(bench).commits.length;
    await configure(committing("direct", OTHER));
    expect(await run("up", "new content")).toMatchObject({ ...NOTHING, updated: 1 });
    expect(web(bench).commits.slice(from)).toEqual([
      { branch: "main", path: WORKFLOW, message: `Sign container images: ${WORKFLOW}` },
    ]);

    // Back at once after a merge: the state has another text than the default branch.
    await configure(proposing());
    await run("up", "proposed again");
    clouds.github.merge("web", 2);
    await configure(committing("direct"));
    const stale = `warning ${WORKFLOW} on main was changed on GitHub: run \`pulumi up --refresh\`, or GitHub refuses the change`;
    expect((await said(bench, "preview"))[1]).toEqual([stale]);
    expect(await reasonOf(run("up", "stale"))).toContain(`${WORKFLOW} does not match SHA`);
    await run("refresh", "refresh");
    expect((await said(bench))[1]).toEqual([]);
    await quiet(bench);

    // Proposed from now on, the files stay even if the stack goes.
    await configure(proposing());
    await run("up", "retained");
    await quiet(bench, "refresh");
    await run("destroy", "destroy");
    expect(onGitHub(bench)).toEqual(expect.arrayContaining(ON_MAIN));
    expect([open(bench), branches(bench).length]).toEqual([[], 2]);
  });
});
