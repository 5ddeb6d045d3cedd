import { describe, expect, test } from "vitest";
import { config, onEngine, world } from "../support/engine";
import { held } from "../support/identities";
import { NOTHING, writes } from "../support/proposals";
import { faults } from "../support/seen";

const refs = { branches: ["main"], tags: ["v*"] };
const settings = {
  config: config({
    "github:owner": "CONTOSO",
    "countersign:pipelines": {
      wEb: {},
      payments: {
        ...refs,
        environment: "release",
        images: [{ name: "payments/api" }, { name: "payments/worker" }],
      },
      tool: { ...refs, tags: ["v*", "nightly"], identity: { application: {} } },
    },
  }),
  world: (mode: "abac" | "rbac") =>
    world({
      registry: { mode },
      repositories: [
        { name: "Web", id: 7 },
        { name: "payments", id: 8, immutableSubjects: false },
        { name: "tool", id: 9 },
      ],
    }),
};

describe("a stack's life", () => {
  test("ABAC: made, unchanged, unchanged after a refresh, gone", async () => {
    const there = settings.world("abac");
    await onEngine({ config: settings.config, world: there }, async (bench) => {
      const { run, clouds } = bench;
      const before = clouds.inventory();
      const preview = await run("preview", "preview");
      expect(clouds.inventory()).toEqual(before);
      expect(await run("up", "up")).toMatchObject({ ...NOTHING, created: preview.created });
      const made = clouds.inventory();
      // The commit of the workflow comes last: it starts the first run.
      for (const name of ["wEb", "payments", "tool"]) {
        const own = writes(bench).filter((it) => it.includes(` ${name}-`));
        expect(own.at(-1)).toBe(`create ${name}-files-workflow`);
      }
      expect(held(clouds).filter((it) => it.includes("trusts"))).toEqual([
        "countersign-test-payments trusts repo:Contoso/payments:environment:release (environment-release-names)",
        "countersign-test-tool trusts claims['sub'] matches 'repo:Contoso@5/tool@9:ref:refs/tags/v*' and claims['repository_id'] eq '9' (tag-v--af7e9fa4-immutable)",
        "countersign-test-tool trusts repo:Contoso@5/tool@9:ref:refs/heads/main (branch-main-immutable)",
        "countersign-test-tool trusts repo:Contoso@5/tool@9:ref:refs/tags/nightly (tag-nightly-immutable)",
        "countersign-test-wEb trusts repo:Contoso@5/Web@7:ref:refs/heads/main (branch-main-immutable)",
      ]);
      expect(faults(clouds, settings.config, there)).toEqual([]);
      const quiet = { ...NOTHING, unchanged: preview.created };
      expect(await run("up", "up again")).toMatchObject(quiet);
      expect(await run("refresh", "refresh")).toMatchObject(quiet);
      expect(await run("up", "up after refresh")).toMatchObject(quiet);
      expect(clouds.inventory()).toEqual(made);
      const gone = { ...NOTHING, deleted: preview.created };
      expect(await run("destroy", "destroy")).toMatchObject(gone);
      expect(clouds.inventory()).toEqual(before);
    });
  });

  test("RBAC, with state in the layout of before projects", async () => {
    process.env.PULUMI_DIY_BACKEND_LEGACY_LAYOUT = "true";
    const there = settings.world("rbac");
    try {
      await onEngine({ config: settings.config, world: there }, async ({ run, clouds }) => {
        const before = clouds.inventory();
        const { created } = await run("up", "up");
        expect(faults(clouds, settings.config, there)).toEqual([]);
        const quiet = { ...NOTHING, unchanged: created };
        expect(await run("refresh", "refresh")).toMatchObject(quiet);
        expect(await run("up", "again")).toMatchObject(quiet);
        await run("destroy", "destroy");
        expect(clouds.inventory()).toEqual(before);
      });
    } finally {
      delete process.env.PULUMI_DIY_BACKEND_LEGACY_LAYOUT;
    }
  });

  test("several pipelines at once, one of them with many credentials", async () => {
    const names = Array.from({ length: 4 }, (_, index) => `web-${index}`);
    const branches = Array.from({ length: 12 }, (_, index) => `release-${index}`);
    const stackOf = (of: readonly string[]) =>
      config({
        "countersign:pipelines": Object.fromEntries(
          names.map((name, index) => [name, index === 0 ? { branches: of } : {}]),
        ),
      });
    const there = world({ repositories: names.map((name, index) => ({ name, id: index + 1 })) });
    await onEngine({ config: stackOf(branches), world: there }, async (bench) => {
      const { run, configure, clouds } = bench;
      await run("up", "up");
      expect([clouds.azure.identities.size, clouds.azure.credentials.size]).toEqual([4, 15]);
      // Those that remain are no neighbors of those that go: still no two deletes at once.
      await configure(stackOf(branches.filter((_, index) => index % 2 === 0)));
      await run("up", "fewer");
      expect(clouds.azure.credentials.size).toBe(9);
      await run("destroy", "destroy");
    });
  });
});
