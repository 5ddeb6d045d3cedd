import { expect, test } from "vitest";
import { type Given, open } from "../support/doctor";
import { forbidden, found, repository, snapshot, web } from "../support/planning";

const login = "Put a token into GITHUB_TOKEN, or log in with `gh auth login`.";
const mine = (changes: Parameters<typeof repository>[0]) =>
  snapshot({ repositories: { web: repository(changes) } });

test.each<[string, Given, readonly string[]]>([
  [
    "no token",
    { token: found({ kind: "none" }) },
    [`missing GitHub: token: GitHub got no token: ${login}`],
  ],
  [
    "a token that GitHub refuses",
    { token: { status: "forbidden", said: "401 Bad credentials" } },
    [`missing GitHub: token: 401 Bad credentials: ${login}`],
  ],
  [
    "scopes that a classic token lacks",
    {
      token: found({ kind: "classic", scopes: ["repo"] }),
      config: web({
        level: "organization",
        environment: { name: "release", reviewers: { teams: ["sec"] } },
      }),
      there: snapshot({ github: { teams: { sec: found({ id: 3 }) }, plan: found("team") } }),
    },
    [
      "missing GitHub: token: classic, with repo: Add workflow and admin:org and read:org on https://github.com/settings/tokens.",
    ],
  ],
  [
    "no scope that a wider scope includes",
    {
      token: found({ kind: "classic", scopes: ["repo", "workflow", "admin:org"] }),
      config: web({ environment: { name: "release", reviewers: { teams: ["sec"] } } }),
      there: snapshot({ github: { teams: { sec: found({ id: 3 }) } } }),
    },
    [],
  ],
  [
    "a user that can only read",
    { access: found({ permissions: { pull: true } }) },
    [
      "missing Pipeline web: role of your user: read: Ask an administrator of the repository for the role Write.",
    ],
  ],
  [
    "a user that cannot create environments",
    {
      access: found({ permissions: { pull: true, push: true, admin: false } }),
      config: web({ environment: "release" }),
    },
    [
      "missing Pipeline web: role of your user: write: Ask an administrator of the repository for the role Admin, which can create environments.",
    ],
  ],
  ["nothing about an App, which has no user", { access: found({ permissions: {} }) }, []],
  [
    "secrets that the token cannot read, so it cannot write them either",
    { there: mine({ settings: forbidden }) },
    [
      "missing Pipeline web: secrets: 403: not yours: Give the token the permission Secrets: write.",
    ],
  ],
  [
    "an Actions policy that cannot be read, once",
    { there: mine({ actions: forbidden }) },
    [
      "unknown Pipeline web: warning: the Actions policy of Contoso/web was not checked: the token needs the repository permission Administration: read",
    ],
  ],
])("doctor reports %s", (_, given, expected) => {
  expect(open(given)).toEqual(expected);
});
