import { expect, test } from "vitest";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import { onEngine, reasonOf } from "../support/engine";
import { guarded, inhabited } from "../support/guarding";
import { NOTHING, ON_MAIN } from "../support/proposals";
import { faults, writes } from "../support/seen";

const release = ({ github }: Clouds) => github.repository("web").environments.get("release")!;
const policies = (clouds: Clouds) =>
  release(clouds)
    .policies?.map(({ type, name }) => `${type} ${name}`)
    .sort();

const reviewed = guarded({ reviewers: { users: ["alice"], teams: ["release-managers"] } });
const waiting = guarded({
  reviewers: { users: ["BOB"] },
  preventSelfReview: false,
  waitMinutes: 30,
  adminsCanBypass: true,
});
const WAITING = {
  reviewers: ["Bob"],
  waitMinutes: 30,
  preventSelfReview: false,
  adminsCanBypass: true,
};
const REFS = ["branch main", "tag v*"];

test("an environment is there before a run is trusted in it, changes in place, and is repaired", async () => {
  await onEngine({ config: reviewed, world: inhabited() }, async (bench) => {
    const { run, configure, clouds } = bench;
    const before = clouds.inventory();
    await run("up", "reviewed");
    expect(release(clouds)).toMatchObject({
      reviewers: ["team:release-managers", "Alice"],
      waitMinutes: 0,
      preventSelfReview: true,
      adminsCanBypass: false,
    });
    const all = writes(clouds);
    const at = (name: string) => all.indexOf(`create web-${name}`);
    expect([at("environment-release") >= 0, policies(clouds)]).toEqual([true, REFS]);
    for (const policy of ["branch-main", "tag-v*"]) {
      expect(at(`environment-release-${policy}`)).toBeLessThan(
        at("identity-environment-release-immutable"),
      );
    }
    expect(faults(clouds, reviewed, inhabited())).toEqual([]);

    await configure(waiting);
    expect(await run("up", "waiting")).toMatchObject({ ...NOTHING, updated: 1 });
    expect([release(clouds), policies(clouds)]).toMatchObject([WAITING, REFS]);
    expect(await run("refresh", "refresh")).toMatchObject(NOTHING);

    // Somebody lets in one ref more: it must be deleted by hand.
    release(clouds).policies?.push({ id: 99, name: "hostile", type: "branch" });
    expect(await reasonOf(run("up", "hostile"))).toContain(
      [
        "  countersign:pipelines.web.environment",
        '    given     "branch hostile"',
        "    expected  only the deployment policies of release that this stack made: branch main, tag v*",
      ].join("\n"),
    );
    // Somebody opens it to every ref, and takes the wait away: a refresh finds both.
    release(clouds).policies = undefined;
    release(clouds).waitMinutes = 0;
    expect(await reasonOf(run("up", "opened"))).toContain('given     "another deployment rule"');
    await run("refresh", "refresh");
    await run("up", "repaired");
    expect([release(clouds), policies(clouds)]).toMatchObject([WAITING, REFS]);

    // It stays this stack's own whatever `adopt` says; what this stack takes away is nobody else's.
    await configure(guarded({}, { adopt: true, tags: ["release-*"] }));
    expect(await run("up", "unguarded")).toMatchObject({ created: 1, deleted: 1, replaced: 0 });
    expect(policies(clouds)).toEqual(["branch main", "tag release-*"]);
    const open = { reviewers: [], waitMinutes: 0, adminsCanBypass: true };
    expect(release(clouds)).toMatchObject(open);
    await run("destroy", "destroy");
    // The workflow is adopted since then.
    expect(clouds.inventory()).toEqual([...ON_MAIN, ...before]);
  });
});
