import { describe, expect, test } from "vitest";
import { prove } from "../../rehearsal/proof/prove";
import { type Bench, type Config, config, onEngine, world } from "../support/engine";
import { meant } from "../support/meant";

const base = { branches: ["main"], commit: "pull-request" };
const proposing = (web: object) =>
  config({ "countersign:pipelines": { web: { ...base, ...web } } });
const NOTHING = { created: 0, updated: 0, replaced: 0, deleted: 0 };

/** What the proof says of the runs that `wanted` declares, by the workflow that main holds. */
const lost = ({ clouds }: Bench, wanted: Config) => {
  const runs = prove(clouds, meant(wanted, world())).filter(({ declared }) => declared);
  return runs.flatMap(({ violations }) => violations);
};

const held = ({ clouds }: Bench) =>
  clouds
    .inventory()
    .filter((it) => /^(secret|variable|environment|federated)/.test(it))
    .map((it) => it.replace(/\/subscriptions.*\//, ""));

/** A change of what the committed workflow reads or names; from the first, by the second's merge. */
const changes = [
  ["secrets → variables", {}, { ids: "variables" }],
  ["one environment → another", { environment: "old" }, { environment: "new" }],
  [
    "one environment with its ids → another",
    { environment: "old", level: "environment" },
    { environment: "new", level: "environment" },
  ],
  ["no environment → one with its ids", {}, { environment: "new", level: "environment" }],
  ["repository → organisation", {}, { level: "organization" }],
] as const;

describe("until a proposal is merged, the workflow in force keeps what it needs", () => {
  test.each(changes)("%s", async (_, before, after) => {
    const [old, next] = [proposing(before), proposing(after)];
    await onEngine({ config: old }, async (bench) => {
      await bench.run("up", "first");
      bench.clouds.github.merge("web", 1);
      await bench.run("up", "merged");
      const then = held(bench);
      expect(lost(bench, old)).toEqual([]);

      await bench.configure(next);
      expect(await bench.run("up", "proposed")).toMatchObject({ replaced: 0 });
      expect(held(bench)).toEqual(expect.arrayContaining(then));
      expect(lost(bench, old)).toEqual([]);
      expect(await bench.run("up", "again")).toMatchObject(NOTHING);

      bench.clouds.github.merge("web", 2);
      expect(lost(bench, next)).toEqual([]);
      await bench.run("up", "merged");
      expect(lost(bench, next)).toEqual([]);
      expect(await bench.run("up", "again")).toMatchObject(NOTHING);
      const fresh = await onEngine({ config: next }, async (other) => {
        await other.run("up", "fresh");
        return held(other);
      });
      expect(held(bench)).toEqual(fresh);
    });
  });
});
