import { describe, expect, test } from "vitest";
import type { Snapshot } from "../../../snapshot";
import { type Config, config } from "../../support/config";
import { repository, type SnapshotChanges } from "../../support/planning";
import { recorded as record } from "../../support/recorded";
import { refused } from "../../support/refused";
import { merge, NEW, run, seen, type World } from "../../support/runs";

const repositories = { web: repository(), api: repository({ name: "api", id: 8 }) };
const stackOf = (pipelines: Config) => config({ "countersign:pipelines": pipelines });
const team = { identity: { share: "team" } };
const refs = (count: number, of = "release") =>
  Array.from({ length: count }, (_, it) => `${of}-${it}`);
const AT_MOST = "at most 20 federated credentials on one identity";

describe("at most 20 credentials on one identity", () => {
  const counting = (web: object, api: object) =>
    refused(stackOf({ web: { ...team, ...web }, api: { ...team, ...api } }), { repositories });
  const more = "Add an `environment`, or declare fewer branches and tags.";

  test.each([
    [
      "11 and 10 branches",
      { branches: refs(11) },
      { branches: refs(10) },
      "There are 21 (web 11, api 10)",
    ],
    [
      "two forms of 10 branches, and one more pipeline",
      { branches: refs(10), subjects: "both" },
      {},
      "There are 21 (web 20, api 1)",
    ],
  ])("%s are refused", (_, web, api, said) => {
    expect(counting(web, api)).toEqual([
      `web.identity.share | "team" | ${AT_MOST} | ${said}. ${more}`,
    ]);
  });

  test("11 and 9 branches are not", () => {
    expect(counting({ branches: refs(11) }, { branches: refs(9) })).toEqual([]);
  });

  const old = "Remove some in a run of its own first, or add an `environment`.";
  test("11 in place of 11 others are refused: Entra counts both until the old ones go", () => {
    const names = refs(11, "branch-a").map((it) => `${it}-immutable`);
    const records = { web: record("identity", ...names) };
    const one = { repositories: { web: repositories.web } };
    const given = stackOf({ web: { branches: refs(11, "b") } });
    expect(refused(given, { ...one, records })).toEqual([
      `web.branches | 11 | ${AT_MOST} | The 11 wanted credentials are created before 11 old ones are deleted, 22 in all. ${old}`,
    ]);
    const elsewhere = { web: record("application", ...names) };
    expect(refused(given, { ...one, records: elsewhere })).toEqual([]);
  });

  test("those of a pipeline that leaves the stack count too", () => {
    const names = refs(10, "api_branch-a").map((it) => `${it}-immutable`);
    const records = { api: record("shared-team", ...names) };
    const given = stackOf({ web: { ...team, branches: refs(11) } });
    expect(refused(given, { repositories: { web: repositories.web }, records })).toEqual([
      `web.identity.share | "team" | ${AT_MOST} | The 11 wanted credentials are created before 10 old ones are deleted, 21 in all. ${old}`,
    ]);
  });
});

describe("credentials that stay until a merge are counted, and it is told so", () => {
  const proposing = (web: object) => ({ commit: "pull-request", ...web });
  const kept = (count: number) =>
    `${count} of them belong to the current workflow and stay until a merge. Declare fewer branches and tags first, and merge that.`;
  const next = (before: World, given: Config, changes: SnapshotChanges = {}) => {
    const { github, state }: Snapshot = seen(merge(before), changes);
    const answers = github.repositories as SnapshotChanges["repositories"];
    return refused(given, { repositories: answers, records: state.pipelines });
  };

  test("on an identity of its own", () => {
    const many = { branches: refs(10), subjects: "both" };
    const before = run(stackOf({ web: proposing(many) }), NEW);
    const given = stackOf({ web: proposing({ ...many, environment: "release" }) });
    expect(next(before, given)).toEqual([
      `web.branches | 22 | ${AT_MOST} | There are 22: ${kept(20)}`,
    ]);
  });

  test("on a shared identity", () => {
    const sharing = (web: object) =>
      stackOf({
        web: proposing({ ...team, branches: refs(10), ...web }),
        api: { ...team, branches: refs(10) },
      });
    const { api } = repositories;
    const before = run(sharing({}), NEW, { repositories: { web: repositories.web, api } });
    expect(next(before, sharing({ environment: "release" }), { repositories: { api } })).toEqual([
      `web.identity.share | "team" | ${AT_MOST} | There are 21 (web 11, api 10): ${kept(10)}`,
    ]);
  });
});
