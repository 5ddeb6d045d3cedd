import { describe, expect, test } from "vitest";
import { block } from "../support/block";
import { config, onEngine, reasonOf, world } from "../support/engine";
import {
  branches,
  committing,
  deleteBranch,
  headOf,
  NOTHING,
  ON_MAIN,
  onGitHub,
  open,
  proposing,
  quiet,
  STARTS,
  said,
  WORKFLOW,
  web,
} from "../support/proposals";

/** What GitHub has by now and the state does not know of. */
describe("a state that lags behind", () => {
  test("a branch deleted on merge, and a run that failed: the next one goes on", async () => {
    await onEngine({ config: proposing() }, async (bench) => {
      await bench.run("up", "propose");
      bench.clouds.github.merge("web", 1, { deleteBranch: true });
      await bench.configure(proposing({ ids: "variables" }));
      bench.clouds.traffic.fault = ({ token }) =>
        token.endsWith(":ActionsVariable") ? "refused" : undefined;
      expect(await reasonOf(bench.run("up", "up"))).toContain("503: injected fault");
      bench.clouds.traffic.fault = undefined;
      await bench.run("up", "once more");
      expect(open(bench)).toEqual([2]);
      await quiet(bench);
    });
  });

  test("a run that failed before its pull request, and its branch deleted by hand", async () => {
    await onEngine({ config: proposing() }, async (bench) => {
      bench.clouds.traffic.fault = ({ token }) =>
        token.endsWith(":RepositoryPullRequest") ? "refused" : undefined;
      expect(await reasonOf(bench.run("up", "up"))).toContain("503: injected fault");
      bench.clouds.traffic.fault = undefined;
      for (const name of branches(bench)) deleteBranch(bench, name);
      expect((await said(bench, "preview"))[1]).toEqual([STARTS]);
      expect((await said(bench))[1]).toEqual([STARTS]);
      expect([open(bench), branches(bench)]).toEqual([[1], [headOf(bench, 1)]]);
      await quiet(bench);
      await bench.run("destroy", "destroy");
      expect(bench.clouds.inventory()).toEqual([]);
    });
  });

  test("a pipeline is removed whose branch is gone: refused by name, and a refresh helps", async () => {
    const repositories = [
      { name: "web", id: 7 },
      { name: "site", id: 8 },
    ];
    const pipelines = { web: { commit: "pull-request" }, site: { commit: "direct" } };
    const settings = {
      config: config({ "countersign:pipelines": pipelines }),
      world: world({ repositories }),
    };
    await onEngine(settings, async (bench) => {
      await bench.run("up", "propose");
      const head = headOf(bench, 1);
      bench.clouds.github.merge("web", 1, { deleteBranch: true });
      await bench.configure(config({ "countersign:pipelines": { site: pipelines.site } }));
      const { length } = bench.clouds.traffic.writes;
      for (const operation of ["preview", "up"] as const) {
        expect(await reasonOf(bench.run(operation, operation))).toContain(
          block(
            "countersign:pipelines.web",
            "nothing",
            `a pipeline whose proposals the state knows: branch ${head} of contoso/web is gone`,
            "run `pulumi refresh`, then `pulumi up`",
          ),
        );
      }
      expect(bench.clouds.traffic.writes).toHaveLength(length);
      await bench.run("refresh", "refresh");
      await bench.run("up", "removed");
      expect(onGitHub(bench)).toEqual([
        ...ON_MAIN.map((it) => it.replace("web", "site")),
        ...ON_MAIN,
      ]);
    });
  });

  test("direct, the default branch gets another name: said, and a refresh helps", async () => {
    const refs = { branches: ["release"] };
    await onEngine({ config: committing("direct", refs) }, async (bench) => {
      await bench.run("up", "up");
      bench.clouds.github.renameBranch("web", "main", "trunk");
      const gone =
        "warning branch main, where its files are by the stack's state, is gone: run `pulumi up --refresh`, or GitHub refuses what changes";
      expect((await said(bench, "preview"))[1]).toEqual([gone]);
      await bench.run("refresh", "refresh");
      expect(await said(bench)).toMatchObject([{ ...NOTHING, created: 2 }, []]);
      expect(onGitHub(bench)).toEqual(ON_MAIN.map((it) => it.replace(/main$/, "trunk")));
      await quiet(bench);
    });
  });

  test("direct, a file is edited: said, and a refresh puts it back", async () => {
    await onEngine({ config: committing("direct") }, async (bench) => {
      await bench.run("up", "up");
      const text = web(bench).branches.get("main")?.get(WORKFLOW);
      web(bench).branches.get("main")?.set(WORKFLOW, `${text}# edited\n`);
      const edited = `warning main holds another ${WORKFLOW} than the stack's state: run \`pulumi up --refresh\`, or GitHub refuses what changes`;
      expect(await said(bench, "preview")).toMatchObject([NOTHING, [edited]]);
      await bench.run("refresh", "refresh");
      expect(await said(bench)).toMatchObject([{ ...NOTHING, updated: 1 }, []]);
      expect(web(bench).branches.get("main")?.get(WORKFLOW)).toBe(text);
    });
  });
});

test("what says that this stack wrote it is taken over; what lies beside it must be the same", async () => {
  await onEngine({ config: committing("direct") }, async (bench) => {
    bench.clouds.traffic.fault = ({ name }) => (name === "web-files-workflow" ? "lost" : undefined);
    expect(await reasonOf(bench.run("up", "up"))).toContain("the answer was lost");
    bench.clouds.traffic.fault = undefined;
    expect(await bench.run("up", "once more")).toMatchObject({ ...NOTHING, created: 1 });
    await quiet(bench);
    await bench.run("destroy", "destroy");
    expect(bench.clouds.inventory()).toEqual([]);
  });
});
