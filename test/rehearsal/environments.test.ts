import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { DeploymentEnvironment } from "../../components/deployment-environment";
import { planStack } from "../../planning/plan-stack";
import { repositoryEnvironment } from "../../rehearsal/clouds/github/environments";
import { GitHubState } from "../../rehearsal/clouds/github/state";
import type { Properties } from "../../rehearsal/clouds/wire";
import { parseWorld } from "../../rehearsal/world/world";
import { declared } from "../components/mocks";
import { inhabited } from "../support/guarding";
import { configurationOf, found, problemsOf, repository, snapshot, web } from "../support/planning";

const SETTINGS: ReadonlyArray<readonly [settings: object, made: object]> = [
  [{}, { reviewers: [], waitMinutes: 0, preventSelfReview: false, adminsCanBypass: true }],
  [
    { reviewers: { users: ["alice"], teams: ["release-managers"] } },
    {
      reviewers: ["team:release-managers", "Alice"],
      waitMinutes: 0,
      preventSelfReview: true,
      adminsCanBypass: false,
    },
  ],
  [
    {
      reviewers: { users: ["BOB"] },
      preventSelfReview: false,
      waitMinutes: 30,
      adminsCanBypass: true,
    },
    { reviewers: ["Bob"], waitMinutes: 30, preventSelfReview: false, adminsCanBypass: true },
  ],
  [
    { waitMinutes: 43_200 },
    { reviewers: [], waitMinutes: 43_200, preventSelfReview: false, adminsCanBypass: false },
  ],
  [
    { adminsCanBypass: false },
    { reviewers: [], waitMinutes: 0, preventSelfReview: false, adminsCanBypass: false },
  ],
  [
    { adminsCanBypass: true },
    { reviewers: [], waitMinutes: 0, preventSelfReview: false, adminsCanBypass: true },
  ],
];

const PLANS = ["free", "pro", "team", "enterprise"] as const;

/** The stack of one environment, and what GitHub says of its owner's plan and of the reviewers. */
function stackOf(settings: object, plan: (typeof PLANS)[number], isPrivate: boolean) {
  const environment = { name: "release", ...settings };
  const user = (id: number) => found({ id, type: "User" });
  const there = snapshot({
    github: {
      plan: found(plan),
      users: { alice: user(1001), BOB: user(1002) },
      teams: { "release-managers": found({ id: 2001 }) },
    },
    repositories: { web: repository({ private: isPrivate }) },
  });
  const config = web({ environment });
  return { config, there };
}

/** The embedded GitHub, and what the component declares there for such an environment. */
async function attempt(settings: object, plan: (typeof PLANS)[number], isPrivate: boolean) {
  const { there, config } = stackOf(settings, "enterprise", isPrivate);
  const planned = planStack(configurationOf(config), there).plan?.pipelines[0];
  const environments = planned?.environments ?? [];
  const args = { pipeline: "web", repository: "web", environments };
  const made = await declared(() => {
    new DeploymentEnvironment("web-environment", args);
  });
  const { inputs = {} } = made.find(({ type }) => type === "RepositoryEnvironment") ?? {};
  const github = new GitHubState(parseWorld(inhabited({ plan }, { private: isPrivate })).github);
  return { github, type: repositoryEnvironment(github), inputs: inputs as Properties };
}

describe.each(SETTINGS)("an environment with %j", (settings, expected) => {
  test("is on GitHub as it is declared, and a refresh finds no other", async () => {
    const { github, type, inputs } = await attempt(settings, "enterprise", true);
    const { id, outputs } = await type.create(inputs);
    expect(github.repository("web").environments.get("release")).toMatchObject(expected);
    expect({ ...inputs, ...type.read(id, inputs, outputs)?.inputs }).toEqual(inputs);
  });

  const owners = PLANS.flatMap((plan) => [[plan, true] as const, [plan, false] as const]);
  test.each(owners)(
    "on the plan %s, private: %s, is refused just where GitHub does not make it so",
    async (plan, isPrivate) => {
      const { github, type, inputs } = await attempt(settings, plan, isPrivate);
      // The provider leaves out what GitHub refuses, if nobody reviews and no run waits.
      const isMade = await Promise.resolve()
        .then(() => type.create(inputs))
        .then(
          () => {
            const release = github.repository("web").environments.get("release");
            return isDeepStrictEqual({ ...release, ...expected }, { ...release });
          },
          () => false,
        );
      const { config, there } = stackOf(settings, plan, isPrivate);
      expect(problemsOf(config, there).length > 0).toBe(!isMade);
    },
  );
});
