import { describe, expect, test } from "vitest";
import { type Properties, UNKNOWN } from "../../../rehearsal/clouds/wire";
import { github, refusal } from "../support";

type Changes = NonNullable<Parameters<typeof github>[0]>;

const WANTED = { name: "shop", visibility: "private" };

describe("the provider refuses at preview", () => {
  test.each([
    [
      { name: "a b" },
      "invalid value for name (must include only alphanumeric characters, underscores or hyphens and consist of 100 characters or less). Examine values at 'it.name'.",
    ],
    [
      { visibility: "secret" },
      `expected visibility to be one of ["public" "private" "internal"], got secret. Examine values at 'it.visibility'.`,
    ],
    [
      { topics: ["a", "A b"] },
      "invalid value for topics (must include only lowercase alphanumeric characters or hyphens and cannot start with a hyphen and consist of 50 characters or less). Examine values at 'it.topics'.",
    ],
  ])("%j", (changes, reason) => {
    expect(github().repository.check({ ...WANTED, ...changes })).toEqual([
      { property: "", reason },
    ]);
  });

  test.each([
    { name: "a".repeat(100) },
    { name: "..." },
    { name: UNKNOWN, visibility: UNKNOWN, topics: UNKNOWN },
    { topics: [UNKNOWN, "a-1"] },
  ])("and not %j", (changes) => {
    expect(github().repository.check({ ...WANTED, ...changes })).toEqual([]);
  });
});

describe("not served", () => {
  const free: Changes = { owner: { plan: "free" } };
  const server: Changes = { github: { host: "github.contoso.com" } };
  test.each([
    [{}, { name: "shop.git" }, "the name shop.git"],
    [{}, { name: ".." }, "the name .."],
    [{}, { name: "shop.wiki" }, "the name shop.wiki"],
    [{}, { archived: true }, "the creation of an archived repository"],
    [free, { hasWiki: true }, "hasWiki in a private repository of the plan free"],
    [free, { allowAutoMerge: true }, "allowAutoMerge in a private repository of the plan free"],
    [server, { vulnerabilityAlerts: true }, "vulnerabilityAlerts on github.contoso.com"],
  ])("%j: %j", (changes, inputs, what) => {
    expect(github(changes).repository.check({ ...WANTED, ...inputs })).toEqual([
      { property: "", reason: `the embedded github does not serve ${what}` },
    ]);
  });

  test.each([
    [free, { hasWiki: true, visibility: "public" }],
    [{ ...server, ...free }, { hasWiki: true }],
    [{}, { vulnerabilityAlerts: true }],
  ])("but %j: %j", (changes, inputs) => {
    expect(github(changes).repository.check({ ...WANTED, ...inputs })).toEqual([]);
  });

  const token = "github:index/repository:Repository";
  test.each([
    ...["private", "defaultBranch", "etag", "fork", "sourceOwner", "sourceRepo", "template"],
    ...["pages", "securityAndAnalysis", "licenseTemplate", "gitignoreTemplate", "hasDownloads"],
    ...["allowForking", "ignoreVulnerabilityAlertsDuringRead", "repoId"],
  ])("the property %s", (property) => {
    expect(github().repository.check({ ...WANTED, [property]: "x" })).toEqual([
      { property, reason: `the embedded github does not know ${token}.${property}` },
    ]);
  });
});

test.each([
  ...["mergeCommitTitle", "mergeCommitMessage"],
  ...["squashMergeCommitTitle", "squashMergeCommitMessage"],
])("%s can only be what a check adds", (property) => {
  const reason = `the embedded github does not serve ${property}`;
  expect(github().repository.check({ ...WANTED, [property]: "x" })).toEqual([
    { property: "", reason },
  ]);
});

describe("GitHub refuses", () => {
  const create = async (inputs: Properties, changes: Changes = {}) => {
    const { repository, state } = github(changes);
    const before = state.inventory();
    const why = await refusal(() => repository.create({ ...WANTED, ...inputs }));
    expect(state.inventory()).toEqual(before);
    return why;
  };
  const refused = (url: string, why: string) => ({
    code: "422",
    message: `1 error occurred:\n\t* POST ${url}: 422 ${why}\n\n`,
  });
  const ORGANIZATION = "https://api.github.com/orgs/Contoso/repos";

  test.each([
    ["an organization", {}, ORGANIZATION],
    ["a person", { owner: { type: "User" } }, "https://api.github.com/user/repos"],
    [
      "a server",
      { github: { host: "github.contoso.com" } },
      "https://github.contoso.com/api/v3/orgs/Contoso/repos",
    ],
  ] as const)("a name that a repository of %s has in any case", async (_, changes, url) => {
    expect(await create({ name: "WEB" }, changes as Changes)).toEqual(
      refused(
        url,
        "Repository creation failed. [{Resource:Repository Field:name Code:custom Message:name already exists on this account}]",
      ),
    );
  });

  const ONLY = "Only an organization of an enterprise has internal repositories. []";
  test.each([
    ["github.com", "team", "Organization", "internal", ORGANIZATION, ONLY],
    ["github.com", "enterprise", "User", "internal", "https://api.github.com/user/repos", ONLY],
    [
      "contoso.ghe.com",
      "team",
      "Organization",
      "public",
      "https://api.contoso.ghe.com/orgs/Contoso/repos",
      "Public repositories are not permitted for Enterprise Managed Organizations. []",
    ],
  ] as const)("on %s, plan %s, for %s: %s", async (host, plan, type, visibility, url, why) => {
    const changes = { owner: { plan, type }, github: { host } };
    expect(await create({ visibility }, changes)).toEqual(refused(url, why));
  });

  test.each([
    ["github.com", "enterprise"],
    ["github.contoso.com", "free"],
    ["contoso.ghe.com", "free"],
  ] as const)("but no internal repository on %s with the plan %s", async (host, plan) => {
    const { repository, get } = github({ owner: { plan }, github: { host } });
    const { outputs } = await repository.create({ ...WANTED, visibility: "internal" });
    expect([outputs.visibility, outputs.private]).toEqual(["internal", true]);
    expect(get("repos/contoso/shop").body.visibility).toBe("internal");
  });

  test("a repository without a method of merging", async () => {
    const none = { allowMergeCommit: false, allowSquashMerge: false, allowRebaseMerge: false };
    expect(await create(none)).toEqual(
      refused(ORGANIZATION, "A repository allows one merge method at least. []"),
    );
  });
});
