import type { EngineEvent } from "@pulumi/pulumi/automation";
import { describe, expect, test } from "vitest";
import { config, onEngine, world } from "../support/engine";

const payments = {
  branches: ["main"],
  tags: ["v*"],
  environment: "release",
  images: [{ name: "payments/api" }, { name: "payments/worker" }],
};

const worlds = [
  ["ABAC, immutable subjects", { mode: "abac", immutableSubjects: true }],
  ["ABAC, legacy subjects", { mode: "abac", immutableSubjects: false }],
  ["RBAC, immutable subjects", { mode: "rbac", immutableSubjects: true }],
  ["RBAC, legacy subjects", { mode: "rbac", immutableSubjects: false }],
] as const;

test("in state of the layout of before projects, what is held is known too", async () => {
  process.env.PULUMI_DIY_BACKEND_LEGACY_LAYOUT = "true";
  try {
    await onEngine({}, async ({ run }) => {
      await run("up", "up");
      expect(await run("up", "again")).toMatchObject({ created: 0, updated: 0, deleted: 0 });
    });
  } finally {
    delete process.env.PULUMI_DIY_BACKEND_LEGACY_LAYOUT;
  }
});

describe("a stack's life", () => {
  test.each(worlds)("%s: made, unchanged, unchanged after a refresh, gone", async (_, it) => {
    const settings = {
      config: config({ "countersign:pipelines": { web: {}, payments } }),
      world: world({
        registry: { mode: it.mode },
        repositories: [
          { name: "Web", id: 7, immutableSubjects: it.immutableSubjects },
          { name: "payments", id: 8, immutableSubjects: it.immutableSubjects },
        ],
      }),
    };
    await onEngine(settings, async ({ run, clouds }) => {
      const before = clouds.inventory();
      const preview = await run("preview", "preview");
      expect(clouds.inventory()).toEqual(before);
      expect(await run("up", "up")).toMatchObject({ created: preview.created, updated: 0 });
      const made = clouds.inventory();
      const quiet = { created: 0, updated: 0, replaced: 0, deleted: 0, unchanged: preview.created };
      expect(await run("up", "up again")).toMatchObject(quiet);
      expect(await run("refresh", "refresh")).toMatchObject(quiet);
      expect(await run("up", "up after refresh")).toMatchObject(quiet);
      expect(clouds.inventory()).toEqual(made);
      expect(await run("destroy", "destroy")).toMatchObject({ deleted: preview.created });
      expect(clouds.inventory()).toEqual(before);
    });
  });

  test("the subject is GitHub's, in GitHub's case, and the workflow is committed last", async () => {
    const settings = {
      config: config({ "github:owner": "CONTOSO", "countersign:pipelines": { wEb: {} } }),
      world: world({ repositories: [{ name: "Web", id: 7 }] }),
    };
    await onEngine(settings, async ({ run, clouds }) => {
      await run("up", "up");
      const [credential] = clouds.azure.credentials.values();
      expect(credential?.subject).toBe("repo:Contoso@5/Web@7:ref:refs/heads/main");
      const writes = clouds.traffic.writes.map(({ token, name }) => [
        token.split(":").at(-1),
        name,
      ]);
      expect(writes.slice(-2)).toEqual([
        ["RepositoryFile", "wEb-files-timestamp-root"],
        ["RepositoryFile", "wEb-files-workflow"],
      ]);
    });
  });

  test("federated credentials of one identity are written and deleted one after another", async () => {
    const branches = Array.from({ length: 20 }, (_, index) => `release-${index}`);
    const settings = { config: config({ "countersign:pipelines": { web: { branches } } }) };
    await onEngine(settings, async ({ run, configure, clouds }) => {
      await run("up", "up");
      expect(clouds.azure.credentials.size).toBe(20);
      // Those that remain are no neighbours of those that go: still no two deletes at once.
      const remaining = branches.filter((_, index) => index % 2 === 0);
      await configure(config({ "countersign:pipelines": { web: { branches: remaining } } }));
      await run("up", "fewer");
      expect(clouds.azure.credentials.size).toBe(10);
      await run("destroy", "destroy");
    });
  });

  test("many pipelines at once: hooks that look things up do not hold up the engine", async () => {
    const names = Array.from({ length: 8 }, (_, index) => `web-${index}`);
    const settings = {
      config: config({
        "countersign:pipelines": Object.fromEntries(names.map((name) => [name, {}])),
      }),
      world: world({ repositories: names.map((name, index) => ({ name, id: index + 1 })) }),
    };
    await onEngine(settings, async ({ run, clouds }) => {
      await run("preview", "preview");
      await run("up", "up");
      expect(clouds.azure.identities.size).toBe(names.length);
    });
  });

  test("a protected default branch is proposed to, and never committed to", async () => {
    const protectedBranches = ["main"];
    const it = world({ repositories: [{ name: "web", id: 7, protectedBranches }] });
    await onEngine({ world: it }, async ({ run, clouds }) => {
      const said: string[] = [];
      const onEvent = ({ diagnosticEvent }: EngineEvent) => {
        if (diagnosticEvent?.severity === "info") said.push(diagnosticEvent.message);
      };
      await run("preview", "preview", { onEvent });
      expect(said.join()).toContain(
        "proposes its files in a pull request: signing starts with its merge into main",
      );
      await run("up", "up");
      const { commits, pullRequests } = clouds.github.repository("web");
      expect(commits.filter(({ branch }) => branch === "main")).toEqual([]);
      expect([...pullRequests.values()].map(({ base, state }) => [base, state])).toEqual([
        ["main", "open"],
      ]);
    });
  });
});
