import { describe, expect, test } from "vitest";
import { github, refusal } from "../support";

const open = { repository: "web", environment: "release" };
const strict = {
  ...open,
  waitTimer: 30,
  canAdminsBypass: false,
  preventSelfReview: true,
  reviewers: [{ users: [2, 1], teams: [9] }],
};
const people = {
  users: [
    { login: "alice", id: 1 },
    { login: "bob", id: 2 },
  ],
  teams: [{ slug: "release-managers", id: 9 }],
};

const on = (web: object = {}, owner: object = {}, host = "github.com") =>
  github({
    owner,
    repositories: [{ name: "web", id: 7, private: false, ...web }],
    github: { ...people, host },
  });
const found = ({ state }: ReturnType<typeof github>) => {
  const environment = state.repository("web").environments.get("release");
  if (!environment) throw new Error("there is no environment release");
  return environment;
};
const refused = (why: string) => ({
  code: "422",
  message: `422: PUT environments/release: 422 ${why} []`,
});

test("what is said is kept, by name", async () => {
  const cloud = on();
  const { outputs } = await cloud.environment.create(strict);
  expect(outputs).toEqual({ ...strict, repositoryId: 7 });
  expect(found(cloud)).toMatchObject({
    reviewers: ["team:release-managers", "bob", "alice"],
    waitMinutes: 30,
    preventSelfReview: true,
    adminsCanBypass: false,
  });
});

test("what is no longer said is cleared, in place", async () => {
  const cloud = on();
  const { id, outputs } = await cloud.environment.create(strict);
  for (const property of ["waitTimer", "canAdminsBypass", "preventSelfReview", "reviewers"]) {
    const news = { ...strict, [property]: undefined };
    const diff = cloud.environment.diff(strict, news);
    expect(diff).toEqual({ changed: [property], replaces: [] });
  }
  await cloud.environment.update(id, open, outputs);
  const cleared = { waitMinutes: 0, preventSelfReview: false, adminsCanBypass: true };
  expect(found(cloud)).toMatchObject({ reviewers: [], ...cleared });
});

test("a team of the world that was a reviewer before is one by its slug", () => {
  const environments = [{ name: "release", reviewers: ["alice", "release-managers"] }];
  expect(found(on({ environments })).reviewers).toEqual(["alice", "team:release-managers"]);
});

describe("at preview already", () => {
  test.each([
    [{ waitTimer: -1 }, "expected waitTimer to be in the range (0 - 43200), got -1"],
    [{ waitTimer: 43201 }, "expected waitTimer to be in the range (0 - 43200), got 43201"],
    [{ reviewers: [{ users: [1] }, { users: [2] }] }, "reviewers: no more than 1 is supported"],
  ])("%j is refused", (changes, reason) => {
    const faults = on().environment.check({ ...open, ...changes });
    expect(faults).toEqual([{ property: "", reason }]);
  });

  test.each([{ waitTimer: 0 }, { waitTimer: 43200 }, { reviewers: [] }, strict])(
    "%j is not",
    (changes) => {
      expect(on().environment.check({ ...open, ...changes })).toEqual([]);
    },
  );
});

describe("reviewers that GitHub refuses", () => {
  const noSuch = "Failed to create the environment protection rule: no such reviewer";

  test.each([
    [{ users: [3] }, noSuch],
    [{ teams: [1] }, noSuch],
    [{ users: [1, 2, 3, 4, 5, 6], teams: [9] }, "at most 6 reviewers"],
  ])("%j", async (block, why) => {
    const { environment } = on();
    const inputs = { ...open, reviewers: [block] };
    expect(await refusal(() => environment.create(inputs))).toEqual(refused(why));
  });

  test("teams, where the owner is a person; who is then a reviewer like others", async () => {
    const cloud = on({}, { type: "User" });
    const inputs = { ...open, reviewers: [{ teams: [9] }] };
    expect(await refusal(() => cloud.environment.create(inputs))).toEqual(refused(noSuch));
    await cloud.environment.create({ ...open, reviewers: [{ users: [5] }] });
    expect(found(cloud).reviewers).toEqual(["Contoso"]);
  });
});

describe("what GitHub refuses without reviewers and timer, the provider leaves out", () => {
  const lesser = { deployment_branch_policy: null };

  test.each([
    ["self-review without reviewers", { preventSelfReview: true, reviewers: [{}] }, "enterprise"],
    ["the bypass, which the plan lacks", { canAdminsBypass: false }, "team"],
  ] as const)("%s", async (_, changes, plan) => {
    const cloud = on({ private: true }, { plan });
    await cloud.environment.create({ ...open, ...changes });
    expect(found(cloud)).toMatchObject({ preventSelfReview: false, adminsCanBypass: true });
    const bodies = cloud.state.requests.sent.map(({ body }) => body);
    expect(bodies).toEqual([expect.objectContaining({ wait_timer: 0, reviewers: null }), lesser]);
  });
});

describe("a private repository", () => {
  const rules = [
    [{ reviewers: [{ users: [1] }] }, "required reviewers"],
    [{ waitTimer: 1 }, "wait timer"],
    [{ waitTimer: 1, canAdminsBypass: false }, "wait timer"],
  ] as const;

  test.each(rules)("%j needs the plan enterprise", async (changes, rule) => {
    const why =
      "Failed to create the environment protection rule. " +
      `Please ensure the billing plan supports the ${rule} protection rule.`;
    const inputs = { ...open, ...changes };
    for (const plan of ["pro", "team"] as const) {
      const cloud = on({ private: true }, { plan });
      expect(await refusal(() => cloud.environment.create(inputs))).toEqual(refused(why));
      expect(cloud.state.inventory()).toEqual([]);
    }
    await on({ private: true }, { plan: "enterprise" }).environment.create(inputs);
  });

  test("of the plan pro may say that there are no such rules", async () => {
    const none = { waitTimer: 0, canAdminsBypass: true, preventSelfReview: false, reviewers: [] };
    await on({ private: true }, { plan: "pro" }).environment.create({ ...open, ...none });
  });

  test("on a server of one's own has all of them", async () => {
    const cloud = on({ private: true }, { plan: "free" }, "github.contoso.com");
    await cloud.environment.create(strict);
    expect(found(cloud).waitMinutes).toBe(30);
  });
});

describe("a refresh", () => {
  const seen = async (by: object, inputs = strict) => {
    const cloud = on();
    const { id, outputs } = await cloud.environment.create(inputs);
    Object.assign(found(cloud), by);
    return cloud.environment.read(id, inputs, outputs)?.inputs;
  };

  test.each([
    [{}, {}],
    [{ reviewers: [] }, {}],
    [{ reviewers: [], preventSelfReview: false }, {}],
    [{ waitMinutes: 0 }, { waitTimer: 0 }],
    [{ adminsCanBypass: true }, { canAdminsBypass: true }],
    [{ preventSelfReview: false }, { preventSelfReview: false }],
    [{ reviewers: ["alice"] }, { reviewers: [{ users: [1], teams: [] }] }],
    [{ reviewers: ["alice", "bob", "team:release-managers"] }, {}],
  ])("after %j finds %j", async (by, expected) => {
    expect(await seen(by)).toEqual({ ...strict, ...expected });
  });

  test("finds a wait timer that nobody declared", async () => {
    expect(await seen({ waitMinutes: 5 }, open as never)).toEqual({ ...open, waitTimer: 5 });
    expect(await seen({}, open as never)).toEqual(open);
  });
});

test("GitHub answers the rules that apply", async () => {
  const cloud = on();
  await cloud.environment.create(strict);
  const { body } = cloud.get("repos/contoso/web/environments/release");
  expect([body.can_admins_bypass, body.protection_rules]).toMatchObject([
    false,
    [
      { id: 1, type: "wait_timer", wait_timer: 30 },
      {
        id: 2,
        type: "required_reviewers",
        prevent_self_review: true,
        reviewers: [
          { type: "Team", reviewer: { id: 9, slug: "release-managers" } },
          { type: "User", reviewer: { id: 2, login: "bob" } },
          { type: "User", reviewer: { id: 1, login: "alice" } },
        ],
      },
    ],
  ]);
});
