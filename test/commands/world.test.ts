import { getProject } from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { worldOf } from "../../commands/doctor/world";
import type { StackConfiguration } from "../../configuration/schema";
import { discover } from "../../discovery/discover";
import { planStack } from "../../planning/plan-stack";
import { configurationOf } from "../../rehearsal/configuration";
import type { WorldInput } from "../../rehearsal/world/world";
import type { Snapshot } from "../../snapshot";
import { type Config, config, onEngine, world } from "../support/engine";
import { stored } from "../support/planning";

/** What the program finds in a world. */
async function found(config: Config, given: WorldInput): Promise<Snapshot> {
  let snapshot: Snapshot | undefined;
  const program = async () => {
    getProject();
    ({ snapshot } = await discover(configurationOf(stored(config)) as StackConfiguration));
  };
  await onEngine({ config, world: given, program }, ({ run }) => run("preview", "preview"));
  return snapshot as Snapshot;
}

const WEB = { name: "web", id: 7, files: { Dockerfile: "FROM scratch\n" } };
const OTHER = "6ab50000-0000-4000-8000-00000000c0de";
const base = world();

const CASES: ReadonlyArray<readonly [string, Config, WorldInput, readonly string[]]> = [
  [
    "rules, policies, and a custom subject template that do not fit",
    { web: { environment: { name: "release", create: false }, adopt: true } },
    world({
      registry: { mode: "rbac" },
      owner: { plan: "enterprise" },
      repositories: [
        {
          ...WEB,
          private: true,
          subjectTemplate: ["repo", "environment"],
          rulesets: [
            { name: "everywhere", branches: ["~ALL"], rules: ["required_signatures"] },
            { name: "main", branches: ["~DEFAULT_BRANCH"], rules: ["pull_request"] },
            { name: "paths", target: "push", rules: ["file_path_restriction"], bypass: "always" },
          ],
          allowedActions: "selected",
          selectedActions: { githubOwned: true, patterns: ["azure/login@*"] },
          requireShaPins: true,
          secrets: ["AZURE_CLIENT_ID"],
          environments: [{ name: "release", policies: [{ name: "main", type: "branch" }] }],
        },
      ],
    }),
    ["countersign:pipelines.web.repository", "countersign:pipelines.web.commit"],
  ],
  [
    "rules that allow a proposal, and an Actions policy that allows the workflow",
    { web: { environment: { name: "release", create: false }, adopt: true } },
    world({
      registry: { mode: "rbac" },
      repositories: [
        {
          ...WEB,
          defaultBranch: "trunk",
          rulesets: [
            { name: "everywhere", branches: ["~ALL"], rules: ["non_fast_forward"] },
            { name: "trunk", branches: ["~DEFAULT_BRANCH"], rules: ["pull_request"] },
            { name: "paths", target: "push", rules: ["file_path_restriction"], bypass: "always" },
          ],
          allowedActions: "selected",
          selectedActions: { patterns: ["azure/*", "docker/*", "notaryproject/*"] },
          requireShaPins: true,
          secrets: ["AZURE_CLIENT_ID"],
          environments: [{ name: "release", policies: [{ name: "trunk", type: "branch" }] }],
        },
      ],
    }),
    [],
  ],
  [
    "names in subjects, variables, a protected branch, and a private registry",
    {
      web: {
        ids: "variables",
        runner: "in-our-network",
        identity: { existing: { name: "theirs", resourceGroup: "rg-other" } },
      },
    },
    {
      ...world({
        registry: { publicNetworkAccess: "Disabled" },
        repositories: [
          {
            ...WEB,
            private: false,
            immutableSubjects: false,
            protectedBranches: ["main"],
            variables: ["OTHER"],
            actionsPolicyHidden: true,
          },
        ],
      }),
      azure: {
        ...world({ registry: { publicNetworkAccess: "Disabled" } }).azure,
        identities: [{ resourceGroup: "rg-other", name: "theirs" }],
      },
    },
    [],
  ],
  [
    "two subscriptions, and two repositories that share an identity",
    { web: { identity: { share: "all" } }, api: { identity: { share: "all" } } },
    {
      ...world({ repositories: [WEB, { ...WEB, name: "api", id: 8 }] }),
      azure: {
        ...base.azure,
        otherSubscriptions: [{ subscriptionId: OTHER, resourceGroups: ["rg-signing"] }],
        signingAccounts: base.azure.signingAccounts?.map((it) => ({ ...it, subscription: OTHER })),
      },
    },
    [],
  ],
];

test.each(CASES)("a world with %s is found again", async (_, pipelines, given, problems) => {
  const signing = {
    resourceGroup: "rg-signing",
    account: "contoso-signing",
    profile: "container-images",
    ...(given.azure.otherSubscriptions?.length && { subscription: OTHER }),
  };
  const wanted = config({ "countersign:pipelines": pipelines, "countersign:signing": signing });
  const configuration = configurationOf(stored(wanted));
  const one = await found(wanted, given);
  const other = await found(wanted, worldOf(configuration, one, {}));
  const plan = planStack(configuration, one);
  expect(other).toEqual(one);
  expect(planStack(configuration, other)).toEqual(plan);
  expect(plan.problems.map(({ path }) => path)).toEqual(problems);
});
