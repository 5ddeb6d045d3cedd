import { describe, expect, test } from "vitest";
import { config, onEngine, world } from "../support/engine";
import { lost, proposing, standing } from "../support/in-force";
import { open, quiet } from "../support/proposals";
import { trusted } from "../support/seen";

const MOVED = { workflow: ".github/workflows/release.yml" };
const repositories = [
  { name: "web", id: 7 },
  { name: "api", id: 8 },
];

describe("until a proposal is merged, the workflow in force keeps what it needs", () => {
  test.each([false, true])(
    "where it moves; the state refreshed after the merge before: %s",
    async (isRefreshed) => {
      const [old, next] = [
        proposing({ environment: "old" }),
        proposing({ environment: "new", ...MOVED }),
      ];
      await onEngine({ config: old }, async (bench) => {
        await bench.run("up", "first");
        bench.clouds.github.merge("web", 1, { deleteBranch: true });
        if (isRefreshed) await bench.run("refresh", "refresh");
        await bench.configure(next);
        await bench.run("up", "proposed");
        expect(lost(bench, old)).toEqual([]);
        await quiet(bench);
        bench.clouds.github.merge("web", 2);
        await bench.run("up", "merged");
        expect(lost(bench, next)).toEqual([]);
        expect(trusted(bench.clouds)).toEqual(["repo:Contoso@5/web@7:environment:new"]);
      });
    },
  );

  test.each([
    ["committed before", { commit: "direct" }, "c"],
    ["proposed before, and wanted there again", {}, "a"],
  ])("where an older file was left behind: %s", async (_, of, last) => {
    const at = (name: string, more: object = {}) =>
      proposing({ environment: `for-${name}`, workflow: `.github/workflows/${name}.yml`, ...more });
    await onEngine({ config: at("a", of) }, async (bench) => {
      await bench.run("up", "first");
      for (const number of open(bench)) bench.clouds.github.merge("web", number);
      await bench.configure(at("b"));
      await bench.run("up", "moved");
      for (const number of open(bench)) bench.clouds.github.merge("web", number);
      await bench.run("up", "merged");
      expect(trusted(bench.clouds)).toEqual(["repo:Contoso@5/web@7:environment:for-b"]);
      await bench.configure(at(last, { environment: "for-c" }));
      await bench.run("up", "moved again");
      expect(lost(bench, at("b"))).toEqual([]);
    });
  });

  test("where subjects name its path, and it moves", async () => {
    const there = world({
      repositories: [{ name: "web", id: 7, subjectTemplate: ["repo", "workflow_ref"] }],
    });
    const [old, next] = [proposing(), proposing(MOVED)];
    const subject = (path: string) =>
      `repo:Contoso@5/web@7:workflow_ref:Contoso/web/.github/workflows/${path}@refs/heads/main`;
    await onEngine({ config: old, world: there }, async (bench) => {
      await standing(bench);
      await bench.configure(next);
      await bench.run("up", "proposed");
      expect(trusted(bench.clouds)).toEqual([subject("release.yml"), subject("sign-image.yml")]);
      expect(lost(bench, old, there)).toEqual([]);
      bench.clouds.github.merge("web", 2);
      await bench.run("up", "merged");
      expect(trusted(bench.clouds)).toEqual([subject("release.yml")]);
      expect(lost(bench, next, there)).toEqual([]);
    });
  });

  test.each([
    ["for its own", {}],
    ["for another shared one", { identity: { share: "other" } }],
  ])("where it leaves a shared identity %s, and pushes another image", async (_, identity) => {
    const stack = (web: object) =>
      config({
        "countersign:pipelines": {
          web: { branches: ["main"], commit: "pull-request", ...web },
          api: { identity: { share: "team" } },
        },
      });
    const old = stack({ identity: { share: "team" }, images: [{ name: "web" }] });
    const next = stack({ ...identity, images: [{ name: "site" }] });
    const there = world({ repositories });
    await onEngine({ config: old, world: there }, async (bench) => {
      await standing(bench);
      await bench.configure(next);
      await bench.run("up", "proposed");
      expect(lost(bench, old, there)).toEqual([]);
      bench.clouds.github.merge("web", 2);
      await bench.run("up", "merged");
      expect(lost(bench, next, there)).toEqual([]);
      await quiet(bench);
    });
  });
});
