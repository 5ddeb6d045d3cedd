import { describe, expect, test } from "vitest";
import { CALLABLE, CALLED } from "../../support/governing";
import { found, WORKFLOW, web } from "../../support/planning";
import { edit, merge, next, run, type World } from "../../support/runs";

const GAP =
  "changes its identity together with its environment, its subjects or `trust`: while this run writes, jobs can be turned away; change the identity in a run of its own first, or run again what failed";
const there = {
  github: {
    reusableWorkflows: { [CALLED]: found({ content: CALLABLE, repository: "Contoso/shared" }) },
  },
};
const trust = { workflow: CALLED, manageSubjectTemplate: true };
const refs = { branches: ["main"], tags: ["v*"] };
const own = { ...refs, environment: "release" };
const application = { identity: { application: {} } };
const first = (pipeline: object) => run(web(pipeline), undefined, there);
const warnings = (before: World, pipeline: object) =>
  next(web(pipeline), before, there).plan?.warnings;

describe("an identity that changes together with what it trusts", () => {
  test.each([
    ["an environment → an application without one", own, { ...refs, ...application }],
    ["one environment → another", own, { ...own, ...application, environment: "x" }],
    [
      "its own → a shared one, in another environment",
      own,
      { ...own, identity: { share: "team" }, environment: "x" },
    ],
    [
      "its own → an application that calls a reusable workflow",
      { ids: "variables" },
      { ids: "variables", ...application, trust },
    ],
  ])("%s: the gap is told", (_, old, wanted) => {
    expect(warnings(first(old), wanted)).toEqual([GAP]);
  });

  test.each([
    ["the identity alone", own, { ...own, ...application }],
    ["what it trusts alone", { ...own, ...application }, { ...refs, ...application }],
    [
      "both, where the workflow reads its settings elsewhere from then on",
      own,
      { ...refs, ...application, ids: "variables" },
    ],
    [
      "both, where the ref that is trusted no more is the only one",
      { branches: ["main"] },
      { ...application, branches: ["dev"] },
    ],
    [
      "more branches beside another identity",
      { branches: ["main"] },
      { ...application, branches: ["main", "dev"] },
    ],
  ])("nothing is told of %s", (_, old, wanted) => {
    expect(warnings(first(old), wanted)).toEqual([]);
  });

  test("in a pull request both workflows are trusted: nothing is told", () => {
    const proposing = (pipeline: object) => web({ commit: "pull-request", ...pipeline });
    const proposed = run(proposing(own), undefined, there);
    const standing = next(proposing(own), merge(proposed), there);
    const wanted = { ...own, ...application, environment: "x" };
    const changed = next(proposing(wanted), standing, there);
    expect(changed.plan?.warnings).toEqual([]);
    expect(changed.plan?.credentials.map(({ subject }) => subject)).toEqual(
      ["release", "x"].map((it) => `repo:Contoso@5/web@7:environment:${it}`),
    );
  });

  test("a workflow that is gone has no runs to turn away, and an edited one has", () => {
    const before = first(own);
    const wanted = { ...refs, ...application };
    expect(warnings({ ...before, main: {} }, wanted)).toEqual([]);
    expect(
      warnings(
        edit(before, WORKFLOW, (text) => `#\n${text}`),
        wanted,
      )?.at(0),
    ).toBe(GAP);
  });
});
