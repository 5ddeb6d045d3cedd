import { beforeAll, describe, expect, test } from "vitest";
import { type Clouds, embeddedClouds } from "../../rehearsal/clouds/clouds";
import { prove } from "../../rehearsal/proof/prove";
import { strayTrust } from "../../rehearsal/proof/stray";
import { parseWorld, type WorldInput } from "../../rehearsal/world/world";
import { type Config, config, onEngine, world } from "../support/engine";
import { meant } from "../support/meant";
import { tamperingWithAzure } from "./tampering-azure";
import { tamperingWithGitHub } from "./tampering-github";

const stacks = {
  plain: config({ "countersign:pipelines": { web: {}, api: {} } }),
  environment: config({
    "countersign:pipelines": {
      web: { branches: ["main"], tags: ["v*"], environment: "release" },
      api: {},
    },
  }),
};

const repositories = (immutableSubjects: boolean) => [
  { name: "web", id: 7, immutableSubjects },
  { name: "api", id: 8, immutableSubjects },
];

/** A stack made on the engine once; each test tampers with a copy of what the clouds then hold. */
async function made(config: Config, it: WorldInput): Promise<() => Clouds> {
  return onEngine({ config, world: it }, async ({ run, clouds }) => {
    await run("up", "up");
    return () => {
      const copy = embeddedClouds(parseWorld(it));
      for (const kind of ["identities", "applications", "credentials", "assignments"] as const) {
        for (const [id, thing] of clouds.azure[kind]) {
          (copy.azure[kind] as Map<string, unknown>).set(id, structuredClone(thing));
        }
      }
      for (const repository of clouds.github.all()) {
        const target = copy.github.repository(repository.settings.name);
        target.subjectTemplate = repository.subjectTemplate;
        for (const kind of ["branches", "secrets", "variables", "environments"] as const) {
          for (const [id, thing] of repository[kind]) {
            (target[kind] as Map<string, unknown>).set(id, structuredClone(thing));
          }
        }
      }
      return copy;
    };
  });
}

const violations = (clouds: Clouds, stack: Config, it: WorldInput) => [
  ...prove(clouds, meant(stack, it)).flatMap((row) => row.violations),
  ...strayTrust(clouds, meant(stack, it)),
];

describe("an untouched stack", () => {
  test.each(["abac", "rbac"] as const)(
    "holds in %s mode, and says what no declaration withholds",
    async (mode) => {
      for (const immutable of [true, false]) {
        const it = world({ registry: { mode }, repositories: repositories(immutable) });
        const rows = prove((await made(stacks.plain, it))(), meant(stacks.plain, it));
        expect(rows.flatMap((row) => row.violations)).toEqual([]);
        const reaches = [...new Set(rows.flatMap((row) => row.reaches))];
        expect(reaches.some((text) => text.includes("ABAC mode"))).toBe(mode === "rbac");
        expect(reaches.some((text) => text.includes("immutable subjects"))).toBe(!immutable);
      }
    },
  );

  test("judges every declared and every hostile run", async () => {
    const it = world({ repositories: repositories(true) });
    const rows = prove((await made(stacks.environment, it))(), meant(stacks.environment, it));
    const web = rows.filter(({ pipeline }) => pipeline === "web");
    expect(web.map(({ run, declared, exchange }) => [run, declared, exchange])).toEqual([
      ["push to branch main", true, "token"],
      ["push to tag v1.0", true, "token"],
      ["another branch", false, "AADSTS700213"],
      ["a tag that is not declared", false, "AADSTS700213"],
      ["a pull request", false, "AADSTS700213"],
      ["the job without its environment", false, "AADSTS700213"],
      ["the environment from another branch", false, "no token"],
      ["the environment from another tag", false, "no token"],
      ["the environment from a pull request", false, "no token"],
      ["another workflow in the environment", false, "token"],
      ["a fork", false, "AADSTS700213"],
      ["another repository of the owner", false, "AADSTS700213"],
      ["a new repository of the same name", false, "AADSTS700213"],
      ["the repository after a rename", false, "AADSTS700213"],
      ["the owner in another case", false, "AADSTS7002138"],
      ["the repository in another case", false, "AADSTS7002138"],
    ]);
    expect(web[0]?.actions.map(({ action, target, allowed }) => [action, target, allowed])).toEqual(
      [
        ["pull", "web", true],
        ["pull", "api", false],
        ["pull", "unrelated/image", false],
        ["push", "web", true],
        ["push", "api", false],
        ["push", "unrelated/image", false],
        ["sign", "container-images", true],
        ["sign", "another-profile", false],
      ],
    );
  });
});

describe("a tampered stack does not hold", () => {
  const it = world({ repositories: repositories(true) });
  let plain: () => Clouds;
  let environment: () => Clouds;
  beforeAll(async () => {
    plain = await made(stacks.plain, it);
    environment = await made(stacks.environment, it);
  });

  test.each([...tamperingWithAzure, ...tamperingWithGitHub])("%s", (_, tamper, expected) => {
    const clouds = plain();
    expect(violations(clouds, stacks.plain, it)).toEqual([]);
    tamper(clouds);
    expect(violations(clouds, stacks.plain, it)).toEqual(expected);
  });

  test("an environment that lets every branch in", () => {
    const clouds = environment();
    const [release] = clouds.github.repository("web").environments.values();
    if (release) release.policies = undefined;
    expect(violations(clouds, stacks.environment, it)).toEqual(
      ["another branch", "another tag", "a pull request"].map(
        (from) =>
          `web, the environment from ${from}: logs in with federated credential environment-release-immutable`,
      ),
    );
  });

  test("an environment that turns a declared tag away", () => {
    const clouds = environment();
    const [release] = clouds.github.repository("web").environments.values();
    if (release) release.policies = release.policies?.filter(({ type }) => type === "branch");
    expect(violations(clouds, stacks.environment, it)).toEqual([
      "web, push to tag v1.0: login is refused: no token, environment release does not admit refs/tags/v1.0",
    ]);
  });
});
