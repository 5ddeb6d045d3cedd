import { describe, expect, test } from "vitest";
import {
  environment,
  forbidden,
  found,
  missing,
  plannedWeb,
  repository,
  type SnapshotChanges,
  web,
} from "../../support/planning";
import { refused, refusedWeb } from "../../support/refused";

const ORGANIZATION = { login: "Contoso", id: 5, type: "Organization" };
const PERSON = { login: "Contoso", id: 5, type: "User" };
const PEOPLE = {
  users: {
    alice: found({ id: 1001, type: "User" }),
    contoso: found({ id: 5, type: "Organization" }),
    carol: missing,
  },
  teams: { "release-managers": found({ id: 2001 }), platform: missing },
};

/** A private repository of an owner with some plan, and people who could review. */
const owned = (plan: string | undefined, changes: object = {}): SnapshotChanges => ({
  github: { ...PEOPLE, plan: found(plan) },
  repositories: { web: repository({ private: true, owner: ORGANIZATION, ...changes }) },
});
const gated = (settings: object = {}, pipeline: object = {}) => ({
  branches: ["main"],
  tags: ["v*"],
  environment: { name: "release", ...settings },
  ...pipeline,
});
const theirs = environment("release", ["branch main", "tag v*"]);
const ON = "on the private repository Contoso/web: its owner has GitHub's";
const fixOf = (keys: string) =>
  `Remove ${keys} (the environment still confines branches and tags), make the repository public, or use GitHub Enterprise.`;
const withoutEnvironment = (paid: string) =>
  `web.environment | "release" | no environment ${ON} free plan | Remove the environment and declare exact branches, make the repository public, or use ${paid}.`;

describe("reviewers that cannot review", () => {
  const login = "logins of existing users | Check the login. Name teams under `teams`.";
  const slug =
    "teams of Contoso | Check the slug, and that the token can read the organization's members.";
  test.each([
    [
      "a missing user beside one that exists",
      { users: ["alice", "carol"] },
      ORGANIZATION,
      `users | "carol" | ${login}`,
    ],
    [
      "an organization among the users",
      { users: ["contoso"] },
      ORGANIZATION,
      `users | "contoso" | ${login}`,
    ],
    ["a missing team", { teams: ["platform"] }, ORGANIZATION, `teams | "platform" | ${slug}`],
    [
      "a team of a person",
      { teams: ["release-managers"] },
      PERSON,
      'teams | "release-managers" | no teams, because Contoso is not an organization | Name users instead.',
    ],
  ])("%s", (_, reviewers, owner, expected) => {
    expect(refusedWeb(gated({ reviewers }), owned("enterprise", { owner }))).toEqual([
      `web.environment.reviewers.${expected}`,
    ]);
  });
});

describe("what the owner's plan does not have on private repositories", () => {
  const rows: ReadonlyArray<readonly [string, object, SnapshotChanges, string]> = [
    ["an organization's free", {}, owned("free"), withoutEnvironment("GitHub Team or Enterprise")],
    ["a person's free", {}, owned("free", { owner: PERSON }), withoutEnvironment("GitHub Pro")],
    [
      "free, and the environment is used unchanged: GitHub ignores its protection",
      { create: false },
      owned("free", { environments: theirs }),
      withoutEnvironment("GitHub Team or Enterprise"),
    ],
    [
      "team, with reviewers",
      { reviewers: { users: ["alice"] } },
      owned("team"),
      `web.environment | "release" | no reviewers, adminsCanBypass ${ON} team plan | ${fixOf("reviewers, adminsCanBypass")}`,
    ],
    [
      "team, with a wait",
      { waitMinutes: 5, adminsCanBypass: true },
      owned("team"),
      `web.environment | "release" | no waitMinutes ${ON} team plan | ${fixOf("waitMinutes")}`,
    ],
    [
      "pro, without a bypass",
      { adminsCanBypass: false },
      owned("pro", { owner: PERSON }),
      `web.environment | "release" | no adminsCanBypass ${ON} pro plan | ${fixOf("adminsCanBypass")}`,
    ],
  ];
  test.each(rows)("%s", (_, settings, there, expected) => {
    expect(refusedWeb(gated(settings), there)).toEqual([expected]);
  });
});

describe("what the owner's plan allows, or nobody knows", () => {
  const everything = {
    reviewers: { users: ["alice"], teams: ["release-managers"] },
    waitMinutes: 5,
  };
  const unknown = (plan: SnapshotChanges["github"]) => ({
    ...owned(undefined),
    github: { ...PEOPLE, ...plan },
  });
  const rows: ReadonlyArray<readonly [string, object, SnapshotChanges]> = [
    ["public and free", everything, owned("free", { private: false })],
    ["public and team", everything, owned("team", { private: false })],
    ["enterprise", everything, owned("enterprise")],
    ["team, confined to its refs", {}, owned("team")],
    ["pro, with GitHub's own bypass", { adminsCanBypass: true }, owned("pro", { owner: PERSON })],
    ["a plan that is not told", everything, owned(undefined)],
    ["a plan of another name", everything, owned("business")],
    ["a plan that cannot be read", everything, unknown({ plan: forbidden })],
    ["a plan of an account that is not found", everything, unknown({ plan: missing })],
    ["a plan that was not asked for", everything, unknown({})],
  ];
  test.each(rows)("%s", (_, settings, there) => {
    expect(refusedWeb(gated(settings), there)).toEqual([]);
  });

  test.each([
    ["a server", "https://github.contoso.example/api/v3"],
    ["a tenant", "https://api.contoso.ghe.com"],
  ])("on %s there are no plans", (_, url) => {
    const there = owned("free", {
      subjects: found({ use_default: true, sub_claim_prefix: "repo:Contoso/web" }),
    });
    expect(refused(web(gated(everything), { "github:baseUrl": url }), there)).toEqual([]);
  });
});

test("an environment is declared with what guards it, and with nothing else", () => {
  const guard = { preventSelfReview: false, waitMinutes: undefined, adminsCanBypass: undefined };
  const nobody = { users: [], teams: [] };
  const rows = [
    [{}, { reviewers: nobody }],
    [
      { reviewers: { users: ["alice"], teams: ["release-managers"] } },
      {
        reviewers: { users: [1001], teams: [2001] },
        preventSelfReview: true,
        adminsCanBypass: false,
      },
    ],
    [
      {
        reviewers: { users: ["alice"] },
        preventSelfReview: false,
        waitMinutes: 30,
        adminsCanBypass: true,
      },
      { reviewers: { users: [1001], teams: [] }, waitMinutes: 30, adminsCanBypass: true },
    ],
    [{ waitMinutes: 43_200 }, { reviewers: nobody, waitMinutes: 43_200, adminsCanBypass: false }],
    [{ adminsCanBypass: false }, { reviewers: nobody, adminsCanBypass: false }],
  ] as const;
  for (const [settings, expected] of rows) {
    const plan = plannedWeb(gated(settings), owned("enterprise"));
    const made = { name: "release", create: true, ...guard, ...expected };
    expect(plan.environments).toEqual([{ environment: made, branches: ["main"], tags: ["v*"] }]);
    expect(plan.record.plans[0]?.environment).toEqual(made);
  }
});
