import { describe, expect, test } from "vitest";
import { runsOf } from "../../rehearsal/proof/runs";
import { built, outcome, ownJob, refused, repository, rowOf, signing, violated } from "./built";

const RELEASE = "repo:Contoso@5/web@7:environment:release";

describe("an unreviewed run", () => {
  const reviewed = {
    pipelines: { web: { environment: { name: "release", reviewers: { users: ["alice"] } } } },
    workflow: signing(ownJob("release")),
    trusted: [RELEASE],
  };
  const strict = { preventSelfReview: true, adminsCanBypass: false };
  const environments = (reviewers: string[], settings: object = strict) =>
    repository({ environments: [{ name: "release", reviewers, ...settings }] });

  test("waits", () => {
    const it = { ...reviewed, github: environments(["alice"]) };
    expect(rowOf(it, "an unreviewed run")).toMatchObject({
      exchange: "no token",
      because: "environment release waits for a review",
      violations: [],
    });
    expect(outcome(it, "push to branch main")).toEqual(refused("token"));
  });

  test("waits for another than its starter", () => {
    const it = { ...reviewed, github: environments(["alice"]) };
    expect(rowOf(it, "a run approved by its starter")).toMatchObject({
      exchange: "no token",
      because: "environment release waits for a review by somebody else",
      violations: [],
    });
  });

  test.each([
    [
      "an unreviewed run",
      "Administrators can skip the review. Fix: set adminsCanBypass: false (docs/environments.md#reviewers)",
    ],
    [
      "a run approved by its starter",
      "A reviewer can approve their own run. Fix: set preventSelfReview: true (docs/environments.md#reviewers)",
    ],
  ])("logs in where the environment admits %s, and the proof says so", (run, reach) => {
    const it = { ...reviewed, github: environments(["alice"], {}) };
    expect(rowOf(it, run)).toMatchObject({ exchange: "token", reaches: [reach], violations: [] });
  });

  test.each(["an unreviewed run", "a run approved by its starter"])(
    "must not log in: %s",
    (run) => {
      const it = { ...reviewed, github: environments([]) };
      expect(outcome(it, run)).toEqual(violated(run));
    },
  );

  test.each([
    [
      "an unreviewed run",
      "Administrators can skip the review. Fix: set adminsCanBypass: false in the GitHub settings of release (docs/environments.md#reviewers)",
    ],
    [
      "a run approved by its starter",
      "A reviewer can approve their own run. Fix: set preventSelfReview: true in the GitHub settings of release (docs/environments.md#reviewers)",
    ],
  ])("is judged too where the environment is used as it is: %s", (run, reach) => {
    const pipelines = { web: { environment: { name: "release", create: false } } };
    const it = { ...reviewed, pipelines, github: environments(["alice"], {}) };
    expect(rowOf(it, run)).toMatchObject({ exchange: "token", reaches: [reach], violations: [] });
    const { intents } = built({ ...it, github: environments([]) });
    expect(runsOf(intents[0]!).map(({ name }) => name)).not.toContain(run);
  });

  test("is no matter where no review is asked for", () => {
    const pipelines = { web: { environment: "release" } };
    const { intents } = built({ ...reviewed, pipelines });
    expect(runsOf(intents[0]!).map(({ name }) => name)).not.toContain("an unreviewed run");
  });
});
