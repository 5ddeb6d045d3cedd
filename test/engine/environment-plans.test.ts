import { describe, expect, test } from "vitest";
import { block } from "../support/block";
import { onEngine, reasonOf } from "../support/engine";
import { guarded, inhabited } from "../support/guarding";
import { faults } from "../support/seen";

const AT = "countersign:pipelines.web.environment";
const ON = "the private repository Contoso/web";
const REFS = [{ name: "main" }, { name: "v*", type: "tag" as const }];
const ENTERPRISE = (them: string) =>
  `GitHub Enterprise would do; today: leave ${them} out (branches and tags are confined all the same), or make the repository public`;

describe("refused before anything is declared", () => {
  test.each([
    [
      "a missing user",
      { reviewers: { users: ["alice", "carol"] } },
      inhabited(),
      block(
        `${AT}.reviewers.users`,
        '"carol"',
        "logins of existing users",
        "check the login; teams go in `teams`",
      ),
    ],
    [
      "an organisation among the users",
      { reviewers: { users: ["contoso"] } },
      inhabited(),
      block(
        `${AT}.reviewers.users`,
        '"contoso"',
        "logins of existing users",
        "check the login; teams go in `teams`",
      ),
    ],
    [
      "a missing team",
      { reviewers: { teams: ["platform"] } },
      inhabited(),
      block(
        `${AT}.reviewers.teams`,
        '"platform"',
        "teams of Contoso",
        "check the slug, and that the token may read the organisation's members",
      ),
    ],
    [
      "a team of a person",
      { reviewers: { teams: ["release-managers"] } },
      inhabited({ type: "User" }),
      block(
        `${AT}.reviewers.teams`,
        '"release-managers"',
        "nothing, as Contoso is no organisation",
        "name users: a personal account has no teams",
      ),
    ],
    [
      "private and free, of an organisation",
      {},
      inhabited({ plan: "free" }),
      block(
        AT,
        '"release"',
        `none on ${ON}, as its owner's plan is free`,
        "GitHub Team or Enterprise would do; today: leave it out and declare exact branches, or make the repository public",
      ),
    ],
    [
      "private and free, of a person",
      {},
      inhabited({ plan: "free", type: "User" }),
      block(
        AT,
        '"release"',
        `none on ${ON}, as its owner's plan is free`,
        "GitHub Pro would do; today: leave it out and declare exact branches, or make the repository public",
      ),
    ],
    [
      "private and free, used as it is: GitHub ignores what guards it",
      { create: false },
      inhabited({ plan: "free" }, { environments: [{ name: "release", policies: REFS }] }),
      block(
        AT,
        '"release"',
        `none on ${ON}, as its owner's plan is free`,
        "GitHub Team or Enterprise would do; today: leave it out and declare exact branches, or make the repository public",
      ),
    ],
    [
      "private and team, with reviewers",
      { reviewers: { users: ["alice"] } },
      inhabited({ plan: "team" }),
      block(
        AT,
        '"release"',
        `no reviewers, adminsCanBypass on ${ON}, as its owner's plan is team`,
        ENTERPRISE("them"),
      ),
    ],
    [
      "private and team, with a wait",
      { waitMinutes: 5, adminsCanBypass: true },
      inhabited({ plan: "team" }),
      block(
        AT,
        '"release"',
        `no waitMinutes on ${ON}, as its owner's plan is team`,
        ENTERPRISE("it"),
      ),
    ],
    [
      "private and pro, without a bypass",
      { adminsCanBypass: false },
      inhabited({ plan: "pro", type: "User" }),
      block(
        AT,
        '"release"',
        `no adminsCanBypass on ${ON}, as its owner's plan is pro`,
        ENTERPRISE("it"),
      ),
    ],
  ] as const)("%s", async (_, settings, world, message) => {
    await onEngine({ config: guarded(settings), world }, async ({ run, clouds }) => {
      expect(await reasonOf(run("preview", "preview"))).toContain(message);
      expect(clouds.traffic.writes).toEqual([]);
    });
  });
});

describe("allowed by the plan", () => {
  const everything = {
    reviewers: { users: ["alice"], teams: ["release-managers"] },
    waitMinutes: 5,
  };
  test.each([
    ["public and free", everything, inhabited({ plan: "free" }, { private: false })],
    ["public and team", everything, inhabited({ plan: "team" }, { private: false })],
    ["private and enterprise", everything, inhabited()],
    ["private and team, confined to its refs", {}, inhabited({ plan: "team" })],
    [
      "private and pro, with GitHub's own bypass",
      { adminsCanBypass: true },
      inhabited({ plan: "pro", type: "User" }),
    ],
  ] as const)("%s", async (_, settings, world) => {
    const it = guarded(settings);
    await onEngine({ config: it, world }, async ({ run, clouds }) => {
      await run("preview", "preview");
      await run("up", "up");
      expect(faults(clouds, it, world)).toEqual([]);
    });
  });
});
