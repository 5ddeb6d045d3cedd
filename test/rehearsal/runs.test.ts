import { describe, expect, test } from "vitest";
import { runsOf } from "../../rehearsal/proof/runs";
import { config, world } from "../support/engine";
import { meant } from "../support/meant";

function names(web: object): string[] {
  const [intent] = meant(config({ "countersign:pipelines": { web } }), world());
  return runsOf(intent!).map(({ name }) => name);
}

const ALWAYS = [
  "a fork",
  "another repository of the owner",
  "a new repository of the same name",
  "the repository after a rename",
  "the owner in another case",
  "the repository in another case",
];

describe("the runs of a pipeline", () => {
  test("with nothing but defaults", () => {
    expect(names({})).toEqual([
      "push to branch main",
      "another branch",
      "a tag that is not declared",
      "a pull request",
      "another workflow of the repository",
      ...ALWAYS,
    ]);
  });

  test("with tags of an application", () => {
    const identity = { application: {} };
    expect(names({ branches: ["main"], tags: ["v*"], identity }).slice(0, 7)).toEqual([
      "push to branch main",
      "push to tag v1.0",
      "another branch",
      "a tag that is not declared",
      "a pull request",
      "a tag with a slash under the pattern",
      "another workflow of the repository",
    ]);
  });

  test("with an environment that reviews", () => {
    const environment = { name: "release", reviewers: { teams: ["core"] } };
    expect(names({ environment })).toEqual([
      "push to branch main",
      "another branch",
      "a tag that is not declared",
      "a pull request",
      "the job without its environment",
      "the environment from another branch",
      "the environment from another tag",
      "the environment from a pull request",
      "another workflow in the environment",
      "an unreviewed run",
      "a run approved by its starter",
      ...ALWAYS,
    ]);
  });
});
