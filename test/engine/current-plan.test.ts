import { expect, test } from "vitest";
import { type Bench, config, onEngine, world } from "../support/engine";
import { held } from "../support/identities";
import { NOTHING, quiet, web } from "../support/proposals";
import { faults, lost, outages } from "../support/seen";

const proposing = (pipeline: object, rest: object = {}) =>
  config({
    "countersign:pipelines": { web: { commit: "pull-request", ...pipeline } },
    ...rest,
  });
const images = (...names: string[]) => ({ images: names.map((name) => ({ name })) });
/** What GitHub has beside files and pull requests, and all that Azure and Entra have. */
const holdings = ({ clouds }: Bench) => [
  ...clouds.inventory().filter((it) => /^(secret|variable|environment)/.test(it)),
  ...held(clouds),
];

test("until a proposal is merged, the current workflow keeps what it needs, whatever changes", async () => {
  const there = world();
  const before = { environment: "old", level: "environment", ...images("web", "old") };
  const old = proposing({ ...before, branches: ["main", "dev"] });
  const next = proposing(
    {
      branches: ["main"],
      environment: "new",
      level: "environment",
      ids: "variables",
      ...images("web", "new"),
      identity: { application: {} },
      workflow: ".github/workflows/release.yml",
    },
    {
      "countersign:signing": {
        resourceGroup: "rg-signing",
        account: "contoso-signing",
        profile: "another-profile",
      },
    },
  );
  /** What of the old plan is declared in the new one too. */
  const kept = proposing({ ...before, branches: ["main"], ...images("web") });
  await onEngine({ config: old }, async (bench) => {
    const { run, configure, clouds } = bench;
    await run("up", "first");
    clouds.github.merge("web", 1, { deleteBranch: true });
    await run("up", "merged");
    expect([lost(clouds, old, there), faults(clouds, old, there)]).toEqual([[], []]);

    await configure(next);
    const gaps = outages(clouds, kept, there);
    expect(await run("up", "proposed")).toMatchObject({ replaced: 0 });
    expect([gaps, lost(clouds, kept, there)]).toEqual([[], []]);
    expect(lost(clouds, old, there).length).toBeGreaterThan(0);
    const policies = web(bench).environments.get("old")?.policies;
    expect(policies?.map(({ name }) => name)).toEqual(["main"]);
    await quiet(bench, "up", "refresh", "up");

    clouds.github.merge("web", 2);
    expect(lost(clouds, next, there)).toEqual([]);
    web(bench).branches.get("main")?.delete(".github/workflows/sign-image.yml");
    await run("up", "merged");
    expect(faults(clouds, next, there)).toEqual([]);
    expect(await run("up", "again")).toMatchObject(NOTHING);
    const fresh = await onEngine({ config: next }, async (other) => {
      await other.run("up", "fresh");
      return holdings(other);
    });
    expect(holdings(bench)).toEqual(fresh);
  });
});
