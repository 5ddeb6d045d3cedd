import { describe, expect, test } from "vitest";
import { refusal } from "../support";
import { on, type Repository, ruleset } from "./web";

const web = (rest: string) => `repos/contoso/web/${rest}`;
const rules = (changes: Partial<Repository>, rest: string) =>
  on(changes)
    .get(web(`rules/branches/${rest}`))
    .body.map((it: { type: string; ruleset_id: number }) => `${it.type} ${it.ruleset_id}`);

describe("the rules of a branch", () => {
  const checks = {
    type: "required_status_checks",
    parameters: { required_status_checks: [{ context: "build" }] },
  };

  test("say what they are, with parameters, and where they come from", () => {
    const own = ruleset({ rules: [checks, "deletion"] });
    const parent = ruleset({ rules: ["deletion"], source: "Organization" });
    expect(on({ rulesets: [own, parent] }).get(web("rules/branches/main")).body).toEqual([
      {
        type: "required_status_checks",
        parameters: {
          required_status_checks: [{ context: "build" }],
          strict_required_status_checks_policy: false,
          do_not_enforce_on_create: false,
        },
        ruleset_source_type: "Repository",
        ruleset_source: "Contoso/web",
        ruleset_id: 1,
      },
      {
        type: "deletion",
        ruleset_source_type: "Repository",
        ruleset_source: "Contoso/web",
        ruleset_id: 1,
      },
      {
        type: "deletion",
        ruleset_source_type: "Organization",
        ruleset_source: "Contoso",
        ruleset_id: 2,
      },
    ]);
  });

  test.each([
    ["main", ["pull_request 1", "update 4"]],
    ["release%2F1", ["creation 2", "update 4"]],
    ["not/there", ["update 4"]],
    ["left-out", []],
  ])("of %s, which need not exist, are those in force", (branch, expected) => {
    const rulesets = [
      ruleset(),
      ruleset({ branches: ["release/*"], rules: ["creation"], bypass: "always" }),
      ruleset({ enforcement: "evaluate" }),
      ruleset({ branches: ["~ALL"], except: ["left-*"], rules: ["update"] }),
      ruleset({ enforcement: "disabled" }),
      ruleset({ target: "push", branches: ["~ALL"], rules: ["max_file_size"] }),
      ruleset({ target: "tag", branches: ["~ALL"] }),
    ];
    expect(rules({ rulesets }, branch)).toEqual(expected);
  });

  test("come in pages of 30", () => {
    const rulesets = Array.from({ length: 35 }, () => ruleset({ rules: ["deletion"] }));
    expect(rules({ rulesets }, "main")).toHaveLength(30);
    expect(rules({ rulesets }, "main?page=2")).toEqual(
      [31, 32, 33, 34, 35].map((id) => `deletion ${id}`),
    );
    expect(rules({ rulesets }, "main?per_page=100")).toHaveLength(35);
  });

  test("need a repository", () => {
    expect(on({}).get("repos/contoso/nope/rules/branches/main").code).toBe(404);
  });
});

describe("rulesets", () => {
  const rulesets = [
    ruleset({ except: ["refs/heads/x"], bypass: "pull_requests_only" }),
    ruleset({ name: "paths", target: "push", rules: ["file_path_restriction"] }),
    ruleset({ name: "parent", target: "push", source: "Organization", rules: ["max_file_size"] }),
    ruleset({ name: "tags", target: "tag", branches: ["v*"], enforcement: "evaluate" }),
  ];
  const names = (query: string) =>
    on({ rulesets })
      .get(web(`rulesets${query}`))
      .body.map((it: { name: string }) => it.name);

  test.each([
    ["", ["main is reviewed", "paths", "parent", "tags"]],
    ["?includes_parents=true&targets=push", ["paths", "parent"]],
    ["?includes_parents=false&targets=push,tag", ["paths", "tags"]],
    ["?per_page=2&page=2", ["parent", "tags"]],
  ])("list%s", (query, expected) => {
    expect(names(query)).toEqual(expected);
  });

  test("are listed without rules and bypass", () => {
    const [first] = on({ rulesets }).get(web("rulesets")).body;
    expect(first).toMatchObject({ id: 1, target: "branch", enforcement: "active" });
    for (const property of ["rules", "conditions", "current_user_can_bypass"]) {
      expect(first).not.toHaveProperty(property);
    }
  });

  test("have their rules and conditions, and whether one may bypass them", () => {
    const { get } = on({ rulesets });
    expect(get(web("rulesets/1")).body).toMatchObject({
      id: 1,
      name: "main is reviewed",
      source_type: "Repository",
      source: "Contoso/web",
      conditions: { ref_name: { include: ["refs/heads/main"], exclude: ["refs/heads/x"] } },
      rules: [{ type: "pull_request", parameters: { required_approving_review_count: 1 } }],
      current_user_can_bypass: "pull_requests_only",
    });
    expect(get(web("rulesets/2")).body).toMatchObject({
      conditions: null,
      rules: [
        {
          type: "file_path_restriction",
          parameters: { restricted_file_paths: [".github/workflows/**"] },
        },
      ],
    });
    const parent = get(web("rulesets/3")).body;
    expect(parent).toMatchObject({
      source_type: "Organization",
      source: "Contoso",
      current_user_can_bypass: "never",
    });
    expect(get(web("rulesets/4")).body.conditions.ref_name.include).toEqual(["refs/tags/v*"]);
    expect(get(web("rulesets/5")).code).toBe(404);
  });
});

test("classic protection, of which rulesets are no part", () => {
  const { get, state } = on({ rulesets: [ruleset()], protectedBranches: ["next"] });
  state.repository("web").branches.set("next", new Map());
  expect(get(web("branches/next/protection"))).toMatchObject({
    code: 200,
    body: { required_pull_request_reviews: { required_approving_review_count: 1 } },
  });
  const missing = (message: string) => ({ code: 404, body: { message } });
  expect(get(web("branches/main/protection"))).toEqual(missing("Branch not protected"));
  expect(get(web("branches/nope/protection"))).toEqual(missing("Branch not found"));
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
    const inputs = { repository: "web", file: "a.md", content: "one\n" };
    expect(on(free, plan).get(web("branches/main")).body.protected).toBe(true);
    const ruled = on({ rulesets: [ruleset()] }, plan);
    expect(ruled.get(web("branches/main")).body.protected).toBe(false);
    expect((await on(free, plan).file.create(inputs)).id).toBe("web:a.md:main");
    const { file } = on({ ...free, private: false }, plan);
    expect((await refusal(() => file.create(inputs))).code).toBe("409");
  });
});
