import { describe, expect, test } from "vitest";
import type { StateResource } from "../../../snapshot";
import { environment, found, plannedWeb, repository } from "../../support/planning";
import { refusedWeb } from "../../support/refused";

const gated = (settings: object = {}, pipeline: object = {}) => ({
  branches: ["main"],
  tags: ["v*"],
  environment: { name: "release", ...settings },
  ...pipeline,
});
const having = (environments: object) => ({
  repositories: { web: repository({ environments: environments as never }) },
});
const REFS = ["branch main", "tag v*"];
const theirs = having(environment("release", REFS));

/** An environment that this stack created, with its policies, as the state has them. */
const own = (repositoryId = 7, name = "release", selective = true): StateResource[] => {
  const outputs = { repositoryId, environment: name };
  const deploymentBranchPolicy = { protectedBranches: false, customBranchPolicies: selective };
  const policy =
    "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy";
  return [
    {
      type: "github:index/repositoryEnvironment:RepositoryEnvironment",
      name: "web-environment-release",
      outputs: { ...outputs, deploymentBranchPolicy },
    },
    { type: policy, name: "one", outputs: { ...outputs, branchPattern: "main" } },
    { type: policy, name: "two", outputs: { ...outputs, tagPattern: "v*" } },
  ];
};

describe("an environment that is used unchanged", () => {
  test.each([
    ["create: false", gated({ create: false })],
    ["adopt: true", gated({}, { adopt: true })],
  ])("%s: it is not declared, and its runs are trusted", (_, pipeline) => {
    const plan = plannedWeb(pipeline, theirs);
    expect(plan.environments).toEqual([]);
    expect(plan.credentials.map(({ subject }) => subject)).toEqual([
      "repo:Contoso@5/web@7:environment:release",
    ]);
    expect(plan.record.plans[0]?.environment).toEqual({
      name: "release",
      create: false,
      reviewers: { users: [], teams: [] },
      preventSelfReview: false,
    });
  });

  const lets = (now: string) =>
    `an environment that lets in exactly branch main, tag v* | The environment lets in ${now}. Change it on GitHub, or declare these refs.`;
  test.each([
    [
      "spelled otherwise",
      { release: found({ name: "Release", selective: true, policies: REFS }) },
      "Release | Use GitHub's exact spelling: `Release`.",
    ],
    [
      "missing",
      {},
      "an existing environment, because this stack does not create it | Create the environment on GitHub, or set `environment.create: true`.",
    ],
    [
      "open to every ref",
      environment("release"),
      "an environment that lets in exactly branch main, tag v* | Choose `Selected branches and tags` in the environment's settings on GitHub.",
    ],
    [
      "open to one more",
      environment("release", [...REFS, "branch dev"]),
      lets("branch dev, branch main, tag v*"),
    ],
    ["closed to one", environment("release", ["branch main"]), lets("branch main")],
    ["closed to all", environment("release", []), lets("nothing")],
  ])("that is %s is refused", (_, environments, expected) => {
    const web = gated({ create: false });
    expect(refusedWeb(web, having(environments))).toEqual([
      `web.environment | "release" | ${expected}`,
    ]);
  });

  test.each([
    ["reviewers, waitMinutes", { waitMinutes: 5, reviewers: { users: ["alice"] } }],
    ["waitMinutes", { waitMinutes: 5 }],
    ["adminsCanBypass", { adminsCanBypass: false }],
  ])("adopt: true is refused together with %s, which would never take effect", (keys, settings) => {
    expect(refusedWeb(gated(settings, { adopt: true }), theirs)).toEqual([
      `web.environment | "release" | no ${keys}, because \`adopt\` uses an existing environment unchanged | Set them on GitHub, or let this stack create the environment with \`create: true\`.`,
    ]);
  });
});

describe("an environment that is created", () => {
  const exists =
    'web.environment | "release" | an environment that does not exist yet | Set `environment.create: false` to use the existing environment unchanged, or choose another name. If an interrupted run created the environment, delete it on GitHub.';

  test("create: true goes before adopt: true", () => {
    const plan = plannedWeb(gated({ create: true }, { adopt: true }));
    expect(plan.environments).toMatchObject([{ environment: { name: "release", create: true } }]);
  });

  test.each([
    ["", gated()],
    [", even with adopt: true", gated({ create: true }, { adopt: true })],
  ])("is refused where one exists%s", (_, pipeline) => {
    expect(refusedWeb(pipeline, theirs)).toEqual([exists]);
  });

  test("is refused where one exists in another spelling", () => {
    const there = having({ release: found({ name: "Release", selective: true, policies: REFS }) });
    expect(refusedWeb(gated(), there)).toEqual([
      'web.environment | "release" | Release | Use GitHub\'s exact spelling: `Release`.',
      exists,
    ]);
  });

  test("another repository's, of the same name, is not this stack's", () => {
    expect(refusedWeb(gated(), { ...theirs, resources: own(8) })).toEqual([exists]);
  });
});

describe("an environment that this stack created", () => {
  const there = (policies?: readonly string[], resources = own()) => ({
    ...having(environment("release", policies)),
    resources,
  });

  test.each([
    ["in a second run", gated()],
    ["where `adopt` is set since", gated({}, { adopt: true })],
    ["where its refs change", gated({}, { branches: ["main", "dev"], tags: [] })],
  ])("stays its own %s", (_, pipeline) => {
    expect(plannedWeb(pipeline, there(REFS)).environments).toMatchObject([
      {
        environment: { name: "release", create: true },
        branches: pipeline.branches,
        tags: pipeline.tags,
      },
    ]);
  });

  test("stays its own in a repository that was renamed, whatever the case", () => {
    const web = repository({ name: "shop", environments: environment("release", REFS) });
    const renamed = { repositories: { web }, resources: own(7, "Release") };
    const adopting = gated({}, { adopt: true, repository: "shop" });
    expect(plannedWeb(adopting, renamed).environments).toHaveLength(1);
  });

  test("is made again where somebody deleted it", () => {
    expect(plannedWeb(gated(), { resources: own() }).environments).toHaveLength(1);
  });

  test("create: false is refused", () => {
    expect(refusedWeb(gated({ create: false }), there(REFS))).toEqual([
      "web.environment.create | false | true, because this stack created the environment | Remove `create`. To use the environment unchanged, first take it out of the stack's state with `pulumi state delete`.",
    ]);
  });

  const only = (known: string) =>
    `only the deployment policies of release that this stack made: ${known}`;
  const delete_ = "This stack did not make this policy. Delete it on GitHub.";
  test.each([
    ["lets in", gated()],
    ["lets in, though it is declared by now", gated({}, { branches: ["main", "hostile"] })],
  ])("is refused where somebody adds a ref that it %s", (_, pipeline) => {
    expect(refusedWeb(pipeline, there([...REFS, "branch hostile"]))).toEqual([
      `web.environment | "branch hostile" | ${only("branch main, tag v*")} | ${delete_}`,
    ]);
  });

  test("is refused where somebody opens it to every ref", () => {
    expect(refusedWeb(gated(), there())).toEqual([
      `web.environment | "another deployment rule" | ${only("branch main, tag v*")} | Somebody changed the environment on GitHub. Run \`pulumi refresh\`, and then \`pulumi up\`.`,
    ]);
  });

  test("is closed again where a refresh has found that", () => {
    const refreshed = own(7, "release", false).slice(0, 1);
    expect(plannedWeb(gated(), there(undefined, refreshed)).environments).toHaveLength(1);
  });

  test("is refused where an interrupted run made no policy and somebody else did", () => {
    expect(refusedWeb(gated(), there(["tag v*"], own().slice(0, 1)))).toEqual([
      `web.environment | "tag v*" | ${only("nothing yet")} | ${delete_}`,
    ]);
  });
});
