import { expect, test } from "vitest";
import type { WorldInput } from "../../rehearsal/world/world";
import { world } from "../support/engine";
import { CALLABLE, CALLED } from "../support/governing";
import { WORKFLOW } from "../support/planning";
import { forbidden, found, missing, snapshots, stackOf } from "../support/snapshots";

type Repositories = NonNullable<WorldInput["github"]["repositories"]>;

const numbered = (count: number) => Array.from({ length: count }, (_, it) => `V${100 + it}`);
const named = (all: Readonly<Record<string, Partial<Repositories[number]>>>) =>
  Object.entries(all).map(([name, it], index) => ({ name, id: 7 + index, ...it }));
const ruleset = (
  name: string,
  changes: object = {},
): NonNullable<Repositories[number]["rulesets"]>[number] => ({
  name,
  branches: ["~DEFAULT_BRANCH"],
  rules: ["pull_request"],
  ...changes,
});
const policies = [{ name: "v*", type: "tag" as const }, { name: "main" }];

test("what exists on GitHub is read as it is", async () => {
  const repositories = named({
    Web: { variables: numbered(31), files: { Dockerfile: "FROM scratch\n" } },
    archived: { archived: true, private: false, secrets: ["A", "B"] },
    empty: { empty: true, defaultBranch: "trunk" },
    protected: { protectedBranches: ["main"], files: { [WORKFLOW]: "one", x: "3" } },
    ruled: {
      rulesets: [
        ruleset("Reviews", { rules: ["pull_request", "deletion"], bypass: "always" }),
        ruleset("Elsewhere", { branches: ["release/*"] }),
        ruleset("All", { branches: ["~ALL"], rules: ["update"] }),
      ],
    },
    gated: {
      environments: [{ name: "Release", policies }, { name: "other" }],
      subjectTemplate: [],
    },
    open: { environments: [{ name: "release" }], subjectTemplate: ["repository_id", "context"] },
  });
  const environment = {
    name: "release",
    reviewers: { users: ["alice", "carol", "contoso"], teams: ["core", "gone"] },
  };
  const given = stackOf({
    web: { ids: "variables" },
    archived: {},
    empty: { commit: "pull-request" },
    protected: { commit: "direct" },
    ruled: {},
    gated: { environment },
    open: { environment: "release", level: "environment" },
    gone: { level: "organization" },
    calling: {
      repository: "web2",
      ids: "variables",
      trust: {
        workflow: CALLED.toLowerCase(),
      },
    },
  });
  const organization = { plan: "enterprise" as const, subjectTemplate: ["repository_id", "ref"] };
  const { azure, github } = world({
    owner: organization,
    repositories: [...repositories, { name: "shared", id: 99 }],
  });
  const [snapshot] = await snapshots(
    {
      azure,
      github: {
        ...github,
        users: [{ login: "Alice", id: 1001 }],
        teams: [{ slug: "core", id: 2001 }],
        callableWorkflows: { [CALLED]: CALLABLE },
      },
    },
    given,
  );
  const { repositories: all, ...others } = snapshot?.github ?? {};
  expect(others).toMatchObject({
    plan: found("enterprise"),
    users: {
      alice: found({ id: 1001, type: "User" }),
      carol: missing,
      contoso: found({ id: 5, type: "Organization" }),
    },
    teams: { core: found({ id: 2001 }), gone: missing },
    reusableWorkflows: {
      [CALLED.toLowerCase()]: found({ content: CALLABLE, repository: "Contoso/shared" }),
    },
  });
  const of = (name: string) => {
    const answer = all?.[name];
    if (answer?.status !== "found") throw new Error(`${name} is not there`);
    return answer.value;
  };
  expect(all?.gone).toEqual(missing);
  expect(of("web")).toEqual({
    id: 7,
    name: "Web",
    owner: { login: "Contoso", id: 5, type: "Organization" },
    private: true,
    visibility: "private",
    archived: false,
    defaultBranch: "main",
    url: "https://github.com/Contoso/Web",
    empty: false,
    subjects: found(
      expect.objectContaining({ use_default: true, sub_claim_prefix: "repo:Contoso@5/Web@7" }),
    ),
    rules: { rules: found([]), rulesets: {} },
    pushRulesets: found([]),
    actions: found({ enabled: true, allowed_actions: "all", sha_pinning_required: false }),
    files: {},
    missingFiles: [],
    environments: {},
    // GitHub's pages of variables have 30 at most.
    settings: found(numbered(31)),
  });
  expect(of("archived")).toMatchObject({
    archived: true,
    private: false,
    settings: found(["A", "B"]),
  });
  expect(of("empty").empty).toBe(true);
  expect(of("protected")).toMatchObject({
    files: { [WORKFLOW]: "one" },
    missingFiles: ["Dockerfile"],
    rules: {
      protection: found({ required_pull_request_reviews: { required_approving_review_count: 1 } }),
    },
  });
  expect(of("ruled").rules).toEqual({
    rules: found(
      [1, 1, 3].map((ruleset_id, index) =>
        expect.objectContaining({
          ruleset_id,
          type: ["pull_request", "deletion", "update"][index],
        }),
      ),
    ),
    rulesets: {
      1: found(expect.objectContaining({ name: "Reviews", current_user_can_bypass: "always" })),
      3: found(expect.objectContaining({ name: "All", current_user_can_bypass: "never" })),
    },
    // GitHub calls a branch protected that only rulesets protect.
    protection: missing,
  });
  expect(of("ruled").proposals).toMatchObject({
    branches: found([]),
    rules: { rulesets: { 3: found({ name: "All" }) } },
  });
  expect(of("gated")).toMatchObject({
    environments: {
      release: found({ name: "Release", selective: true, policies: ["branch main", "tag v*"] }),
    },
    subjects: found({ use_default: false, include_claim_keys: [] }),
    organizationSubjects: found({ include_claim_keys: ["repository_id", "ref"] }),
  });
  expect(of("open")).toMatchObject({
    environments: { release: found({ name: "release", selective: false, policies: [] }) },
    subjects: found({ use_default: false, include_claim_keys: ["repository_id", "context"] }),
    settings: found([]),
  });
  expect(of("open").organizationSubjects).toBeUndefined();
});

test("what the token may not read on GitHub is an answer, and so is a person's", async () => {
  const hidden = { subjectTemplate: ["repository_id"], subjectTemplateHidden: true };
  const inheriting = world({
    owner: hidden,
    repositories: [{ name: "web", id: 7, private: false, subjectTemplate: [] }],
  });
  const gated = stackOf({ web: { environment: "release" } });
  const [one] = await snapshots(inheriting, gated);
  // Of a public repository nobody asks for the owner's plan.
  expect(one?.github.plan).toBeUndefined();
  expect(one?.github.repositories.web).toMatchObject(
    found({
      organizationSubjects: forbidden("403 Resource not accessible by personal access token"),
    }),
  );
  const persons = world({
    owner: { type: "User", plan: "free" },
    repositories: [{ name: "web", id: 7, protectedBranches: ["main"], rulesets: [ruleset("x")] }],
  });
  const [two] = await snapshots(persons, gated);
  const upgrade = forbidden("403 Upgrade to GitHub Pro");
  expect(two?.github).toMatchObject({
    plan: found("free"),
    repositories: {
      web: found({
        rules: { rules: upgrade, rulesets: {}, protection: upgrade },
        owner: { type: "User" },
      }),
    },
  });
});
