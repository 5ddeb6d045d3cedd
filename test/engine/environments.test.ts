import { describe, expect, test } from "vitest";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import { block } from "../support/block";
import { onEngine, reasonOf } from "../support/engine";
import { guarded, inhabited } from "../support/guarding";
import { faults, writes } from "../support/seen";

const NOTHING = { created: 0, updated: 0, replaced: 0, deleted: 0 };
const release = ({ github }: Clouds) => github.repository("web").environments.get("release");
const policies = (clouds: Clouds) =>
  release(clouds)
    ?.policies?.map(({ type, name }) => `${type} ${name}`)
    .sort();

describe("what guards an environment", () => {
  test("reaches GitHub, changes in place, and is then as declared", async () => {
    const steps = [
      [{}, { reviewers: [], waitMinutes: 0, preventSelfReview: false, adminsCanBypass: true }],
      [
        { reviewers: { users: ["alice"], teams: ["release-managers"] } },
        {
          reviewers: ["team:release-managers", "Alice"],
          waitMinutes: 0,
          preventSelfReview: true,
          adminsCanBypass: false,
        },
      ],
      [
        {
          reviewers: { users: ["BOB"] },
          preventSelfReview: false,
          waitMinutes: 30,
          adminsCanBypass: true,
        },
        { reviewers: ["Bob"], waitMinutes: 30, preventSelfReview: false, adminsCanBypass: true },
      ],
      [
        { waitMinutes: 43_200 },
        { reviewers: [], waitMinutes: 43_200, preventSelfReview: false, adminsCanBypass: false },
      ],
      [
        { adminsCanBypass: false },
        { reviewers: [], waitMinutes: 0, preventSelfReview: false, adminsCanBypass: false },
      ],
      [{}, { reviewers: [], waitMinutes: 0, preventSelfReview: false, adminsCanBypass: true }],
    ] as const;
    await onEngine({ config: guarded({}), world: inhabited() }, async (bench) => {
      const { run, configure, clouds } = bench;
      const before = clouds.inventory();
      for (const [index, [settings, expected]] of steps.entries()) {
        const it = guarded(settings);
        await configure(it);
        const phase = await run("up", JSON.stringify(settings));
        if (index > 0) expect(phase).toMatchObject({ ...NOTHING, updated: 1 });
        expect(release(clouds)).toMatchObject(expected);
        expect(policies(clouds)).toEqual(["branch main", "tag v*"]);
        expect(faults(clouds, it, inhabited())).toEqual([]);
        expect(await run("refresh", "refresh")).toMatchObject(NOTHING);
        expect(await run("up", "again")).toMatchObject(NOTHING);
      }
      await run("destroy", "destroy");
      expect(clouds.inventory()).toEqual(before);
    });
  });

  test("that is taken away by hand is found by a refresh, where GitHub shows it", async () => {
    const it = guarded({ reviewers: { users: ["alice"] }, waitMinutes: 5 });
    await onEngine({ config: it, world: inhabited() }, async ({ run, clouds }) => {
      await run("up", "up");
      const found = release(clouds);
      if (found) found.waitMinutes = 0;
      await run("refresh", "refresh");
      expect(await run("up", "repair")).toMatchObject({ ...NOTHING, updated: 1 });
      expect(release(clouds)).toMatchObject({ reviewers: ["Alice"], waitMinutes: 5 });
    });
  });

  test("that somebody lets in one ref more is refused, until it is gone", async () => {
    const it = guarded({});
    await onEngine({ config: it, world: inhabited() }, async ({ run, configure, clouds }) => {
      await run("up", "up");
      const added = { id: 99, name: "hostile", type: "branch" as const };
      release(clouds)?.policies?.push(added);
      const said = block(
        "countersign:pipelines.web.environment",
        '"branch hostile"',
        "deployment policies of release for exactly branch main, tag v*, as this stack made them",
        "it is not of this stack: delete it on GitHub",
      );
      for (const operation of ["preview", "up"] as const) {
        expect(await reasonOf(run(operation, operation))).toContain(said);
      }
      // Declared too: GitHub would refuse to add the same, halfway through.
      await configure(guarded({}, { branches: ["main", "hostile"] }));
      expect(await reasonOf(run("preview", "declared"))).toContain(said);
      release(clouds)?.policies?.pop();
      // Those that this stack takes away itself are not somebody's.
      await configure(guarded({}, { tags: ["release-*"] }));
      await run("up", "up");
      expect(policies(clouds)).toEqual(["branch main", "tag release-*"]);
    });
  });

  test("that somebody opens to every ref is refused, and closed again by a refresh", async () => {
    await onEngine({ config: guarded({}), world: inhabited() }, async ({ run, clouds }) => {
      await run("up", "up");
      const found = release(clouds);
      if (found) found.policies = undefined;
      const said = block(
        "countersign:pipelines.web.environment",
        '"another rule"',
        "deployment policies of release for exactly branch main, tag v*, as this stack made them",
        "somebody changed it: run `pulumi refresh`, then `pulumi up`",
      );
      expect(await reasonOf(run("up", "up"))).toContain(said);
      await run("refresh", "refresh");
      await run("up", "closed");
      expect(policies(clouds)).toEqual(["branch main", "tag v*"]);
      expect(await run("up", "again")).toMatchObject(NOTHING);
    });
  });

  test("is there before a run is trusted, with reviewers from the first moment", async () => {
    const it = guarded({ reviewers: { users: ["alice"] } });
    await onEngine({ config: it, world: inhabited() }, async ({ run, clouds }) => {
      await run("up", "up");
      const all = writes(clouds);
      const at = (name: string) => all.indexOf(`create ${name}`);
      expect(at("web-environment-release")).toBeGreaterThanOrEqual(0);
      for (const policy of ["branch-main", "tag-v*"]) {
        expect(at(`web-environment-release-${policy}`)).toBeLessThan(
          at("web-identity-environment-release-immutable"),
        );
      }
    });
  });
});
