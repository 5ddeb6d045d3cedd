import { describe, expect, test } from "vitest";
import { block } from "../support/block";
import { type Bench, config, onEngine, reasonOf, world } from "../support/engine";
import { lost, proposing, standing } from "../support/in-force";
import { committing, onMain, open, quiet, WORKFLOW, web } from "../support/proposals";
import { trusted } from "../support/seen";

/** Somebody changes the workflow on the default branch. */
function edit(bench: Bench, change: (text: string) => string): void {
  const files = web(bench).branches.get("main");
  const text = files?.get(WORKFLOW) ?? "";
  expect(change(text)).not.toBe(text);
  files?.set(WORKFLOW, change(text));
}

const GATED = "repo:Contoso@5/web@7:environment:release";
const wanted = proposing({ environment: "release" });
const there = world({
  repositories: [{ name: "web", id: 7, environments: [{ name: "github-pages" }] }],
});

describe("an edited workflow is put back, in whatever shape it is", () => {
  const shapes = [
    ["an environment with a URL", "environment: {name: release, url: https://x}"],
    ["an environment that is a number", "environment: 1"],
  ] as const;
  test.each(shapes)("proposed: %s", async (_, now) => {
    await onEngine({ config: wanted }, async (bench) => {
      await standing(bench);
      edit(bench, (text) => text.replace("environment: release", now));
      await bench.run("up", "edited");
      expect([trusted(bench.clouds), open(bench)]).toEqual([[GATED], [2]]);
      await quiet(bench);
    });
  });

  test.each(shapes)("committed directly: %s", async (_, now) => {
    await onEngine({ config: committing("direct", { environment: "release" }) }, async (bench) => {
      await bench.run("up", "first");
      const text = onMain(bench);
      edit(bench, (it) => it.replace("environment: release", now));
      await bench.run("preview", "edited");
      await bench.run("refresh", "refresh");
      await bench.run("up", "put back");
      expect(onMain(bench)).toBe(text);
    });
  });
});

describe("whoever edits the workflow is trusted no further by it", () => {
  test.each([
    [
      "another environment",
      (text: string) => text.replace("environment: release", "environment: github-pages"),
    ],
    ["no environment", (text: string) => text.replace(/^ *environment: release\n/m, "")],
  ])("%s", async (_, change) => {
    await onEngine({ config: wanted, world: there }, async (bench) => {
      await standing(bench);
      edit(bench, change);
      await bench.run("up", "edited");
      expect(trusted(bench.clouds)).toEqual([GATED]);
      expect(open(bench)).toEqual([2]);
      await quiet(bench);
    });
  });

  test("a licence on top of it does not make it somebody else's", async () => {
    const next = proposing({ environment: "next" });
    await onEngine({ config: wanted }, async (bench) => {
      await standing(bench);
      edit(bench, (text) => `# Copyright Contoso\n\n${text}`);
      await bench.configure(next);
      await bench.run("up", "proposed");
      expect(trusted(bench.clouds)).toEqual([GATED.replace("release", "next"), GATED]);
      expect(lost(bench, wanted)).toEqual([]);
    });
  });

  test("ids of another pipeline are not taken over, nor are they in the way", async () => {
    const both = config({
      "countersign:pipelines": {
        web: { commit: "pull-request" },
        api: { level: "organization", commit: "direct" },
      },
    });
    const repositories = [
      { name: "web", id: 7 },
      { name: "api", id: 8 },
    ];
    await onEngine({ config: both, world: world({ repositories }) }, async (bench) => {
      await standing(bench);
      edit(bench, (text) => text.replaceAll(/(secrets\.AZURE_\w+)/g, "$1_API"));
      await bench.run("up", "edited");
      expect(open(bench)).toEqual([2]);
      await quiet(bench);
    });
  });
});

test("an environment that stays until a merge is checked like any other", async () => {
  await onEngine({ config: wanted }, async (bench) => {
    await standing(bench);
    const { policies } = web(bench).environments.get("release") ?? {};
    policies?.push({ id: 99, name: "*", type: "branch" });
    await bench.configure(proposing({ environment: "next" }));
    expect(await reasonOf(bench.run("preview", "preview"))).toContain(
      "deployment policies of release for exactly branch main, as this stack made them",
    );
  });
});

test("so is one that this stack did not make", async () => {
  const policies = [{ name: "main", type: "branch" as const }];
  const adopting = proposing({ environment: { name: "release", create: false } });
  const settings = {
    config: adopting,
    world: world({
      repositories: [{ name: "web", id: 7, environments: [{ name: "release", policies }] }],
    }),
  };
  await onEngine(settings, async (bench) => {
    await standing(bench);
    await bench.configure(proposing({ environment: "next" }));
    const { policies } = web(bench).environments.get("release") ?? {};
    policies?.push({ id: 99, name: "*", type: "branch" });
    expect(await reasonOf(bench.run("preview", "preview"))).toContain(
      block(
        "countersign:pipelines.web.environment",
        '"branch *"',
        "an environment release for no more than branch main: the workflow in force runs in it until the merge",
        "change that on GitHub; or change the environment in a run of its own, merge that, and then the refs",
      ),
    );
    policies?.pop();
    // Where no run stays declared, none is trusted in it.
    await bench.configure(proposing({ environment: "next", branches: ["dev"] }));
    await bench.run("preview", "other refs");
    // What is declared from now on may be let in already.
    policies?.push({ id: 99, name: "dev", type: "branch" });
    await bench.configure(proposing({ environment: "next", branches: ["main", "dev"] }));
    await bench.run("up", "proposed");
    expect(trusted(bench.clouds)).toEqual([GATED.replace("release", "next"), GATED]);
    expect(lost(bench, adopting, settings.world)).toEqual([]);
  });
});
