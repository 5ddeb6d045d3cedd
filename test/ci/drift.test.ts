import { expect, test } from "vitest";
import { differences, type Refreshed, reviewedEnvironments } from "../../ci/drift";

const at = (type: string, changes: Partial<Refreshed> = {}): Refreshed => ({
  urn: `urn:pulumi:prod::countersign::${type}::it`,
  type,
  name: "it",
  change: "none",
  keys: [],
  inputs: {},
  outputs: {},
  ...changes,
});

const SECRET = "github:index/actionsSecret:ActionsSecret";
const ENVIRONMENT = "github:index/repositoryEnvironment:RepositoryEnvironment";
const FILE = "github:index/repositoryFile:RepositoryFile";
const written = (updatedAt: string, remoteUpdatedAt: string) => ({ updatedAt, remoteUpdatedAt });
const reviewed = (inputs: Refreshed["inputs"] = {}) =>
  at(ENVIRONMENT, {
    inputs: {
      repository: "web",
      environment: "release",
      reviewers: [{ users: [5], teams: [7] }],
      ...inputs,
    },
  });
const REFRESH = "`pulumi up --refresh` restores it";
const replace = (type: string) =>
  `\`pulumi up --target-replace 'urn:pulumi:prod::countersign::${type}::it'\` restores it`;

test.each<[string, Refreshed, { reviewers: string[]; preventSelfReview: boolean }, unknown[]]>([
  ["an unchanged resource", at(FILE), { reviewers: [], preventSelfReview: false }, []],
  [
    "a changed file",
    at(FILE, { change: "update", keys: ["content"] }),
    { reviewers: [], preventSelfReview: false },
    [{ resource: "RepositoryFile it", difference: "differs in content", fix: REFRESH }],
  ],
  [
    "a deleted file",
    at(FILE, { change: "delete" }),
    { reviewers: [], preventSelfReview: false },
    [{ resource: "RepositoryFile it", difference: "is gone", fix: REFRESH }],
  ],
  [
    "an overwritten secret",
    at(SECRET, {
      outputs: written("2026-01-01 00:00:01 +0000 UTC", "2026-01-01 00:05:00 +0000 UTC"),
    }),
    { reviewers: [], preventSelfReview: false },
    [
      {
        resource: "ActionsSecret it",
        difference: "was overwritten on 2026-01-01 00:05:00 +0000 UTC",
        fix: replace(SECRET),
      },
    ],
  ],
  [
    "a secret whose two times differ by the clocks of GitHub",
    at(SECRET, {
      outputs: written("2026-01-01 00:00:01 +0000 UTC", "2026-01-01 00:00:02 +0000 UTC"),
    }),
    { reviewers: [], preventSelfReview: false },
    [],
  ],
  [
    "all reviewers there, and one more",
    reviewed(),
    { reviewers: ["Team 7", "User 5", "User 6"], preventSelfReview: false },
    [],
  ],
  [
    "a removed reviewer",
    reviewed(),
    { reviewers: ["User 5"], preventSelfReview: false },
    [
      {
        resource: "RepositoryEnvironment it",
        difference: "lost its reviewers Team 7",
        fix: replace(ENVIRONMENT),
      },
    ],
  ],
  [
    "reviews of one's own runs",
    reviewed({ preventSelfReview: true }),
    { reviewers: ["User 5", "Team 7"], preventSelfReview: false },
    [
      {
        resource: "RepositoryEnvironment it",
        difference: "lets reviewers approve their own runs",
        fix: replace(ENVIRONMENT),
      },
    ],
  ],
])("%s", (_, resource, now, expected) => {
  expect(differences([resource], () => now)).toEqual(expected);
});

test("only environments with reviewers are asked for", () => {
  const all = [reviewed(), reviewed({ reviewers: undefined }), at(FILE)];
  expect(reviewedEnvironments(all)).toEqual([{ repository: "web", environment: "release" }]);
});
