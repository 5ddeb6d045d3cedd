import { expect, test } from "vitest";
import { type Bench, onEngine } from "../support/engine";
import {
  branches,
  CHANGES,
  FINISHED,
  headOf,
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
  proposalWrites,
  proposing,
  quiet,
  STARTS,
  said,
  WORKFLOW,
  waits,
  web,
} from "../support/proposals";

const PULL = "https://github.com/Contoso/web/pull";
const STAYS = "the workflow on main stays as it is";

const create = ["branch", "workflow", "pull-request"].map((it) => `create web-proposal-${it}`);
const CLOSE = "delete web-proposal-pull-request";
const urlOf = async (bench: Bench) => (await bench.outputs()).web?.value.pullRequest;

test("proposed, merged, changed, changed again, merged, destroyed", async () => {
  const release = { branches: ["main"], tags: ["v*"], environment: "release" };
  await onEngine({ config: proposing(release) }, async (bench) => {
    const [preview, foreseen] = await said(bench, "preview");
    expect([inventory(bench), foreseen]).toEqual([[], [STARTS]]);
    const [made, told] = await said(bench);
    expect([preview.created, made.created, told]).toEqual([23, 23, [STARTS]]);
    const [head = "", ...others] = branches(bench);
    expect([others, head]).toEqual([[], expect.stringMatching(/^countersign\/web-[0-9a-f]{10}$/)]);
    expect(onGitHub(bench)).toEqual([...leftBy(bench, 1), "open pull request web#1"]);
    const { title, body, base } = bench.clouds.github.pullRequest("web", 1);
    expect([title, base]).toEqual(["Sign container images", "main"]);
    expect(body).toContain("The Pulumi stack `countersign/test` wrote these files.");
    const message = `Sign container images: ${WORKFLOW}`;
    expect(web(bench).commits).toEqual([{ branch: head, path: WORKFLOW, message }]);
    // The pull request comes last, after everything that a run needs.
    const first = proposalWrites(bench, 0);
    expect(first.slice(0, -3).sort()).toEqual(
      [
        "environment-release",
        "environment-release-branch-main",
        "environment-release-tag-v*",
        "identity",
        "identity-environment-release-immutable",
        "ids-azure-client-id",
        "ids-azure-subscription-id",
        "ids-azure-tenant-id",
        "registry-contosoimages-reader",
        "registry-contosoimages-writer",
        "signer-contoso-signing.container-images-sign",
      ].map((it) => `create web-${it}`),
    );
    expect(first.slice(-3)).toEqual(create);
    expect(await urlOf(bench)).toBe(`${PULL}/1`);
    expect(await said(bench)).toMatchObject([NOTHING, [waits(1)]]);
    await quiet(bench, "refresh", "up");

    bench.clouds.github.merge("web", 1);
    const there = onGitHub(bench);
    // Its branch, its files and its pull request leave the state, and stay on GitHub.
    expect(await said(bench)).toMatchObject([{ ...NOTHING, deleted: ONE }, [FINISHED]]);
    expect([onGitHub(bench), await urlOf(bench)]).toEqual([there, undefined]);
    expect(await said(bench)).toMatchObject([NOTHING, []]);

    await bench.configure(proposing({ ...release, ...OTHER }));
    expect(await said(bench)).toMatchObject([{ ...NOTHING, created: ONE }, [CHANGES]]);
    const from = bench.clouds.traffic.writes.length;
    await bench.configure(proposing({ ...release, ...OTHER, images: [{ name: "site" }] }));
    // The open proposal is changed in place; the image of the current workflow loses trust at once.
    expect(await said(bench)).toMatchObject([{ ...NOTHING, updated: 4 }, [waits(2, STAYS)]]);
    expect(proposalWrites(bench, from).sort()).toEqual(
      [
        "proposal-pull-request",
        "proposal-workflow",
        "registry-contosoimages-reader",
        "registry-contosoimages-writer",
      ].map((it) => `update web-${it}`),
    );
    expect([open(bench), branches(bench)]).toEqual([[2], [1, 2].map((it) => headOf(bench, it))]);
    expect(bench.clouds.github.pullRequest("web", 2).body).toContain(
      "`contosoimages.azurecr.io/site`",
    );
    expect(onMain(bench)).not.toContain(NEW);
    bench.clouds.github.merge("web", 2);
    expect(onMain(bench)).toContain(NEW);
    await bench.run("up", "merged");

    await bench.configure(proposing(release));
    await bench.run("up", "third");
    const end = bench.clouds.traffic.writes.length;
    await bench.run("destroy", "destroy");
    expect(proposalWrites(bench, end)[0]).toBe(CLOSE);
    expect(inventory(bench)).toEqual([...leftBy(bench, 1, 2, 3), ...ON_MAIN].sort());
    expect(open(bench)).toEqual([]);
    expect((await bench.stack.exportStack()).deployment.resources).toBeUndefined();
  });
});

test("branches are deleted with the merge, and the state is refreshed between", async () => {
  await onEngine({ config: proposing() }, async (bench) => {
    await bench.run("up", "propose");
    bench.clouds.github.merge("web", 1, { deleteBranch: true });
    // A branch and the workflow leave the state.
    expect(await bench.run("refresh", "refresh")).toMatchObject({ ...NOTHING, deleted: 2 });
    expect(await said(bench, "preview")).toMatchObject([{ ...NOTHING, deleted: 2 }, [FINISHED]]);
    await bench.configure(proposing(OTHER));
    expect(await said(bench)).toMatchObject([{ ...NOTHING, created: ONE, deleted: 2 }, [CHANGES]]);
    expect([open(bench), branches(bench)]).toEqual([[2], [headOf(bench, 2)]]);

    // Without a refresh between, and wanted once more.
    bench.clouds.github.merge("web", 2, { deleteBranch: true });
    await bench.configure(proposing());
    expect(await said(bench)).toMatchObject([{ created: ONE, deleted: ONE }, [CHANGES]]);
    bench.clouds.github.merge("web", 3, { deleteBranch: true });
    expect(await said(bench)).toMatchObject([{ ...NOTHING, deleted: ONE }, [FINISHED]]);
    await quiet(bench, "refresh", "up");

    await bench.configure(proposing(OTHER));
    await bench.run("up", "fourth");
    expect([open(bench), onMain(bench)?.includes(NEW)]).toEqual([[4], false]);
    bench.clouds.github.merge("web", 4, { deleteBranch: true });
    await bench.run("destroy", "destroy");
    expect([inventory(bench), onMain(bench)?.includes(NEW)]).toEqual([ON_MAIN, true]);
  });
});
