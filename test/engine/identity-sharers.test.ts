import { describe, expect, test } from "vitest";
import { type Config, onEngine, world } from "../support/engine";
import { held, ownIdentity, stackOf, violations } from "../support/identities";
import { type Kept, watch } from "../support/replay";

const there = world({
  repositories: [
    { name: "web", id: 7 },
    { name: "api", id: 8 },
  ],
});
const team = { identity: { share: "team" } };
const own = stackOf({ web: {}, api: {} });
const shared = stackOf({ web: team, api: team });
const half = stackOf({ web: {}, api: team });

const trust = (of: string, owner = "") =>
  `repo:Contoso@5/${of}:ref:refs/heads/main (${owner}branch-main-immutable)`;
const WEB = ownIdentity("countersign-test-web", ["web"], [trust("web@7")]);
const API = ownIdentity("countersign-test-api", ["api"], [trust("api@8")]);
const [OF_API, OF_WEB] = [trust("api@8", "api_"), trust("web@7", "web_")];
const TEAM = ownIdentity("countersign-test-team", ["api", "web"], [OF_API, OF_WEB]);
const REST = ownIdentity("countersign-test-team", ["api"], [OF_API]);

const runOf = (repository: string): Kept => ({
  repository,
  context: "ref:refs/heads/main",
  images: [repository],
});
const [web, api] = [runOf("web"), runOf("api")];

/** Goes through these configurations, and what Azure holds after each. */
async function pass(
  runs: readonly Kept[],
  [first, ...rest]: ReadonlyArray<readonly [Config, readonly string[]]>,
): Promise<string[]> {
  const [config = own] = first ?? [];
  return onEngine({ config, world: there }, async ({ run, configure, clouds }) => {
    const before = clouds.inventory();
    await run("up", "first");
    const gaps = watch(clouds, runs);
    for (const [wanted, expected] of rest) {
      await configure(wanted);
      await run("preview", "preview");
      await run("up", "next");
      expect(held(clouds)).toEqual([...expected].sort());
      expect(violations(clouds, wanted, there)).toEqual([]);
    }
    const found = [...gaps];
    await run("destroy", "destroy");
    expect(clouds.inventory()).toEqual(before);
    return found;
  });
}

describe("two pipelines with identities of their own", () => {
  test("begin to share one, and neither ever lacks anything", async () => {
    expect(
      await pass(
        [web, api],
        [
          [own, []],
          [shared, TEAM],
        ],
      ),
    ).toEqual([]);
  });

  test("one after the other", async () => {
    const steps = [
      [own, []],
      [half, [...WEB, ...REST]],
      [shared, TEAM],
    ] as const;
    expect(await pass([web, api], steps)).toEqual([]);
  });

  test("cease to share at once", async () => {
    expect(
      await pass(
        [web, api],
        [
          [shared, []],
          [own, [...WEB, ...API]],
        ],
      ),
    ).toEqual([]);
  });

  test("one leaves, and the other never lacks anything", async () => {
    const steps = [
      [shared, []],
      [half, [...WEB, ...REST]],
      [own, [...WEB, ...API]],
    ] as const;
    expect(await pass([api], steps)).toEqual([]);
  });

  // The union shrinks before the secret of the one who leaves names another identity.
  test("one leaves, and never lacks anything either", async () => {
    expect(
      await pass(
        [web],
        [
          [shared, []],
          [half, [...WEB, ...REST]],
        ],
      ),
    ).toEqual([]);
  });
});
