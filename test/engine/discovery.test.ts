import { expect, test } from "vitest";
import { type Bench, config, onEngine, reasonOf, world } from "../support/engine";

const REPOSITORIES = ["web", "api", "jobs"];
const there = world({ repositories: REPOSITORIES.map((name, id) => ({ name, id: id + 7 })) });
const environment = "release";
const pipelines = {
  web: {},
  api: { environment, level: "environment" },
  jobs: { environment, commit: "pull-request" },
};

/** The requests of an operation, by repository; the others are the stack's. */
async function requests({ run, clouds }: Bench, name: string): Promise<Record<string, string[]>> {
  clouds.traffic.reads.length = 0;
  await run("up", name);
  const all: Record<string, string[]> = {};
  for (const read of clouds.traffic.reads) {
    const [, owner, repository = "", rest = ""] = /^repos\/(\w+)\/(\w+)\/?(.*)$/.exec(read) ?? [];
    const key = owner === undefined ? "stack" : repository;
    // The digits of the first proposal's rules stand for any id.
    const path = rest.replace(/-(?!0123456789)[0-9a-f]{10}(?=\?)/, "-ID");
    all[key] = [...(all[key] ?? []), owner === undefined ? read : path];
  }
  for (const list of Object.values(all)) list.sort();
  return all;
}

/** What every run asks of every repository; the repository itself is the empty path. */
const ALWAYS = [
  "",
  "actions/oidc/customization/sub",
  "contents/.github/workflows/sign-image.yml?ref=main",
  "actions/permissions",
  "rulesets?includes_parents=true&targets=push&per_page=100",
];
const BRANCH = ["branches/main", "rules/branches/main?per_page=100"];
/** Asked where an image is new. */
const DOCKERFILE = "contents/Dockerfile?ref=main";
const SETTINGS = "actions/secrets?per_page=100";
const GATE = "environments/release";
const POLICIES = `${GATE}/deployment-branch-policies?per_page=100`;
const PROPOSALS = [
  "git/matching-refs/heads/countersign",
  "rules/branches/countersign/jobs-0123456789?per_page=100",
];
const OF_PROPOSAL = "rules/branches/countersign/jobs-ID?per_page=100";
const of = (...more: readonly string[]) => [...ALWAYS, ...more].sort();

test("each request is made once, at most 9 for a pipeline, and 10 in its first run", async () => {
  const settings = { config: config({ "countersign:pipelines": pipelines }), world: there };
  await onEngine(settings, async (bench) => {
    const plan = ["orgs/Contoso"];
    expect(await requests(bench, "first")).toEqual({
      stack: plan,
      web: of(SETTINGS, DOCKERFILE, ...BRANCH),
      api: of(`${GATE}/secrets?per_page=100`, DOCKERFILE, ...BRANCH, GATE),
      jobs: of(SETTINGS, DOCKERFILE, GATE, ...PROPOSALS),
    });
    const second = {
      stack: plan,
      web: of(...BRANCH),
      api: of(...BRANCH, GATE, POLICIES),
      jobs: of("pulls/1", GATE, POLICIES, OF_PROPOSAL),
    };
    expect(await requests(bench, "second")).toEqual(second);
    const counts = [second.web, second.api, second.jobs].map((list) => list.length);
    expect(counts).toEqual([7, 9, 9]);
    bench.clouds.github.merge("jobs", 1, { deleteBranch: true });
    const merged = await requests(bench, "merged");
    expect(merged.jobs).toEqual(of("pulls/1", GATE, POLICIES, OF_PROPOSAL, PROPOSALS[0] as string));
    expect((await requests(bench, "later")).jobs).toEqual(of(GATE, POLICIES, ...PROPOSALS));
  });
});

test("a failure says nothing of what exists: nothing is changed, and no resource is deleted", async () => {
  await onEngine({}, async ({ run, clouds }) => {
    await run("up", "up");
    const before = [clouds.inventory(), clouds.traffic.writes.length];
    const { find } = clouds.github;
    const fail = (said: string) => {
      clouds.github.find = () => {
        throw new Error(`GET https://api.github.com/repos/contoso/web: ${said} []`);
      };
    };
    for (const said of ["403 API rate limit exceeded for user ID 7", "500 Internal Server Error"]) {
      fail(said);
      const reason = await reasonOf(run("up", "up"));
      expect(reason).toContain("What exists cannot be read: ");
      expect(reason).toContain(said);
      expect([clouds.inventory(), clouds.traffic.writes.length]).toEqual(before);
    }
    // What the token may not read is an answer, and planning says what follows from it.
    fail("403 Resource not accessible by personal access token");
    expect(await reasonOf(run("preview", "preview"))).toBe(
      [
        "preview failed: What exists does not fit the configuration: 1 problem",
        "  countersign:pipelines.web.repository",
        '    given     "contoso/web"',
        "    expected  an existing repository",
        "    fix       Check `github:owner` and the name, and that the token can read the repository. To create it, write `repository: { create: {} }`.",
      ].join("\n"),
    );
    clouds.github.find = find;
    await run("up", "again");
    expect([clouds.inventory(), clouds.traffic.writes.length]).toEqual(before);
  });
});

test("all problems are told at once: of the configuration, then of what exists", async () => {
  const wrong = { "countersign:pipelines": { web: { signWith: "x" }, api: { branches: [] } } };
  const theirs = world({
    registry: { name: "another" },
    account: { profiles: [{ name: "container-images", status: "Disabled" }] },
    repositories: [{ name: "web", id: 7, archived: true, secrets: ["AZURE_CLIENT_ID"] }],
  });
  await onEngine({ config: config(wrong), world: theirs }, async ({ run, configure, clouds }) => {
    const keys = (text: string) => text.match(/^ {2}countersign:\S+/gm)?.map((it) => it.trim());
    const first = await reasonOf(run("preview", "preview"));
    expect(first).toContain("preview failed: The configuration cannot be used: 2 problems\n");
    expect(keys(first)).toEqual([
      "countersign:pipelines.api.branches",
      "countersign:pipelines.web.signWith",
    ]);
    await configure(config({ "countersign:pipelines": { web: {}, gone: {} } }));
    const second = await reasonOf(run("up", "up"));
    expect(second).toContain("up failed: What exists does not fit the configuration: 5 problems\n");
    expect(keys(second)).toEqual([
      "countersign:registry",
      "countersign:signing.profile",
      "countersign:pipelines.gone.repository",
      "countersign:pipelines.web.repository",
      "countersign:pipelines.web.adopt",
    ]);
    expect(clouds.traffic.writes).toEqual([]);
  });
});
