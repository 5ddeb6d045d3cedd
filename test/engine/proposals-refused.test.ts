import { describe, expect, test } from "vitest";
import type { WorldInput } from "../../rehearsal/world";
import { block } from "../support/block";
import { config, onEngine, reasonOf, world } from "../support/engine";
import { said } from "../support/proposals";

type Repository = NonNullable<WorldInput["github"]["repositories"]>[number];
const proposing = (web: object = {}) =>
  config({ "countersign:pipelines": { web: { commit: "pull-request", ...web } } });
const under = (rulesets: Repository["rulesets"]) =>
  world({ repositories: [{ name: "web", id: 7, rulesets }] });

describe("a proposal that could not be made, or not wait for its merge", () => {
  test.each([
    ["pull_request", "never"],
    ["creation", "pull_requests_only"],
    ["deletion", "never"],
  ] as const)("a rule %s for all branches is named at preview", async (rule, bypass) => {
    const rulesets = [{ name: "All", branches: ["~ALL"], rules: [rule], bypass }];
    await onEngine({ config: proposing(), world: under(rulesets) }, async ({ run, clouds }) => {
      const reason = await reasonOf(run("preview", "preview"));
      expect(reason).toContain("countersign:pipelines.web.commit");
      expect(reason).toMatch(/countersign\/web-[0-9a-f]{10} is under ruleset All \(\w+\)/);
      expect(reason).toContain("exclude `countersign/**` from it, or let the token bypass it");
      expect(clouds.traffic.writes).toEqual([]);
    });
  });

  test("a rule that the token may bypass is none", async () => {
    const rulesets = [
      {
        name: "All",
        branches: ["~ALL"],
        rules: ["pull_request" as const],
        bypass: "always" as const,
      },
    ];
    await onEngine({ config: proposing(), world: under(rulesets) }, async ({ run }) => {
      await run("up", "up");
    });
  });

  test("a branch pattern that covers ours is refused", async () => {
    const web = { environment: "release", branches: ["main", "*/*"] };
    await onEngine({ config: proposing(web) }, async ({ run }) => {
      const reason = await reasonOf(run("preview", "preview"));
      expect(reason).toContain("countersign:pipelines.web.branches");
      expect(reason).toContain("narrow it: what is proposed would sign before its merge");
    });
  });

  test("a branch that leaves no room for ours is named at preview", async () => {
    await onEngine({ config: proposing() }, async ({ run, clouds }) => {
      clouds.github.repository("web").branches.set("countersign", new Map());
      expect(await reasonOf(run("preview", "preview"))).toContain(
        block(
          "countersign:pipelines.web.commit",
          '"pull-request"',
          "a repository without a branch countersign: beside it git has no `countersign/…`, from where files are proposed",
          "rename that branch",
        ),
      );
      clouds.github.renameBranch("web", "countersign", "other");
      await run("preview", "preview");
    });
  });

  test("credentials that stay until the merge are counted, and it is said so", async () => {
    const many = {
      branches: Array.from({ length: 10 }, (_, index) => `release-${index}`),
      subjects: "both",
    };
    await onEngine({ config: proposing(many) }, async ({ run, configure, clouds }) => {
      await run("up", "first");
      clouds.github.merge("web", 1);
      await run("up", "merged");
      await configure(proposing({ ...many, environment: "release" }));
      expect(await reasonOf(run("preview", "preview"))).toContain(
        block(
          "countersign:pipelines.web.branches",
          "22",
          "at most 20 federated credentials on one identity",
          "there are 22, as 20 of the workflow in force stay until a merge: declare fewer refs first, and merge that",
        ),
      );
    });
  });

  test("so are those on a shared identity", async () => {
    const branches = Array.from({ length: 10 }, (_, index) => `release-${index}`);
    const sharing = (web: object) =>
      config({
        "countersign:pipelines": {
          api: { identity: { share: "team" }, branches },
          web: { identity: { share: "team" }, branches, commit: "pull-request", ...web },
        },
      });
    const repositories = [
      { name: "web", id: 7 },
      { name: "api", id: 8 },
    ];
    const settings = { config: sharing({}), world: world({ repositories }) };
    await onEngine(settings, async ({ run, configure, clouds }) => {
      await run("up", "first");
      clouds.github.merge("web", 1);
      await configure(sharing({ environment: "release" }));
      expect(await reasonOf(run("preview", "preview"))).toContain(
        block(
          "countersign:pipelines.web.identity.share",
          '"team"',
          "at most 20 federated credentials on one identity",
          "there are 21 (api 10, web 11), as 10 of the workflow in force stay until a merge: declare fewer refs first, and merge that",
        ),
      );
    });
  });

  test("a workflow that moves: the old file is named as long as it is there", async () => {
    await onEngine({ config: proposing() }, async (bench) => {
      await bench.run("up", "first");
      bench.clouds.github.merge("web", 1);
      const moved = ".github/workflows/release.yml";
      await bench.configure(proposing({ workflow: moved }));
      const warning =
        "warning main still holds .github/workflows/sign-image.yml: delete it, or both workflows sign";
      expect((await said(bench))[1]).toContain(warning);
      bench.clouds.github
        .repository("web")
        .branches.get("main")
        ?.delete(".github/workflows/sign-image.yml");
      expect((await said(bench))[1]).not.toContain(warning);
    });
  });
});
