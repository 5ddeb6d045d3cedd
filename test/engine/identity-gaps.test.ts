import { describe, expect, test } from "vitest";
import { type Bench, type Config, onEngine, world } from "../support/engine";
import { listen, stackOf } from "../support/identities";
import { faults, outages } from "../support/seen";

describe("an identity that changes together with what it trusts", () => {
  const there = world();
  const pipeline = (web: object) => stackOf({ web });
  const refs = { branches: ["main"], tags: ["v*"] };
  const application = { identity: { application: {} } };

  /** Goes to a configuration; what is warned of, and when a run is refused. */
  async function step({ run, configure, clouds }: Bench, config: Config) {
    await configure(config);
    const { said, onEvent } = listen("warning");
    const lost = outages(clouds, config, there);
    await run("up", "up", { onEvent });
    clouds.traffic.fault = undefined;
    expect(faults(clouds, config, there)).toEqual([]);
    return { isTold: said.some((it) => it.includes("changes its identity together")), lost };
  }

  test("one after the other leaves no gap; at once there is one, and it is told", async () => {
    const first = pipeline({ ...refs, environment: "release" });
    await onEngine({ config: first, world: there }, async (bench) => {
      await bench.run("up", "up");
      const none = { isTold: false, lost: [] };
      const gated = pipeline({ ...refs, environment: "release", ...application });
      expect(await step(bench, gated)).toEqual(none);
      expect(await step(bench, pipeline({ ...refs, ...application }))).toEqual(none);
      const elsewhere = { ...refs, ids: "variables", environment: "x" };
      expect(await step(bench, pipeline(elsewhere))).toEqual(none);
      const { isTold, lost } = await step(
        bench,
        pipeline({ ...elsewhere, ...application, environment: "y" }),
      );
      expect([isTold, lost.length > 0]).toEqual([true, true]);
    });
  });
});
