import { describe, expect, test } from "vitest";
import type { Properties } from "../../../rehearsal/clouds/wire";
import { answerFault } from "../openapi";
import { github, refusal } from "../support";

type Changes = NonNullable<Parameters<typeof github>[0]>;

async function made(changes: Changes = {}, inputs: Properties = {}) {
  const cloud = github(changes);
  const wanted = { name: "Shop", visibility: "private", autoInit: true, ...inputs };
  return { cloud, ...(await cloud.repository.create(wanted)) };
}

describe("tokens of a new repository", () => {
  test.each([
    ["github.com", "repo:Contoso@5/Shop@1340000001"],
    ["github.contoso.com", "repo:Contoso/Shop"],
  ])("on %s", async (host, prefix) => {
    const { cloud } = await made({ github: { host } });
    expect(cloud.state.subjectPrefix(cloud.state.repository("shop"))).toBe(prefix);
    const { body } = cloud.get("repos/contoso/shop/actions/oidc/customization/sub");
    const immutable = { use_immutable_subject: false, sub_claim_prefix: prefix };
    expect(body).toEqual({ use_default: true, ...(host === "github.com" && immutable) });
  });
});

test.each(["private", "public"])(
  "GitHub describes what a %s repository answers",
  async (visibility) => {
    const rulesets = [{ name: "reviewed", branches: ["~DEFAULT_BRANCH"], rules: ["pull_request"] }];
    const newRepositories = {
      defaultBranch: "trunk",
      rulesets,
      allowedActions: "local_only" as const,
    };
    const { cloud } = await made(
      { owner: { plan: "enterprise", newRepositories } },
      { visibility, description: "Sells", homepageUrl: "https://contoso.com", topics: ["a"] },
    );
    for (const rest of [
      "",
      "/branches/trunk",
      "/rules/branches/trunk",
      "/rulesets",
      "/contents/README.md",
      "/actions/permissions",
      "/actions/secrets",
      "/actions/oidc/customization/sub",
      "/git/matching-refs/heads/trunk",
      "/pulls",
    ]) {
      const endpoint = `repos/contoso/shop${rest}`;
      const { code, body } = cloud.get(endpoint);
      expect([endpoint, code, answerFault(endpoint, Number(code), body)]).toEqual([
        endpoint,
        200,
        undefined,
      ]);
    }
    const at = "repos/contoso/shop";
    expect(cloud.get(at).body).toMatchObject({
      visibility,
      default_branch: "trunk",
      description: "Sells",
      homepage: "https://contoso.com",
      topics: ["a"],
      has_issues: false,
    });
    expect(cloud.get(`${at}/rules/branches/trunk`).body).toMatchObject([
      { type: "pull_request", ruleset_source_type: "Organization", ruleset_source: "Contoso" },
    ]);
    expect(cloud.get(`${at}/actions/permissions`).body.allowed_actions).toBe("local_only");
  },
);

describe("the other resources", () => {
  test("work in a new repository", async () => {
    const { cloud, outputs } = await made();
    const at = { repository: outputs.name as string };
    await cloud.environment.create({ ...at, environment: "release" });
    await cloud.secret.create({ ...at, secretName: "A", value: "x" });
    await cloud.branch.create({ ...at, branch: "next" });
    const { outputs: file } = await cloud.file.create({ ...at, file: "a.md", content: "one" });
    expect(file.repositoryId).toBe(outputs.repoId);
    expect(cloud.state.inventory()).toEqual([
      "branch Shop/next",
      "environment Shop/release",
      "file Shop/README.md on main",
      "file Shop/README.md on next",
      "file Shop/a.md on main",
      "repository Shop",
      "secret Shop/A",
    ]);
  });

  test("a repository without a first commit is empty", async () => {
    const { cloud, outputs } = await made({}, { autoInit: false });
    expect(outputs.defaultBranch).toBe("main");
    expect(cloud.state.inventory()).toEqual(["repository Shop"]);
    expect(cloud.get("repos/contoso/shop/branches/main").code).toBe(404);
    expect(cloud.get("repos/contoso/shop/contents/README.md").code).toBe(404);
    const file = { repository: "Shop", file: "a.md", content: "one" };
    expect((await refusal(() => cloud.file.create(file))).code).toBe("404");
  });

  test("the rules of the owner apply to a new repository", async () => {
    const rulesets = [{ name: "reviewed", rules: ["pull_request"] }];
    const { cloud } = await made({ owner: { newRepositories: { rulesets } } });
    const file = { repository: "Shop", file: "a.md", content: "one" };
    expect((await refusal(() => cloud.file.create(file))).code).toBe("409");
  });
});

describe("a merged pull request", () => {
  const merged = async (inputs: Properties, method: "merge" | "squash" = "merge") => {
    const { cloud } = await made({}, inputs);
    await cloud.branch.create({ repository: "Shop", branch: "next" });
    await cloud.file.create({ repository: "Shop", branch: "next", file: "a.md", content: "one" });
    const ends = { baseRepository: "Shop", baseRef: "main", headRef: "next" };
    await cloud.pull.create({ ...ends, title: "Add it" });
    cloud.state.merge("Shop", 1, { method });
    return [...cloud.state.repository("shop").branches.keys()];
  };

  test.each([
    [true, ["main"]],
    [false, ["main", "next"]],
  ])("with deleteBranchOnMerge: %s", async (deleteBranchOnMerge, branches) => {
    expect(await merged({ deleteBranchOnMerge })).toEqual(branches);
  });

  test.each([
    ["merge", { allowMergeCommit: false }, "Merge commits are not allowed on this repository."],
    ["squash", { allowSquashMerge: false }, "Squash merges are not allowed on this repository."],
  ] as const)("by %s, which is off", async (method, inputs, why) => {
    expect(await refusal(() => merged(inputs, method))).toEqual({
      code: "405",
      message: `405: PUT pulls/1/merge: 405 ${why} []`,
    });
  });
});
