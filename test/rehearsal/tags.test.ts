import { describe, expect, test } from "vitest";
import { runsOf } from "../../rehearsal/proof/runs";
import {
  type Building,
  built,
  outcome,
  ownJob,
  reached,
  refused,
  signing,
  straysOf,
  violated,
  web,
} from "./built";

describe("a tag under an expression", () => {
  const TAGS =
    "claims['sub'] matches 'repo:Contoso@5/web@7:ref:refs/tags/v*' and claims['repository_id'] eq '7'";
  const SLASH = "a tag with a slash under the pattern";
  const tags = (it: Partial<Building> = {}) =>
    web({
      pipelines: { web: { branches: [], tags: ["v*"], identity: { application: {} } } },
      workflow: signing(ownJob(), "tags: [v*]"),
      trusted: [TAGS],
      ...it,
    });

  test("logs in, one outside does not, and one with a slash does", () => {
    expect(outcome(tags(), "push to tag v1.0")).toEqual(refused("token"));
    expect(outcome(tags(), "a tag that is not declared")).toEqual(refused("AADSTS700213"));
    expect(outcome(tags(), SLASH)).toEqual(
      reached(
        "Entra's * also matches /, so anyone who can push the tag v1/x can log in. Fix: use an environment (docs/identity.md#tag-patterns-without-an-environment)",
      ),
    );
    expect(straysOf(tags())).toEqual([]);
  });

  test("too wide is a violation", () => {
    const trusted = [TAGS.replace("/v*", "/*")];
    const run = "a tag that is not declared";
    expect(outcome(tags({ trusted }), run)).toEqual(violated(run));
  });

  test("has no slash to fear where another pattern admits it, or an environment guards", () => {
    const names = (pipeline: object) => {
      const { intents } = built(tags({ pipelines: { web: pipeline } }));
      return runsOf(intents[0]!).map(({ name }) => name);
    };
    const application = { application: {} };
    expect(names({ tags: ["v*", "v*/*"], identity: application })).toContain(SLASH);
    expect(names({ tags: ["v1.0"], identity: application })).not.toContain(SLASH);
    expect(names({ tags: ["v*"], environment: "release" })).not.toContain(SLASH);
  });
});
