import { expect, test } from "vitest";
import { config, onEngine, reasonOf, world } from "../support/engine";
import { disturb } from "../support/faults";
import {
  branches,
  committing,
  deleteBranch,
  headOf,
  inventory,
  NOTHING,
  ON_MAIN,
  onceIn,
  onGitHub,
  open,
  quiet,
  STARTS,
  said,
  WORKFLOW,
  web,
} from "../support/proposals";

test("direct: a lost answer, an edited file, a renamed branch: a refresh helps", async () => {
  await onEngine({ config: committing("direct", { branches: ["release"] }) }, async (bench) => {
    // What says that this stack wrote it is taken over after its answer was lost.
    disturb(bench.clouds, "lost", ({ name }) => name === "web-files-workflow");
    expect(await reasonOf(bench.run("up", "up"))).toContain("the answer was lost");
    expect(await bench.run("up", "once more")).toMatchObject({ ...NOTHING, created: 1 });

    const main = web(bench).branches.get("main");
    const text = main?.get(WORKFLOW) ?? "";
    main?.set(WORKFLOW, `${text}# edited\n`);
    const edited = `warning ${WORKFLOW} on main was changed on GitHub: run \`pulumi up --refresh\`, or GitHub refuses the change`;
    expect(await said(bench)).toMatchObject([NOTHING, [onceIn("release"), edited]]);
    await bench.run("refresh", "refresh");
    expect(await said(bench)).toMatchObject([{ ...NOTHING, updated: 1 }, [onceIn("release")]]);
    expect(main?.get(WORKFLOW)).toBe(text);

    bench.clouds.github.renameBranch("web", "main", "trunk");
    await bench.run("refresh", "refresh");
    expect(await said(bench)).toMatchObject([{ ...NOTHING, created: 1 }, []]);
    expect(onGitHub(bench)).toEqual(ON_MAIN.map((it) => it.replace(/main$/, "trunk")));
    await quiet(bench);
    await bench.run("destroy", "destroy");
    expect(inventory(bench)).toEqual([]);
  });
});

test("proposed: branches that are gone, and runs that failed: the next one goes on", async () => {
  const repositories = [
    { name: "web", id: 7 },
    { name: "site", id: 8 },
  ];
  const site = { commit: "direct" };
  const proposing = (of: object = {}) =>
    config({ "countersign:pipelines": { web: { commit: "pull-request", ...of }, site } });
  await onEngine({ config: proposing(), world: world({ repositories }) }, async (bench) => {
    const { clouds, configure } = bench;
    disturb(clouds, "refused", ({ token }) => token.endsWith(":RepositoryPullRequest"));
    expect(await reasonOf(bench.run("up", "up"))).toContain("503: injected fault");
    for (const name of branches(bench)) deleteBranch(bench, name);
    expect((await said(bench))[1]).toEqual([STARTS]);
    expect([open(bench), branches(bench)]).toEqual([[1], [headOf(bench, 1)]]);

    clouds.github.merge("web", 1, { deleteBranch: true });
    await configure(proposing({ ids: "variables" }));
    disturb(clouds, "refused", ({ token }) => token.endsWith(":ActionsVariable"));
    expect(await reasonOf(bench.run("up", "up"))).toContain("503: injected fault");
    await bench.run("up", "once more");
    expect(open(bench)).toEqual([2]);
    await quiet(bench);

    // The pipeline is removed after its proposal's branch.
    clouds.github.merge("web", 2, { deleteBranch: true });
    await configure(config({ "countersign:pipelines": { site } }));
    await bench.run("up", "removed");
    expect(onGitHub(bench)).toEqual([
      ...ON_MAIN.map((it) => it.replace("web", "site")),
      ...ON_MAIN,
    ]);
  });
});
