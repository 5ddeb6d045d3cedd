import { describe, expect, test } from "vitest";
import { WORKFLOW, web } from "../support/planning";
import { edit, made, merge, next, run, standing as standingOf, type World } from "../support/runs";

const proposing = (pipeline: object = {}) =>
  web({ branches: ["main"], commit: "pull-request", ...pipeline });
const NAME = "repo:Contoso@5/web@7";
const MAIN = `${NAME}:ref:refs/heads/main`;
const gated = (environment: string) => `${NAME}:environment:${environment}`;

/** What a plan trusts, in order. */
const subjects = (world: World) => world.plan?.credentials.map(({ subject }) => subject);
const plans = ({ changes }: World) => changes.records?.web?.plans ?? [];
const environmentsOf = (world: World) => plans(world).map((it) => it.environment?.name);

const standing = (pipeline: object = {}) => standingOf(proposing(pipeline));
/** The next plan, proposed and not yet merged. */
const later = (before: World, pipeline: object) => next(proposing(pipeline), before);

describe("which plan is current", () => {
  test("none before the first merge", () => {
    const first = run(proposing());
    expect(plans(first)).toHaveLength(1);
    const changed = run(proposing({ branches: ["main", "dev"] }), first);
    expect(plans(changed)).toHaveLength(1);
  });

  test("the merged one, until the wanted one is merged", () => {
    const before = standing();
    expect(plans(before)).toHaveLength(1);
    const changed = run(proposing({ environment: "release" }), before);
    const [current, wanted] = plans(changed);
    expect(current).toEqual(plans(before)[0]);
    expect(wanted?.environment?.name).toBe("release");
    expect(subjects(changed)).toEqual([MAIN, gated("release")]);
    const merged = run(proposing({ environment: "release" }), merge(changed), made(changed));
    expect(plans(merged)).toEqual([wanted]);
    expect(subjects(merged)).toEqual([gated("release")]);
  });

  test("the merged one of two, whichever was wanted since", () => {
    const one = run(proposing({ environment: "one" }), standing());
    expect(environmentsOf(later(merge(one), { environment: "two" }))).toEqual(["one", "two"]);
  });

  test("the merged one, where what is wanted changes twice before the merge", () => {
    const one = run(proposing({ environment: "one" }), standing());
    const two = later(one, { environment: "two" });
    expect(environmentsOf(two)).toEqual([undefined, "two"]);
    expect(subjects(two)).toEqual([MAIN, gated("two")]);
  });

  test("the merged one, where the branch of its proposal is gone", () => {
    const first = merge(run(proposing({ environment: "old" })), { deleteBranch: true });
    const changed = run(proposing({ environment: "new" }), first, made(first));
    expect(subjects(changed)).toEqual([gated("old"), gated("new")]);
  });

  test("none where somebody deleted the workflow", () => {
    const before = standing();
    const { [WORKFLOW]: _, ...main } = before.main;
    const changed = run(proposing({ environment: "release" }), { ...before, main });
    expect(subjects(changed)).toEqual([gated("release")]);
  });

  test("committed directly, the wanted plan alone is declared", () => {
    const direct = (pipeline: object = {}) => web({ branches: ["main"], ...pipeline });
    const changed = run(direct({ environment: "release" }), run(direct()));
    expect(subjects(changed)).toEqual([gated("release")]);
    expect(plans(changed)).toHaveLength(1);
  });

  test("from direct commits to pull requests, the committed plan is current", () => {
    const changed = run(proposing({ environment: "release" }), run(web({ branches: ["main"] })));
    expect(subjects(changed)).toEqual([MAIN, gated("release")]);
    expect(changed.plan?.files.retained).toEqual(["workflow"]);
  });
});

/** The next plan, proposed, merged, and run again. */
const merged = (pipeline: object, before: World) => later(merge(later(before, pipeline)), pipeline);

describe("where the workflow moves to another path", () => {
  const at = (name: string, environment = `for-${name}`) => ({
    environment,
    workflow: `.github/workflows/${name}.yml`,
  });

  test("the one at the old path is current", () => {
    const moved = later(standing(at("a")), at("b"));
    expect(subjects(moved)).toEqual([gated("for-a"), gated("for-b")]);
    expect(plans(moved).map(({ workflow }) => workflow.path)).toEqual([
      ".github/workflows/a.yml",
      ".github/workflows/b.yml",
    ]);
  });

  test("an older file that was left behind is not", () => {
    const second = merged(at("b"), standing(at("a")));
    expect(second.main).toHaveProperty([".github/workflows/a.yml"]);
    expect(subjects(later(second, at("c")))).toEqual([gated("for-b"), gated("for-c")]);
    // Also where it is wanted there again, in another environment.
    expect(subjects(later(second, at("a", "for-c")))).toEqual([gated("for-b"), gated("for-c")]);
  });

  test("nor is one that was committed directly before", () => {
    const direct = { branches: ["main"], ...at("a") };
    const first = run(web(direct));
    const second = merged(at("b"), first);
    expect(subjects(later(second, at("c")))).toEqual([gated("for-b"), gated("for-c")]);
  });
});

describe("an edit of the workflow changes neither the plan nor the trust", () => {
  const wanted = { environment: "release" };
  const before = standing(wanted);
  const edits: ReadonlyArray<readonly [string, (text: string) => string]> = [
    ["every branch starts it", (text) => text.replace("- 'main'", "- '*'")],
    [
      "another environment",
      (text) => text.replace("environment: release", "environment: github-pages"),
    ],
    ["no environment", (text) => text.replace(/^ *environment: release\n/m, "")],
    [
      "an environment with a URL",
      (text) => text.replace("environment: release", "environment: {name: release, url: x}"),
    ],
    ["settings of another pipeline", (text) => text.replaceAll(/(secrets\.AZURE_\w+)/g, "$1_API")],
    ["a license", (text) => `# Copyright Contoso\n\n${text}`],
    ["no YAML at all", () => "]["],
  ];
  test.each(edits)("%s", (_, change) => {
    const edited = edit(before, WORKFLOW, change);
    expect(edited.main[WORKFLOW]).not.toBe(before.main[WORKFLOW]);
    const again = run(proposing(wanted), edited, made(before));
    expect([subjects(again), again.plan?.settings]).toEqual([
      [gated("release")],
      before.plan?.settings,
    ]);
    expect(again.plan?.files.proposal?.files).toContainEqual(
      expect.objectContaining({ path: WORKFLOW, content: before.main[WORKFLOW] }),
    );
    const changed = run(proposing({ environment: "next" }), edited, made(before));
    expect(subjects(changed)).toEqual([gated("release"), gated("next")]);
  });

  test("committed directly, it is put back", () => {
    const direct = web({ branches: ["main"] });
    const first = run(direct);
    const edited = edit(first, WORKFLOW, () => "edited\n");
    expect(run(direct, edited).plan?.files.committed).toEqual(first.plan?.files.committed);
  });
});
