import { describe, expect, test } from "vitest";
import { type Bench, onEngine } from "../support/engine";
import {
  branches,
  headOf,
  NOTHING,
  ON_MAIN,
  onGitHub,
  onMain,
  open,
  proposing,
  quiet,
  ROOT,
  STARTS,
  said,
  WORKFLOW,
  waits,
  web,
  writes,
} from "../support/proposals";

const urlOf = async (bench: Bench) => (await bench.outputs()).web?.value.pullRequest;

describe("files that are proposed", () => {
  test("are on a branch of their own, in a pull request, and not on the default branch", async () => {
    await onEngine({ config: proposing() }, async (bench) => {
      const [preview, foreseen] = await said(bench, "preview");
      expect([bench.clouds.inventory(), foreseen]).toEqual([[], [STARTS]]);
      const [made, told] = await said(bench);
      expect([preview.created, made.created, told]).toEqual([19, 19, [STARTS]]);

      const [branch = ""] = branches(bench);
      expect(branch).toMatch(/^countersign\/web-[0-9a-f]{10}$/);
      expect(onGitHub(bench)).toEqual([
        `branch web/${branch}`,
        `file web/${ROOT} on ${branch}`,
        `file web/${WORKFLOW} on ${branch}`,
        "open pull request web#1",
      ]);
      const { title, body, head, base } = bench.clouds.github.pullRequest("web", 1);
      expect([title, head, base]).toEqual(["Sign container images", branch, "main"]);
      expect(body).toContain("- `contosoimages.azurecr.io/web`");
      expect(body).toContain("Written by the stack `countersign/test`.");
      expect(web(bench).commits).toEqual(
        [ROOT, WORKFLOW].map((path) => ({
          branch,
          path,
          message: `Sign container images: ${path}`,
        })),
      );
      expect(await urlOf(bench)).toBe("https://github.com/Contoso/web/pull/1");
      expect(await said(bench)).toMatchObject([NOTHING, [waits(1)]]);
    });
  });

  test("come after all that a run needs, and the pull request last; they go the other way", async () => {
    const release = { branches: ["main"], tags: ["v*"], environment: "release" };
    await onEngine({ config: proposing(release) }, async (bench) => {
      await bench.run("up", "up");
      const made = writes(bench).map((it) => it.replace(/proposal-\w{10}/, "proposal"));
      expect(made.slice(0, -4).sort()).toEqual(
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
      expect(made.slice(-4)).toEqual(
        ["branch", "timestamp-root", "workflow", "pull-request"].map(
          (it) => `create web-proposal-${it}`,
        ),
      );
      await bench.run("destroy", "destroy");
      const [first, second, ...rest] = writes(bench, made.length);
      expect([first, second]).toEqual([
        expect.stringMatching(/^delete web-proposal-\w+-pull-request$/),
        expect.stringMatching(/^delete web-proposal-\w+-branch$/),
      ]);
      expect(rest.filter((it) => it.includes("proposal"))).toEqual([]);
    });
  });
});

describe("the merge of a proposal", () => {
  const lives = [true, false].flatMap((deleteBranch) =>
    [true, false].map((refreshes) => ({ deleteBranch, refreshes })),
  );
  test.each(lives)("is followed by no difference: %j", async ({ deleteBranch, refreshes }) => {
    await onEngine({ config: proposing() }, async (bench) => {
      await bench.run("up", "propose");
      if (refreshes) await quiet(bench, "refresh");
      await quiet(bench);
      const text = web(bench).branches.get(headOf(bench, 1))?.get(WORKFLOW);

      bench.clouds.github.merge("web", 1, { deleteBranch });
      const there = onGitHub(bench);
      expect(there.filter((it) => it.endsWith("on main"))).toEqual(ON_MAIN);
      expect(branches(bench)).toHaveLength(deleteBranch ? 0 : 1);
      if (refreshes) {
        // The branch and its two files leave the state.
        const gone = { ...NOTHING, deleted: deleteBranch ? 3 : 0 };
        expect(await bench.run("refresh", "refresh")).toMatchObject(gone);
      }
      expect(await said(bench, "preview")).toMatchObject([NOTHING, []]);
      expect(await said(bench)).toMatchObject([NOTHING, []]);
      expect(await urlOf(bench)).toBeUndefined();
      if (!refreshes) {
        const gone = { ...NOTHING, deleted: deleteBranch ? 3 : 0 };
        expect(await bench.run("refresh", "refresh")).toMatchObject(gone);
      }
      await quiet(bench, "up", "refresh", "preview", "up");
      expect(onGitHub(bench)).toEqual(there);
      expect([onMain(bench), open(bench)]).toEqual([text, []]);
    });
  });
});
