import { describe, expect, test } from "vitest";
import { type Config, config, onEngine } from "../support/engine";
import { CALLED, governing } from "../support/governing";
import { listen } from "../support/identities";
import { faults, outages } from "../support/seen";

const pipeline = (web: object) => config({ "countersign:pipelines": { web } });
const GAP =
  "countersign:index:SigningPipeline web: changes its identity together with its environment, its subjects or `trust`: between two writes of this run its jobs are turned away; change the identity in a run of its own first, or run again what failed";
const trust = { workflow: CALLED, manageSubjectTemplate: true };
const refs = { branches: ["main"], tags: ["v*"] };
const own = pipeline({ ...refs, environment: "release" });
const application = { identity: { application: {} } };

/** Goes from one configuration through others; what is warned of, and when a run is refused. */
async function through(first: Config, ...steps: readonly Config[]) {
  return onEngine({ config: first, world: governing() }, async ({ run, configure, clouds }) => {
    await run("up", "up");
    const seen = [];
    for (const step of steps) {
      await configure(step);
      const { said, onEvent } = listen("warning");
      await run("preview", "preview", { onEvent });
      const lost = outages(clouds, step, governing());
      await run("up", "up");
      clouds.traffic.fault = undefined;
      expect(faults(clouds, step, governing())).toEqual([]);
      seen.push({ said, lost });
    }
    return seen;
  });
}

describe("an identity that changes together with what it trusts", () => {
  test.each([
    ["environment → application without", own, pipeline({ ...refs, ...application })],
    ["one environment → another", own, pipeline({ ...refs, ...application, environment: "x" })],
    [
      "own → shared, another environment",
      own,
      pipeline({ ...refs, environment: "x", identity: { share: "team" } }),
    ],
    [
      "own → application, governed",
      pipeline({ ids: "variables" }),
      pipeline({ ids: "variables", ...application, trust }),
    ],
  ])("%s: the gap is said at preview", async (_, before, after) => {
    const [{ said, lost } = { said: [], lost: [] }] = await through(before, after);
    expect(said).toEqual([GAP]);
    expect(lost).not.toEqual([]);
  });

  test("one after the other leaves no gap, and nothing is said", async () => {
    const identity = pipeline({ ...refs, environment: "release", ...application });
    expect(await through(own, identity, pipeline({ ...refs, ...application }))).toEqual([
      { said: [], lost: [] },
      { said: [], lost: [] },
    ]);
  });

  test("nor does a workflow that reads its ids elsewhere from then on", async () => {
    const elsewhere = pipeline({ ...refs, ...application, ids: "variables" });
    expect(await through(own, elsewhere)).toEqual([{ said: [], lost: [] }]);
  });
});
