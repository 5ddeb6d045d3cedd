import { describe, expect, test } from "vitest";
import { block } from "../support/block";
import { type Config, onEngine, reasonOf, world } from "../support/engine";
import {
  clientIdOf,
  held,
  listen,
  live,
  ownIdentity,
  stackOf,
  violations,
} from "../support/identities";
import { partedBy, watch } from "../support/replay";

const IDS: Readonly<Record<string, number>> = { web: 7, api: 8, job: 9 };
const there = world({ repositories: Object.entries(IDS).map(([name, id]) => ({ name, id })) });
const team = { identity: { share: "team" } };
const sharing = (...names: readonly string[]): Config =>
  stackOf(Object.fromEntries(names.map((name) => [name, team])));

/** As Pulumi stores them, and so everywhere: in the order of their names. */
const ALL = Object.keys(IDS).sort();

/** What the credential of a pipeline's branch says. */
const trust = (name: string, branch = "main") =>
  `repo:Contoso@5/${name}@${IDS[name]}:ref:refs/heads/${branch} (${name}_branch-${branch}-immutable)`;
const shared = (...names: readonly string[]) =>
  ownIdentity(
    "countersign-test-team",
    names,
    names.map((name) => trust(name)),
  );
const RUNS = Object.keys(IDS).map((repository) => ({
  repository,
  context: "ref:refs/heads/main",
  images: [repository],
}));
const runsOf = (...names: readonly string[]) =>
  RUNS.filter(({ repository }) => names.includes(repository));

describe("one identity for several pipelines", () => {
  test.each([
    [["api", "web"], 27],
    [["api", "job", "web"], 36],
  ])("%j: one identity, its roles once for all their images", async (names, count) => {
    const settings = { config: sharing(...names), world: there };
    await onEngine(settings, async (bench) => {
      const { clouds } = bench;
      await live(bench, count, () => {
        expect(held(clouds)).toEqual(shared(...names));
        const [identity] = clouds.azure.identities.values();
        expect(names.map((name) => clientIdOf(clouds, name))).toEqual(
          names.map(() => identity?.clientId),
        );
        expect(violations(clouds, settings.config, there)).toEqual([]);
      });
    });
  });

  test("credentials are written one after another, in the order of the pipelines", async () => {
    const branches = ["main", "one", "two"];
    const pipelines = ALL.map((name) => [name, { ...team, branches }]);
    const settings = { config: stackOf(Object.fromEntries(pipelines)), world: there };
    await onEngine(settings, async ({ run, clouds }) => {
      await run("up", "up");
      const written = () =>
        clouds.traffic.writes
          .filter(({ token }) => token.endsWith(":FederatedIdentityCredential"))
          .map(({ operation, name }) => `${operation} ${name}`);
      const names = ALL.flatMap((name) =>
        branches.map((branch) => `${name}-shared-team-${name}_branch-${branch}-immutable`),
      );
      expect(written()).toEqual(names.map((name) => `create ${name}`));
      await run("destroy", "destroy");
      expect(written().slice(names.length)).toEqual(
        names.reverse().map((name) => `delete ${name}`),
      );
    });
  });

  test("is said where it is: each may push the others' images", async () => {
    const config = stackOf({ web: team, api: {}, job: team });
    await onEngine({ config, world: there }, async ({ run }) => {
      const { said, onEvent } = listen("info");
      await run("preview", "preview", { onEvent });
      const reach = "is shared by job, web: each of them may push the others' images";
      expect(said).toEqual([`countersign:index:SharedIdentity team: ${reach}`]);
    });
  });

  test("nothing is said of a single pipeline's", async () => {
    await onEngine({ config: sharing("web"), world: there }, async ({ run, clouds }) => {
      const { said, onEvent } = listen("info");
      await run("up", "up", { onEvent });
      expect(said).toEqual([]);
      expect(held(clouds)).toEqual(shared("web"));
    });
  });
});

describe("at most 20 credentials on one identity", () => {
  const branches = (count: number) => Array.from({ length: count }, (_, it) => `release-${it}`);
  const counting = (web: object, api: object) =>
    stackOf({ web: { ...team, ...web }, api: { ...team, ...api } });

  test.each([
    [
      "11 and 10 branches",
      counting({ branches: branches(11) }, { branches: branches(10) }),
      "there are 21 (api 10, web 11): share among fewer, or add environments",
    ],
    [
      "a migration of 10 branches, and one more pipeline",
      counting({ branches: branches(10), subjects: "both" }, {}),
      "there are 21 (api 1, web 20): share among fewer, or add environments",
    ],
  ])("%s are refused at preview", async (_, config, remedy) => {
    await onEngine({ config, world: there }, async ({ run, clouds }) => {
      const said = block(
        "countersign:pipelines.api.identity.share",
        '"team"',
        "at most 20 federated credentials on one identity",
        remedy,
      );
      expect(await reasonOf(run("preview", "preview"))).toContain(said);
      expect(clouds.traffic.writes).toEqual([]);
    });
  });

  // The new are made before the old go, and Entra then counts both: no `up` ever gets through.
  test("11 branches in place of 11 others are refused at preview", async () => {
    const releases = (name: string) => Array.from({ length: 11 }, (_, it) => `${name}-${it}`);
    const settings = { config: stackOf({ web: { branches: releases("a") } }), world: there };
    await onEngine(settings, async ({ run, configure }) => {
      await run("up", "up");
      await configure(stackOf({ web: { branches: releases("b") } }));
      expect(await reasonOf(run("preview", "preview"))).toContain(
        "11 go only after the 11 that are wanted are there, 22 in all: take some away in a run of its own first, or add an `environment`",
      );
    });
  });

  test("11 and 9 branches are not", async () => {
    const config = counting({ branches: branches(11) }, { branches: branches(9) });
    await onEngine({ config, world: there }, async ({ run, clouds }) => {
      await run("up", "up");
      expect(clouds.azure.credentials.size).toBe(20);
    });
  });
});

describe("who shares changes", () => {
  test("one of three leaves the stack, and one comes: the others never lack anything", async () => {
    await onEngine({ config: sharing("web", "api", "job"), world: there }, async (bench) => {
      const { run, configure, clouds } = bench;
      const before = clouds.inventory();
      await run("up", "three");
      const three = held(clouds);
      const gaps = watch(clouds, runsOf("web", "job"));
      const start = clouds.traffic.writes.length;
      await configure(sharing("web", "job"));
      await run("preview", "preview");
      // Of the roles' two conditions, in place.
      expect(await run("up", "two")).toMatchObject({
        created: 0,
        updated: 2,
        replaced: 0,
        deleted: 9,
      });
      expect(held(clouds)).toEqual(shared("job", "web"));
      expect(violations(clouds, sharing("web", "job"), there)).toEqual([]);
      const [updates] = partedBy(clouds, "delete api-files-workflow", start);
      expect(updates.slice(-2)).toEqual([
        "update team-registry-contosoimages-reader",
        "update team-registry-contosoimages-writer",
      ]);

      await configure(sharing("job", "api", "web"));
      expect(await run("up", "three again")).toMatchObject({ created: 9, updated: 2, deleted: 0 });
      expect(held(clouds)).toEqual(three);
      expect(gaps).toEqual([]);
      await run("destroy", "destroy");
      expect(clouds.inventory()).toEqual(before);
    });
  });
});
