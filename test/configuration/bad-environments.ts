import type { Config } from "../support/engine";

const environment = (given: unknown) => ({
  "countersign:pipelines": { web: { environment: given } },
});
const production = (rest: Config) => environment({ name: "production", ...rest });
const E = "countersign:pipelines.web.environment";
const KEYS = "name, reviewers, preventSelfReview, waitMinutes, adminsCanBypass, create";
const GIVE = "give a value of that kind";
const LEAVE = "give one, or leave the key out";
const KIND = `a string, or an object of ${KEYS} | give a value of that kind`;
const NAME =
  "1 to 255 letters, digits, . _ - and inner spaces; no `:`, which GitHub escapes in subjects | choose another name";
const REQUIRED = "a string | it is required: add it";
const SOMEBODY = "at least one user or team | name a user or a team, or leave the key out";
const BOOLEAN = "true or false | give a value of that kind";
const SLUG = "a team's slug: lower case, without the organisation | take it from the team's URL";
const CREATE = "one that exists is never changed: set them on GitHub, or let it be made";

/** Bad environments: what is wrong, the change to a good configuration, then `path | given | allowed | remedy`. */
export const badEnvironments: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  ["an environment as a number", environment(5), [`${E} | 5 | ${KIND}`]],
  ["an environment as a list", environment(["prod"]), [`${E} | ["prod"] | ${KIND}`]],
  [
    "an environment with nothing after it",
    environment(null),
    [`${E} | null | ${KIND.replace(GIVE, LEAVE)}`],
  ],
  ["an environment of no keys", environment({}), [`${E}.name | nothing | ${REQUIRED}`]],
  [
    "an environment without a name",
    environment({ waitMinutes: 5 }),
    [`${E}.name | nothing | ${REQUIRED}`],
  ],
  [
    "a number as an environment's name",
    environment({ name: 5 }),
    [`${E}.name | 5 | a string | give a value of that kind`],
  ],
  [
    "a colon in an environment's name",
    environment({ name: "prod:eu" }),
    [`${E}.name | "prod:eu" | ${NAME}`],
  ],
  ["a space at an environment's end", environment("prod "), [`${E} | "prod " | ${NAME}`]],
  [
    "a misspelt key of an environment",
    production({ waitMinute: 5 }),
    [`${E}.waitMinute | 5 | ${KEYS} | \`waitMinute\` is not known; did you mean \`waitMinutes\`?`],
  ],
  [
    "a misspelt name of an environment, which is then missing",
    environment({ nmae: "production" }),
    [
      `${E}.name | nothing | ${REQUIRED}`,
      `${E}.nmae | "production" | ${KEYS} | \`nmae\` is not known; did you mean \`name\`?`,
    ],
  ],
  [
    "reviewers as a list",
    production({ reviewers: ["alice"] }),
    [`${E}.reviewers | ["alice"] | an object of users, teams | give a value of that kind`],
  ],
  [
    "reviewers with nothing after it",
    production({ reviewers: null }),
    [`${E}.reviewers | null | an object of users, teams | give one, or leave the key out`],
  ],
  [
    "a misspelt kind of reviewers, reported once",
    production({ reviewers: { team: ["release"] } }),
    [
      `${E}.reviewers.team | ["release"] | users, teams | \`team\` is not known; did you mean \`teams\`?`,
    ],
  ],
  [
    "a single user as a text, reported once",
    production({ reviewers: { users: "alice" } }),
    [`${E}.reviewers.users | "alice" | a list | write it as a list: [alice]`],
  ],
  [
    "a user by number, reported once",
    production({ reviewers: { users: [5] } }),
    [`${E}.reviewers.users.0 | 5 | a string | give a value of that kind`],
  ],
  ["no reviewer", production({ reviewers: {} }), [`${E}.reviewers | {} | ${SOMEBODY}`]],
  [
    "reviewers of nobody",
    production({ reviewers: { users: [], teams: [] } }),
    [`${E}.reviewers | {"users":[],"teams":[]} | ${SOMEBODY}`],
  ],
  [
    "a mention as a user",
    production({ reviewers: { users: ["alice", "@bob"] } }),
    [`${E}.reviewers.users.1 | "@bob" | a user's login on GitHub | give the login without @`],
  ],
  [
    "a team with its organisation",
    production({ reviewers: { teams: ["contoso/release"] } }),
    [`${E}.reviewers.teams.0 | "contoso/release" | ${SLUG}`],
  ],
  [
    "a team's name instead of its slug",
    production({ reviewers: { teams: ["Release Managers"] } }),
    [`${E}.reviewers.teams.0 | "Release Managers" | ${SLUG}`],
  ],
  [
    "a reviewer twice",
    production({ reviewers: { users: ["alice", "bob", "alice"] } }),
    [`${E}.reviewers.users | "alice" | each once | remove the second one`],
  ],
  [
    "a team twice",
    production({ reviewers: { teams: ["release", "release"] } }),
    [`${E}.reviewers.teams | "release" | each once | remove the second one`],
  ],
  [
    "seven reviewers, users and teams together",
    production({ reviewers: { users: ["a", "b", "c", "d"], teams: ["e", "f", "g"] } }),
    [
      `${E}.reviewers | ["a","b","c","d","e","f","g"] | at most 6 reviewers, users and teams together | there are 7: name a team instead of its members`,
    ],
  ],
  [
    "a review of one's own prevented, where there is none",
    production({ preventSelfReview: true }),
    [
      `${E}.preventSelfReview | true | only together with \`reviewers\` | add \`reviewers\`, or leave it out`,
    ],
  ],
  [
    "preventSelfReview as a text",
    production({ preventSelfReview: "yes", reviewers: { users: ["alice"] } }),
    [`${E}.preventSelfReview | "yes" | ${BOOLEAN}`],
  ],
  [
    "a wait of no minutes",
    production({ waitMinutes: 0 }),
    [`${E}.waitMinutes | 0 | at least 1 | give a higher one, or leave the key out`],
  ],
  [
    "a wait of more than thirty days",
    production({ waitMinutes: 43_201 }),
    [`${E}.waitMinutes | 43201 | at most 43200 | give a lower one`],
  ],
  [
    "a wait of half minutes",
    production({ waitMinutes: 1.5 }),
    [`${E}.waitMinutes | 1.5 | a whole number | give a value of that kind`],
  ],
  [
    "a wait in words",
    production({ waitMinutes: "5m" }),
    [`${E}.waitMinutes | "5m" | a number | give a value of that kind`],
  ],
  [
    "adminsCanBypass with nothing after it",
    production({ adminsCanBypass: null }),
    [`${E}.adminsCanBypass | null | ${BOOLEAN.replace(GIVE, LEAVE)}`],
  ],
  ["create as a text", production({ create: "no" }), [`${E}.create | "no" | ${BOOLEAN}`]],
  [
    "rules for an environment that is not made",
    production({ create: false, reviewers: { users: ["alice"] }, adminsCanBypass: true }),
    [
      `${E}.create | false | an environment without reviewers, adminsCanBypass, as \`create\` is false | ${CREATE}`,
    ],
  ],
  [
    "three mistakes in one environment",
    environment({ name: "a:b", waitMinutes: 0, reviewer: {} }),
    [
      `${E}.name | "a:b" | ${NAME}`,
      `${E}.waitMinutes | 0 | at least 1 | give a higher one, or leave the key out`,
      `${E}.reviewer | {} | ${KEYS} | \`reviewer\` is not known; did you mean \`reviewers\`?`,
    ],
  ],
];
