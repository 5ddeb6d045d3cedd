import { describe, expect, test } from "vitest";
import { blobSha } from "../../rehearsal/clouds/github/state";
import { github, refusal } from "./support";

type Repository = NonNullable<NonNullable<Parameters<typeof github>[0]>["repositories"]>[number];
type Ruleset = NonNullable<Repository["rulesets"]>[number];

const inputs = { repository: "web", file: "a.md", content: "one\n" };
const ruleset = (changes: Partial<Ruleset> = {}): Ruleset => ({
  name: "main is reviewed",
  branches: ["main"],
  rules: ["pull_request"],
  ...changes,
});
const on = (changes: Partial<Repository>, rest: object = {}) =>
  github({ repositories: [{ name: "web", id: 7, ...changes }], ...rest });
const under = (changes: Partial<Ruleset>) => on({ rulesets: [ruleset(changes)] });

describe("a commit is refused by the rule", () => {
  test.each([
    ["pull_request", "Changes must be made through a pull request."],
    ["required_status_checks", 'Required status check "ci" is expected'],
    ["required_signatures", "Commits must have verified signatures."],
    ["required_deployments", "Required deployments are missing."],
    ["update", "Cannot update this protected ref."],
    ["merge_queue", "Changes must be made through the merge queue."],
  ] as const)("%s", async (rule, why) => {
    const { file, state } = under({ rules: ["deletion", rule] });
    const refused = (act: string) => ({
      code: "409",
      message: `409: PUT contents/a.md: 409 Could not ${act} file: ${why} []`,
    });
    state.repository("web").branches.get("main")?.set("a.md", "one\n");
    const before = { ...inputs, branch: "main", sha: blobSha("one\n") };
    expect(await refusal(() => file.create(inputs))).toEqual(refused("create"));
    expect(await refusal(() => file.update("id", inputs, before))).toEqual(refused("update"));
    expect(await refusal(() => file.delete("id", before))).toEqual(refused("delete"));
  });
});

test.each([
  [{ rules: ["creation", "deletion", "non_fast_forward"] }],
  [{ bypass: "always" }],
  [{ branches: ["release", "release/*"] }],
] as const)("a commit is not refused under %j", async (changes) => {
  const { file } = under(changes as Partial<Ruleset>);
  expect((await file.create(inputs)).id).toBe("web:a.md:main");
});

test("who may bypass by pull requests only may not commit", async () => {
  const { file } = under({ bypass: "pull_requests_only" });
  expect((await refusal(() => file.create(inputs))).code).toBe("409");
});

test.each(["~ALL", "~DEFAULT_BRANCH", "ma*", "refs/heads/main"])("%s is main too", async (it) => {
  const { file } = under({ branches: [it] });
  expect((await refusal(() => file.create(inputs))).code).toBe("409");
});

test("a branch that is not there is that first", async () => {
  const { file } = under({ branches: ["next"] });
  expect(await refusal(() => file.create({ ...inputs, branch: "next" }))).toEqual({
    code: "404",
    message: "404: unexpected status code: 404 Not Found",
  });
});

test("neither rules nor protection keep a person from merging", async () => {
  const { branch, file, pull, state } = on({
    rulesets: [ruleset()],
    protectedBranches: ["main"],
  });
  await branch.create({ repository: "web", branch: "next" });
  await file.create({ ...inputs, branch: "next" });
  const wanted = { baseRepository: "web", baseRef: "main", headRef: "next", title: "Add it" };
  await pull.create(wanted);
  state.merge("web", 1);
  expect(state.repository("web").branches.get("main")?.get("a.md")).toBe("one\n");
});

describe("GitHub answers", () => {
  const rulesets = [
    ruleset({ rules: ["pull_request", "deletion"] }),
    ruleset({ name: "releases", branches: ["release/*"], bypass: "pull_requests_only" }),
  ];
  const source = { ruleset_source: "Contoso/web", ruleset_source_type: "Repository" };

  test("each rule of a branch", () => {
    const { get } = on({ rulesets });
    expect(get("repos/contoso/web/rules/branches/main")).toEqual({
      code: 200,
      body: [
        { type: "pull_request", ruleset_id: 1, ...source },
        { type: "deletion", ruleset_id: 1, ...source },
      ],
    });
    expect(get("repos/contoso/web/rules/branches/release%2F1").body).toEqual([
      { type: "pull_request", ruleset_id: 2, ...source },
    ]);
    expect(get("repos/contoso/web/rules/branches/next")).toEqual({ code: 200, body: [] });
    expect(get("repos/contoso/nope/rules/branches/main").code).toBe(404);
  });

  test("a ruleset, and whether one may bypass it", () => {
    const { get } = on({ rulesets });
    expect(get("repos/contoso/web/rulesets/2")).toEqual({
      code: 200,
      body: {
        id: 2,
        name: "releases",
        enforcement: "active",
        current_user_can_bypass: "pull_requests_only",
      },
    });
    expect(get("repos/contoso/web/rulesets/3").code).toBe(404);
  });

  test("the older protection, of which rulesets are no part", () => {
    const { get } = on({ rulesets, protectedBranches: ["next"] });
    expect(get("repos/contoso/web/branches/next/protection")).toEqual({
      code: 200,
      body: { required_pull_request_reviews: { required_approving_review_count: 1 } },
    });
    expect(get("repos/contoso/web/branches/main/protection").code).toBe(404);
  });
});

describe("a private repository of the plan free", () => {
  const free = { rulesets: [ruleset()], protectedBranches: ["main"] };
  const plan = { owner: { plan: "free" } };

  test.each(["rules/branches/main", "rulesets/1", "branches/main/protection"])(
    "is not told its %s",
    async (rest) => {
      const { get } = on(free, plan);
      const why = "Upgrade to GitHub Pro or make this repository public to enable this feature.";
      expect(await refusal(() => get(`repos/contoso/web/${rest}`))).toEqual({
        code: "403",
        message: `403: GET repos/Contoso/web: 403 ${why} []`,
      });
      expect(on({ ...free, private: false }, plan).get(`repos/contoso/web/${rest}`).code).toBe(200);
      const server = { host: "github.contoso.com", owner: { login: "Contoso", ...plan.owner } };
      expect(on(free, { github: server }).get(`repos/contoso/web/${rest}`).code).toBe(200);
    },
  );

  test("has none that holds", async () => {
    expect((await on(free, plan).file.create(inputs)).id).toBe("web:a.md:main");
    const { file } = on({ ...free, private: false }, plan);
    expect((await refusal(() => file.create(inputs))).code).toBe("409");
  });
});
