import { describe, expect, test } from "vitest";
import { environments, proposing, trusted } from "../../support/kept";
import { environment, repository } from "../../support/planning";
import { made, merge, refusedNext, run, standing, type World } from "../../support/runs";

describe("an environment that stays until the merge is checked like any other", () => {
  const policiesOf = (...policies: string[]) => ({
    repositories: { web: repository({ environments: environment("release", policies) }) },
  });
  const problems = (before: World, pipeline: object, ...policies: string[]) =>
    refusedNext(proposing(pipeline), before, policiesOf(...policies));
  const other = { environment: "next" };

  test("one that this stack created", () => {
    const before = standing(proposing({ environment: "release" }));
    expect(problems(before, other, "branch main")).toEqual([]);
    expect(problems(before, other, "branch main", "branch *")).toEqual([
      'web.environment | "branch *" | only the deployment policies of release that this stack made: branch main | This stack did not make this policy. Delete it on GitHub.',
    ]);
  });

  describe("one that this stack did not create", () => {
    const pipeline = { environment: { name: "release", create: false } };
    const there = policiesOf("branch main");
    const before = run(
      proposing(pipeline),
      merge(run(proposing(pipeline), undefined, there)),
      there,
    );

    test("may let in no ref that is not declared", () => {
      expect(problems(before, other, "branch main", "branch *")).toEqual([
        'web.environment | "branch *" | an environment release that lets in no more than branch main, because the current workflow runs in it until the merge | Change the environment\'s policies on GitHub. Or change only the environment in this run, merge the pull request, and then change the branches and tags.',
      ]);
    });

    test("is kept, and may let in what is declared from now on", () => {
      const both = { ...other, branches: ["main", "dev"] };
      expect(problems(before, both, "branch main", "branch dev")).toEqual([]);
      const changed = run(proposing(both), before, policiesOf("branch main", "branch dev"));
      expect(trusted(changed)).toEqual(["environment:release", "environment:next"]);
      expect(environments(changed)).toEqual([["next", "main", "dev"]]);
    });

    test("is not asked about where no run of it stays declared", () => {
      const dev = { ...other, branches: ["dev"] };
      expect(problems(before, dev, "branch main", "branch *")).toEqual([]);
      expect(trusted(run(proposing(dev), before, there))).toEqual(["environment:next"]);
    });
  });
});

test("one that this stack created stays its own in a repository that is renamed meanwhile", () => {
  const before = standing(proposing({ environment: "release" }));
  const policies = environment("release", ["branch main"]);
  const shop = repository({ name: "shop", environments: policies });
  const there = { ...made(before), repositories: { web: shop } };
  const images = [{ name: "web" }];
  const next = proposing({ environment: "next", repository: "shop", images });
  const changed = run(next, before, there);
  expect(environments(changed)).toEqual([
    ["next", "main"],
    ["release", "main"],
  ]);
  expect(changed.plan?.credentials.map(({ subject }) => subject)).toEqual([
    "repo:Contoso@5/shop@7:environment:release",
    "repo:Contoso@5/shop@7:environment:next",
  ]);
});
