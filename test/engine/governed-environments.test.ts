import { describe, expect, test } from "vitest";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import { prove } from "../../rehearsal/proof/prove";
import { type Config, config, onEngine } from "../support/engine";
import { CALLED, governing } from "../support/governing";
import { meant } from "../support/meant";
import { NOTHING } from "../support/proposals";
import { faults, outages } from "../support/seen";

const pipeline = (web: object) => config({ "countersign:pipelines": { web } });
const trust = { workflow: CALLED, manageSubjectTemplate: true };
const proposing = (web: object) => pipeline({ commit: "pull-request", ids: "variables", ...web });

/** What keeps the declared runs of whatever is committed from logging in. */
const lost = (clouds: Clouds, config: Config) =>
  prove(clouds, meant(config, governing()))
    .filter(({ declared }) => declared)
    .flatMap(({ violations }) => violations);

describe("trust and environment change together, through pull requests", () => {
  test.each([
    [
      "ungoverned → governed",
      proposing({ environment: "old" }),
      proposing({ environment: "new", trust }),
    ],
    [
      "governed → ungoverned",
      proposing({ environment: "old", trust }),
      proposing({ environment: "new" }),
    ],
    [
      "governed → ungoverned, without an environment",
      proposing({ environment: "old", trust }),
      proposing({ branches: ["main"] }),
    ],
  ])("%s: every run logs in, before the merge and after", async (_, old, next) => {
    await onEngine({ config: old, world: governing() }, async ({ run, clouds, configure }) => {
      await run("up", "up");
      clouds.github.merge("web", 1);
      await run("up", "merged");
      expect(lost(clouds, old)).toEqual([]);

      await configure(next);
      const gaps = outages(clouds, next, governing());
      await run("up", "proposed");
      expect(lost(clouds, next)).toEqual([]);
      expect(await run("up", "again")).toMatchObject(NOTHING);
      clouds.github.merge("web", 2);
      expect(lost(clouds, next)).toEqual([]);
      await run("up", "merged");
      await run("up", "once more");
      expect(gaps).toEqual([]);
      expect(faults(clouds, next, governing())).toEqual([]);
      expect(await run("up", "again")).toMatchObject(NOTHING);
    });
  });
});

test("merged by a pull request, then direct and governed at once: files before template", async () => {
  const governed = pipeline({ commit: "direct", ids: "variables", trust });
  const settings = { config: proposing({}), world: governing() };
  await onEngine(settings, async ({ run, clouds, configure }) => {
    await run("up", "up");
    clouds.github.merge("web", 1);
    await run("up", "merged");
    await configure(governed);
    const gaps = outages(clouds, governed, governing());
    await run("up", "governed");
    expect(gaps).toEqual([]);
    expect(faults(clouds, governed, governing())).toEqual([]);
    expect(await run("up", "again")).toMatchObject(NOTHING);
  });
});
