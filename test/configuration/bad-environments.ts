import type { Config } from "./stack";

const environment = (given: unknown) => ({
  "countersign:pipelines": { web: { environment: given } },
});
const production = (rest: Config) => environment({ name: "production", ...rest });
const E = "countersign:pipelines.web.environment";
const KEYS = "name, reviewers, preventSelfReview, waitMinutes, adminsCanBypass, create";
const GIVE = "Use a value of this type.";
const LEAVE = "Add a value, or remove this key.";
const KNOWN = `one of these keys: ${KEYS}`;
const KIND = `a name, or an object with keys ${KEYS} | Use a value of this type.`;
const NAME =
  "1 to 255 characters, without ${{ and without a space at the start or end | Use the name that GitHub shows in the settings of the repository.";
const REQUIRED = "a string | Add this key. It is required.";
const SOMEBODY = "1 to 6 users and teams in total | Add one, or remove `reviewers`.";
const BOOLEAN = "true or false | Use a value of this type.";
const SLUG =
  "the slug of a team, in lowercase and without the organization | Copy the slug from the URL of the team.";
const CREATE = "Remove these keys and configure them on GitHub, or remove `create`.";

/** Bad environments: what is wrong, the change to a good configuration, then `path | given | expected | fix`. */
export const badEnvironments: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  [
    "an environment as a number",
    environment(5),
    [`${E} | 5 | ${KIND.replace(GIVE, 'Write `environment: "5"`.')}`],
  ],
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
    [`${E}.name | 5 | a string | Write \`name: "5"\`.`],
  ],
  [
    "a space at the beginning of an environment's name",
    environment({ name: " prod" }),
    [`${E}.name | " prod" | ${NAME}`],
  ],
  ["a space at an environment's end", environment("prod "), [`${E} | "prod " | ${NAME}`]],
  [
    "a misspelt key of an environment",
    production({ waitMinute: 5 }),
    [`${E}.waitMinute | 5 | ${KNOWN} | Did you mean \`waitMinutes\`? Otherwise, remove this key.`],
  ],
  [
    "a misspelt name of an environment, reported once",
    environment({ nmae: "production" }),
    [`${E}.nmae | "production" | ${KNOWN} | Did you mean \`name\`? Otherwise, remove this key.`],
  ],
  [
    "reviewers as a list",
    production({ reviewers: ["alice"] }),
    [`${E}.reviewers | ["alice"] | an object with keys users, teams | Use a value of this type.`],
  ],
  [
    "reviewers with nothing after it",
    production({ reviewers: null }),
    [`${E}.reviewers | null | an object with keys users, teams | Add a value, or remove this key.`],
  ],
  [
    "a misspelt kind of reviewers, reported once",
    production({ reviewers: { team: ["release"] } }),
    [
      `${E}.reviewers.team | ["release"] | one of these keys: users, teams | Did you mean \`teams\`? Otherwise, remove this key.`,
    ],
  ],
  [
    "a single user as a text, reported once",
    production({ reviewers: { users: "alice" } }),
    [`${E}.reviewers.users | "alice" | a list | Write \`users: [alice]\`.`],
  ],
  [
    "a user by number, reported once",
    production({ reviewers: { users: [5] } }),
    [`${E}.reviewers.users.0 | 5 | a string | Write \`- "5"\`.`],
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
    [
      `${E}.reviewers.users.1 | "@bob" | the login of a GitHub user | Write the login without \`@\`.`,
    ],
  ],
  [
    "a team with its organization",
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
    [
      `${E}.reviewers.users | ["alice","bob","alice"] | no duplicates | Remove the second \`alice\`.`,
    ],
  ],
  [
    "a team twice",
    production({ reviewers: { teams: ["release", "release"] } }),
    [
      `${E}.reviewers.teams | ["release","release"] | no duplicates | Remove the second \`release\`.`,
    ],
  ],
  [
    "seven reviewers, users and teams together",
    production({ reviewers: { users: ["a", "b", "c", "d"], teams: ["e", "f", "g"] } }),
    [
      `${E}.reviewers | {"users":["a","b","c","d"],"teams":["e","f","g"]} | 1 to 6 users and teams in total | Use a team instead of its members.`,
    ],
  ],
  [
    "a review of one's own prevented, where there is none",
    production({ preventSelfReview: true }),
    [
      `${E}.preventSelfReview | true | \`true\` only together with \`reviewers\` | Add \`reviewers\`, or remove \`preventSelfReview\`.`,
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
    [`${E}.waitMinutes | 0 | at least 1 | Use a larger number, or remove this key.`],
  ],
  [
    "a wait of more than thirty days",
    production({ waitMinutes: 43_201 }),
    [`${E}.waitMinutes | 43201 | at most 43200 | Use a smaller number.`],
  ],
  [
    "a wait of half minutes",
    production({ waitMinutes: 1.5 }),
    [`${E}.waitMinutes | 1.5 | a whole number | Use a value of this type.`],
  ],
  [
    "a wait in words",
    production({ waitMinutes: "5m" }),
    [`${E}.waitMinutes | "5m" | a number | Use a value of this type.`],
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
    [`${E}.create | false | \`false\` only without reviewers, adminsCanBypass | ${CREATE}`],
  ],
  [
    "three mistakes in one environment",
    environment({ name: "${{ a }}", waitMinutes: 0, reviewer: {} }),
    [
      `${E}.name | "\${{ a }}" | ${NAME}`,
      `${E}.waitMinutes | 0 | at least 1 | Use a larger number, or remove this key.`,
      `${E}.reviewer | {} | ${KNOWN} | Did you mean \`reviewers\`? Otherwise, remove this key.`,
    ],
  ],
];
