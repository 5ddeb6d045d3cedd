import { describe, expect, test } from "vitest";
import { type Bench, config, onEngine, world } from "../support/engine";
import { CALLABLE, CALLED, governing } from "../support/governing";
import { lost, proposing, standing } from "../support/in-force";
import { quiet, WORKFLOW, web } from "../support/proposals";
import { outages, trusted } from "../support/seen";

/** Somebody lets the workflow start on every branch. */
function widen(bench: Bench): void {
  const main = web(bench).branches.get("main");
  main?.set(WORKFLOW, main.get(WORKFLOW)?.replace("- main", '- "*"') ?? "");
}

describe("until a proposal is merged, refs that are declared before and after can log in", () => {
  test.each([
    [
      "exact branches → a pattern of them, in an environment",
      proposing({ branches: ["main", "release/1"] }),
      proposing({ branches: ["main", "release/*"], environment: "release" }),
    ],
    [
      "a pattern of tags → a wider one, in another environment",
      proposing({ branches: [], tags: ["v1.*"], environment: "old" }),
      proposing({ branches: [], tags: ["v*"], environment: "new" }),
    ],
    [
      "a pattern of tags → a narrower one, in another environment",
      proposing({ branches: [], tags: ["v*"], environment: "old" }),
      proposing({ branches: [], tags: ["v1.*"], environment: "new" }),
    ],
    [
      "a pattern of tags → many narrower ones, in a first environment",
      proposing({ branches: [], tags: ["v*"], identity: { application: {} } }),
      proposing({
        branches: [],
        tags: Array.from({ length: 20 }, (_, index) => `v${index}.*`),
        identity: { application: {} },
        environment: "release",
      }),
    ],
  ])("%s", async (_, old, next) => {
    await onEngine({ config: old }, async (bench) => {
      await standing(bench);
      const before = trusted(bench.clouds);
      await bench.configure(next);
      await bench.run("up", "proposed");
      expect(trusted(bench.clouds)).toEqual(expect.arrayContaining(before));
      expect(lost(bench, old)).toEqual([]);
      await quiet(bench);
    });
  });

  test("what somebody wrote into the workflow takes none of it away", async () => {
    const old = proposing();
    await onEngine({ config: old }, async (bench) => {
      await standing(bench);
      const before = trusted(bench.clouds);
      widen(bench);
      await bench.configure(proposing({ environment: "release" }));
      await bench.run("up", "proposed");
      expect(trusted(bench.clouds)).toEqual([
        "repo:Contoso@5/web@7:environment:release",
        ...before,
      ]);
      expect(lost(bench, old)).toEqual([]);
      await quiet(bench);
    });
  });

  test("tags of an application that calls another workflow", async () => {
    const later = CALLED.replace("main", "v2");
    const calling = (workflow: string) =>
      proposing({
        branches: [],
        tags: ["v*"],
        identity: { application: {} },
        ids: "variables",
        trust: { workflow, manageSubjectTemplate: true },
      });
    const there = governing({}, { [CALLED]: CALLABLE, [later]: CALLABLE });
    await onEngine({ config: calling(CALLED), world: there }, async (bench) => {
      await standing(bench);
      await bench.configure(calling(later));
      await bench.run("up", "proposed");
      const called = [...bench.clouds.azure.credentials.values()].map(
        (it) => /shared\/[^']+/.exec(JSON.stringify(it))?.[0],
      );
      expect(called.sort()).toEqual([CALLED, later].map((it) => it.replace("Contoso/", "")));
    });
  });
});

test("a branch that is taken away signs no more, also where the environment changes with it", async () => {
  await onEngine(
    { config: proposing({ environment: "old", branches: ["main", "dev"] }) },
    async (bench) => {
      await standing(bench);
      await bench.configure(proposing({ environment: "new" }));
      await bench.run("up", "proposed");
      const { policies } = web(bench).environments.get("old") ?? {};
      expect(policies?.map(({ name }) => name)).toEqual(["main"]);
    },
  );
});

describe("under a template that names the ref beside the environment", () => {
  const under = (...subjectTemplate: string[]) =>
    world({ repositories: [{ name: "web", id: 7, subjectTemplate }] });
  const pipeline = (of: object) =>
    config({ "countersign:pipelines": { web: { branches: ["main"], ...of } } });

  test("a proposal of another environment keeps the old credential beside the new one", async () => {
    const there = under("repo", "context", "ref");
    const [old, next] = [proposing({ environment: "old" }), proposing({ environment: "new" })];
    const subject = (name: string) =>
      `repo:Contoso@5/web@7:environment:${name}:ref:refs/heads/main`;
    await onEngine({ config: old, world: there }, async (bench) => {
      await standing(bench);
      await bench.configure(next);
      await bench.run("up", "proposed");
      expect(trusted(bench.clouds)).toEqual([subject("new"), subject("old")]);
      expect(lost(bench, old, there)).toEqual([]);
    });
  });

  test("what somebody wrote into the workflow becomes no pattern that is trusted", async () => {
    const there = under("repo", "context", "ref");
    const identity = { application: {} };
    const [old, next] = ["old", "new"].map((environment) => proposing({ identity, environment }));
    await onEngine({ config: old ?? {}, world: there }, async (bench) => {
      await standing(bench);
      const before = trusted(bench.clouds);
      widen(bench);
      await bench.configure(next ?? {});
      await bench.run("up", "proposed");
      expect(trusted(bench.clouds)).toEqual([
        ...before.map((it) => it.replace(":old:", ":new:")),
        ...before,
      ]);
    });
  });

  test.each([
    ["another environment", under("repo", "context", "ref"), { environment: "old" }],
    ["a first environment", under("repo", "context", "workflow_ref"), {}],
  ])("%s, committed directly, leaves no gap", async (_, there, old) => {
    const next = pipeline({ environment: "new" });
    await onEngine({ config: pipeline(old), world: there }, async (bench) => {
      await bench.run("up", "first");
      await bench.configure(next);
      const seen = outages(bench.clouds, next, there);
      await bench.run("up", "changed");
      expect(seen).toEqual([]);
    });
  });
});
