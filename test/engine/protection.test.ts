import { describe, expect, test } from "vitest";
import type { WorldInput } from "../../rehearsal/world";
import { block } from "../support/block";
import { config, onEngine, reasonOf, world } from "../support/engine";
import {
  CHANGES,
  committing,
  NOTHING,
  ON_MAIN,
  OTHER,
  onGitHub,
  open,
  quiet,
  STARTS,
  said,
  web,
} from "../support/proposals";

type Repository = NonNullable<WorldInput["github"]["repositories"]>[number];
type Ruleset = NonNullable<Repository["rulesets"]>[number];
const repository = (changes: Partial<Repository>, owner?: { readonly plan: "free" }) =>
  world({ owner, repositories: [{ name: "web", id: 7, ...changes }] });
const ruleset = (changes: Partial<Ruleset> = {}): Ruleset => ({
  name: "Reviews",
  branches: ["~DEFAULT_BRANCH"],
  rules: ["pull_request"],
  ...changes,
});
const rulesets = (...all: Array<Partial<Ruleset>>) => repository({ rulesets: all.map(ruleset) });

const CLASSIC = "protection of branch main (required_pull_request_reviews)";

/** What forbids direct commits, and how it is named. */
const forbidding = [
  ["classic protection", repository({ protectedBranches: ["main"] }), CLASSIC],
  ["a ruleset", rulesets({}), "ruleset Reviews (pull_request)"],
  [
    "a ruleset of checks, for all branches",
    rulesets({ name: "CI", branches: ["~ALL"], rules: ["required_status_checks"] }),
    "ruleset CI (required_status_checks)",
  ],
  [
    "a ruleset with harmless rules too",
    rulesets({ rules: ["deletion", "non_fast_forward", "required_signatures", "merge_queue"] }),
    "ruleset Reviews (required_signatures, merge_queue)",
  ],
  [
    "a ruleset that pull requests may bypass",
    rulesets({ bypass: "pull_requests_only" }),
    "ruleset Reviews (pull_request)",
  ],
  [
    "a ruleset for the branch by its name",
    rulesets({ branches: ["refs/heads/main"], rules: ["update"] }),
    "ruleset Reviews (update)",
  ],
  [
    "required deployments",
    rulesets({ rules: ["required_deployments"] }),
    "ruleset Reviews (required_deployments)",
  ],
  [
    "several at once",
    repository({
      protectedBranches: ["main"],
      rulesets: [
        ruleset({ rules: ["pull_request", "required_status_checks"] }),
        ruleset({ name: "Own", bypass: "always" }),
        ruleset({ name: "CI", rules: ["required_status_checks"] }),
      ],
    }),
    `ruleset Reviews (pull_request, required_status_checks), and by ruleset CI (required_status_checks), and by ${CLASSIC}`,
  ],
] as const;

describe("what forbids commits to the default branch", () => {
  test.each(forbidding)("%s: `direct` is refused, and `auto` proposes", async (name, it, named) => {
    await onEngine({ config: committing("direct"), world: it }, async (bench) => {
      const { run, configure, clouds } = bench;
      const reason = await reasonOf(run("preview", "preview"));
      expect(reason).toContain(": 1 problem\n");
      expect(reason).toContain(
        block(
          "countersign:pipelines.web.commit",
          '"direct"',
          `auto or pull-request, as commits to main of Contoso/web are forbidden by ${named}`,
          "leave it out; or let the token bypass the ruleset (of a protection, who may is not read)",
        ),
      );
      await configure(committing("auto"));
      // `~ALL` forbids the commits to the proposal's branch as well.
      if (name.includes("all branches")) await reasonOf(run("preview", "preview"));
      else expect((await said(bench, "preview"))[1]).toEqual([STARTS]);
      expect([clouds.traffic.writes, clouds.inventory()]).toEqual([[], []]);
    });
  });

  test("and what is proposed gets there, whatever the rules", async () => {
    const [, several = repository({})] = forbidding.at(-1) ?? [];
    await onEngine({ config: committing("direct"), world: several }, async (bench) => {
      expect(await reasonOf(bench.run("up", "up"))).toContain(CLASSIC);
      expect([bench.clouds.traffic.writes, bench.clouds.inventory()]).toEqual([[], []]);
      await bench.configure(committing("auto"));
      await bench.run("up", "up");
      expect(open(bench)).toEqual([1]);
      expect(web(bench).commits.map(({ branch }) => branch)).not.toContain("main");
      bench.clouds.github.merge("web", 1, { deleteBranch: true });
      await quiet(bench);
      await bench.run("destroy", "destroy");
      expect(bench.clouds.inventory()).toEqual(ON_MAIN);
    });
  });

  test("of several pipelines, each is named", async () => {
    const one = { rulesets: [ruleset({})] };
    const it = world({
      repositories: [
        { name: "web", id: 7, ...one },
        { name: "site", id: 8, ...one },
        { name: "docs", id: 9 },
      ],
    });
    const commit = "direct";
    const pipelines = { web: { commit }, site: { commit }, docs: { commit } };
    const settings = { config: config({ "countersign:pipelines": pipelines }), world: it };
    await onEngine(settings, async ({ run, clouds }) => {
      const reason = await reasonOf(run("preview", "preview"));
      expect(reason).toContain(": 2 problems\n");
      expect(reason.match(/^ {2}countersign:\S+/gm)?.sort()).toEqual([
        "  countersign:pipelines.site.commit",
        "  countersign:pipelines.web.commit",
      ]);
      expect(clouds.traffic.writes).toEqual([]);
    });
  });
});

/** What does not, so that both `direct` and `auto` commit. */
const allowing = [
  ["nothing", repository({})],
  ["a ruleset that the token may bypass", rulesets({ bypass: "always" })],
  ["a ruleset that the token is exempt from", rulesets({ bypass: "exempt" })],
  ["a ruleset of harmless rules", rulesets({ rules: ["deletion", "non_fast_forward"] })],
  ["a ruleset for other branches", rulesets({ branches: ["release/*"] })],
  ["protection of another branch", repository({ protectedBranches: ["release"] })],
  ["a plan without rules, which answers 403", repository({ private: true }, { plan: "free" })],
  [
    "such a plan, with a ruleset that does not hold",
    repository({ private: true, rulesets: [ruleset({})] }, { plan: "free" }),
  ],
] as const;

describe("what allows commits to the default branch", () => {
  test.each(allowing)("%s: `auto` commits, and `direct` does the same", async (_, it) => {
    await onEngine({ config: committing("auto"), world: it }, async (bench) => {
      expect(await said(bench)).toMatchObject([{ updated: 0, replaced: 0, deleted: 0 }, []]);
      expect(onGitHub(bench)).toEqual(ON_MAIN);
      await bench.configure(committing("direct"));
      await quiet(bench);
    });
  });
});

test("`auto` follows the rules as they come and go", async () => {
  const it = repository({});
  await onEngine({ config: committing("auto"), world: it }, async (bench) => {
    await bench.run("up", "direct");
    const { settings } = web(bench);
    const rule = (...all: string[]) =>
      ((settings as { protectedBranches: string[] }).protectedBranches = all);
    rule("main");
    await quiet(bench);
    await bench.configure(committing("auto", OTHER));
    expect((await said(bench))[1]).toEqual([CHANGES]);
    expect(open(bench)).toEqual([1]);
    bench.clouds.github.merge("web", 1);
    await quiet(bench);
    rule();
    expect(await said(bench)).toMatchObject([{ ...NOTHING, created: 3, deleted: 5 }, []]);
    await quiet(bench);
    expect(onGitHub(bench)).toEqual(ON_MAIN);
    await bench.run("destroy", "destroy");
    expect(bench.clouds.inventory()).toEqual([]);
  });
});
