import { describe, expect, test } from "vitest";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import { block } from "../support/block";
import { onEngine, reasonOf } from "../support/engine";
import { guarded, inhabited } from "../support/guarding";
import { faults } from "../support/seen";

const NOTHING = { created: 0, updated: 0, replaced: 0, deleted: 0 };
const policies = [{ name: "main" }, { name: "v*", type: "tag" as const }];
const theirs = { name: "release", reviewers: ["Alice", "release-managers"], policies };
const environments = ({ github }: Clouds) => github.repository("web").environments;
const AT = "countersign:pipelines.web.environment";

describe("an environment that is used as it is", () => {
  test.each([
    ["create: false", { create: false }, {}],
    ["adopt: true", {}, { adopt: true }],
  ] as const)("%s: it is never changed, not even by destroy", async (_, it, web) => {
    const settings = {
      config: guarded(it, web),
      world: inhabited({}, { environments: [theirs] }),
    };
    await onEngine(settings, async ({ run, clouds }) => {
      const before = structuredClone(environments(clouds));
      const inventory = clouds.inventory();
      await run("preview", "preview");
      await run("up", "up");
      expect(environments(clouds)).toEqual(before);
      expect(faults(clouds, settings.config, settings.world)).toEqual([]);
      expect(await run("up", "again")).toMatchObject(NOTHING);
      await run("destroy", "destroy");
      expect(environments(clouds)).toEqual(before);
      const left = clouds.inventory().filter((it) => !it.startsWith("file "));
      expect(left).toEqual(inventory);
    });
  });

  test("may hold the three ids, which go again", async () => {
    const settings = {
      config: guarded({ create: false }, { level: "environment" }),
      world: inhabited({}, { environments: [theirs] }),
    };
    await onEngine(settings, async ({ run, clouds }) => {
      const before = structuredClone(environments(clouds));
      await run("up", "up");
      expect([...(environments(clouds).get("release")?.secrets.keys() ?? [])].sort()).toEqual([
        "AZURE_CLIENT_ID",
        "AZURE_SUBSCRIPTION_ID",
        "AZURE_TENANT_ID",
      ]);
      expect(faults(clouds, settings.config, settings.world)).toEqual([]);
      await run("destroy", "destroy");
      expect(environments(clouds)).toEqual(before);
    });
  });

  test("adopt: true is refused together with what would never take effect", async () => {
    const it = guarded({ waitMinutes: 5, reviewers: { users: ["alice"] } }, { adopt: true });
    const world = inhabited({}, { environments: [theirs] });
    await onEngine({ config: it, world }, async ({ run, clouds }) => {
      expect(await reasonOf(run("preview", "preview"))).toContain(
        block(
          AT,
          '"release"',
          "an environment without reviewers, waitMinutes, as `adopt` takes one that exists",
          "one that exists is never changed: set them on GitHub, or let it be made by `create: true`",
        ),
      );
      expect(clouds.traffic.writes).toEqual([]);
    });
  });

  /** It must let exactly the declared refs deploy. */
  const unfit = [
    [
      "spelt otherwise",
      [{ ...theirs, name: "Release" }],
      "Release, which is its name: subjects are compared to the case",
      "write it so",
    ],
    [
      "missing",
      [],
      "an existing environment, as it is not made here",
      "create it on GitHub, or let it be made here",
    ],
    [
      "open to every branch",
      [{ name: "release" }],
      "one that lets deploy exactly branch main, tag v*",
      "choose `Selected branches and tags` in its settings on GitHub",
    ],
    [
      "open to one more",
      [{ ...theirs, policies: [...policies, { name: "dev" }] }],
      "one that lets deploy exactly branch main, tag v*",
      "it lets branch dev, branch main, tag v*: change it on GitHub, or declare those",
    ],
    [
      "closed to one",
      [{ ...theirs, policies: [{ name: "main" }] }],
      "one that lets deploy exactly branch main, tag v*",
      "it lets branch main: change it on GitHub, or declare those",
    ],
    [
      "closed to all",
      [{ ...theirs, policies: [] }],
      "one that lets deploy exactly branch main, tag v*",
      "it lets nothing: change it on GitHub, or declare those",
    ],
  ] as const;
  test.each(unfit)("that is %s is refused", async (_, environments, allowed, remedy) => {
    const settings = {
      config: guarded({ create: false }),
      world: inhabited({}, { environments }),
    };
    await onEngine(settings, async ({ run, clouds }) => {
      const before = clouds.inventory();
      expect(await reasonOf(run("preview", "preview"))).toContain(
        block(AT, '"release"', allowed, remedy),
      );
      expect(clouds.inventory()).toEqual(before);
    });
  });
});

describe("an environment that is made, while other things are taken over", () => {
  const made = guarded({ create: true, reviewers: { users: ["bob"] } }, { adopt: true });

  test("create: true goes before adopt: true", async () => {
    const world = inhabited({}, { secrets: ["AZURE_CLIENT_ID"] });
    await onEngine({ config: made, world }, async ({ run, clouds }) => {
      await run("up", "up");
      expect(environments(clouds).get("release")).toMatchObject({ reviewers: ["Bob"] });
      expect(faults(clouds, made, world)).toEqual([]);
      await run("destroy", "destroy");
      expect(environments(clouds).size).toBe(0);
    });
  });

  test("and is refused over one that exists", async () => {
    const world = inhabited({}, { environments: [theirs] });
    await onEngine({ config: made, world }, async ({ run, clouds }) => {
      const before = structuredClone(environments(clouds));
      expect(await reasonOf(run("preview", "preview"))).toContain(
        block(
          "web-environment-release",
          '"environment release of Contoso/web"',
          "something that does not exist yet",
          "set `environment.create: false` to use it as it is, or choose another name; if an interrupted run left it, delete it",
        ),
      );
      expect(environments(clouds)).toEqual(before);
    });
  });

  test("create: false is refused for one that this stack made, which keeps its reviewers", async () => {
    await onEngine({ config: made, world: inhabited() }, async ({ run, configure, clouds }) => {
      await run("up", "up");
      await configure(guarded({ create: false }));
      expect(await reasonOf(run("preview", "preview"))).toContain(
        block(
          `${AT}.create`,
          "false",
          "true, as this stack made the environment and declares what guards it",
          "leave it out; to use it as it is, first take it out of the stack's state",
        ),
      );
      expect(environments(clouds).get("release")).toMatchObject({ reviewers: ["Bob"] });
    });
  });
});
