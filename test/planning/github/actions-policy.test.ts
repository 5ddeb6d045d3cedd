import { describe, expect, test } from "vitest";
import type { ActionsPolicy } from "../../../snapshot";
import { forbidden, found, missing, plannedWeb, repository } from "../../support/planning";
import { refusedWeb } from "../../support/refused";

const SHA = "0123456789012345678901234567890123456789";
const CALLED = "contoso/shared/.github/workflows/sign.yml@refs/heads/main";
const having = (policy: Partial<ActionsPolicy>) => ({
  repositories: { web: repository({ actions: found({ enabled: true, ...policy }) }) },
});
const selected = (its: object) =>
  having({ allowed_actions: "selected", selected: found({ patterns_allowed: [], ...its }) });
/** The patterns that a problem says to allow. */
const toAllow = (problems: readonly string[]) =>
  problems.map((it) => /and enter: (.*)$/.exec(it)?.[1]?.split(", ").sort());
const ALL = [
  "actions/checkout@*",
  "azure/login@*",
  "docker/build-push-action@*",
  "docker/metadata-action@*",
  "docker/setup-buildx-action@*",
];
const OTHERS = ALL.slice(1);

describe("an Actions policy", () => {
  test.each([
    ["that allows all actions", having({ allowed_actions: "all" })],
    ["that does not say what it allows", having({})],
    ["that requires full commit SHAs", having({ sha_pinning_required: true })],
    [
      "with patterns for each owner",
      selected({
        github_owned_allowed: true,
        patterns_allowed: ["Azure/login@*", "docker/*", "notaryproject/notation-action/*"],
      }),
    ],
    ["with a pattern for everything", selected({ patterns_allowed: ["*"] })],
  ])("%s lets the workflow run", (_, there) => {
    expect(refusedWeb({}, there)).toEqual([]);
    expect(plannedWeb({}, there).warnings).toEqual([]);
  });

  test("that is off is refused", () => {
    expect(refusedWeb({}, having({ enabled: false }))).toEqual([
      'web.repository | "Contoso/web" | a repository in which GitHub Actions is enabled | Enable Actions in the repository\'s settings, under Actions, General.',
    ]);
  });

  test("that allows only the owner's actions is refused, with what to allow", () => {
    const [problem = ""] = refusedWeb(
      { signWith: "cli" },
      having({ allowed_actions: "local_only" }),
    );
    expect(problem.split(" | ")).toEqual([
      "web.repository",
      '"Contoso/web"',
      "an Actions policy that allows actions/checkout, docker/setup-buildx-action, azure/login, docker/metadata-action, docker/build-push-action; it allows only actions of Contoso",
      "In the settings of the repository or organization, under Actions, General, allow select actions, and enter: actions/checkout@*, docker/setup-buildx-action@*, azure/login@*, docker/metadata-action@*, docker/build-push-action@*",
    ]);
  });

  test.each([
    ["nothing", {}, ALL],
    ["GitHub's own actions", { github_owned_allowed: true }, OTHERS],
    [
      "another version",
      {
        github_owned_allowed: true,
        patterns_allowed: ["docker/*", "notaryproject/*", "azure/login@v2"],
      },
      ["azure/login@*"],
    ],
  ])("that selects %s is refused, with the rest", (_, its, expected) => {
    expect(toAllow(refusedWeb({}, selected(its)))).toEqual([expected]);
  });

  test.each([false, true])(
    "that excludes an action is refused (verified: %s)",
    (verified_allowed) => {
      const patterns_allowed = ["*", "!azure/*", "!other/*"];
      expect(refusedWeb({}, selected({ verified_allowed, patterns_allowed }))).toEqual([
        'web.repository | "Contoso/web" | an Actions policy that allows the actions of the workflow; it excludes some of them by !azure/* | Remove !azure/* from the policy.',
      ]);
    },
  );

  test("that allows verified owners is not checked for them", () => {
    const there = selected({ github_owned_allowed: true, verified_allowed: true });
    const [warning = ""] = plannedWeb({}, there).warnings;
    expect(warning).toContain("whether the Actions policy of Contoso/web allows docker/");
    expect(warning).toMatch(/ was not checked$/);
  });

  test.each([
    ["the policy", { repositories: { web: repository({ actions: forbidden }) } }],
    ["whether it has one", { repositories: { web: repository({ actions: missing }) } }],
    ["its list", having({ allowed_actions: "selected", selected: forbidden })],
  ])("is said not to be checked where the token cannot read %s", (_, there) => {
    expect(plannedWeb({}, there).warnings.join()).toMatch(
      /Actions policy of Contoso\/web.*not checked/,
    );
  });
});

describe("the actions of a reusable workflow", () => {
  const calling = { ids: "variables", trust: { workflow: CALLED, manageSubjectTemplate: true } };
  const inputs = ["images", "environment", "client-id", "tenant-id", "subscription-id"];
  const calls = (uses: string, policy: Partial<ActionsPolicy>) => {
    const on = { workflow_call: { inputs: Object.fromEntries(inputs.map((it) => [it, {}])) } };
    const content = JSON.stringify({
      on,
      jobs: { sign: { steps: [{ uses }, { uses: "./own" }] } },
    });
    const github = {
      reusableWorkflows: { [CALLED]: found({ content, repository: "Contoso/shared" }) },
    };
    return refusedWeb(calling, { ...having(policy), github });
  };

  test("are checked as well", () => {
    expect(toAllow(calls(`docker/x@${SHA}`, { allowed_actions: "local_only" }))).toEqual([
      ["docker/x@*"],
    ]);
    expect(calls(`contoso/own@${SHA}`, { allowed_actions: "local_only" })).toEqual([]);
  });

  test("must be pinned where the policy says so", () => {
    expect(calls(`docker/x@${SHA}`, { sha_pinning_required: true })).toEqual([]);
    expect(calls("docker/x@v1", { sha_pinning_required: true })).toEqual([
      'web.repository | "Contoso/web" | a workflow whose actions are pinned, as the Actions policy requires | Pin docker/x@v1 to a full commit SHA in the reusable workflow.',
    ]);
  });
});
