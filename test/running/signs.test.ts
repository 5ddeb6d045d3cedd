import { describe, expect, test } from "vitest";
import { networkNamespace } from "../../rehearsal/running/act/isolation";
import type { RunResult } from "../../rehearsal/running/act/run";
import { childrenOf, faultsOf } from "../../rehearsal/running/judge";
import { signaturesOf } from "../../rehearsal/running/services/images";
import { useBench } from "./bench";
import { generated, type Wanted } from "./generated";

/** Seconds that a run may take besides building and pushing, offline. */
const OVERHEAD = 10;

type Case = Wanted & { readonly ref: string };

const BRANCH = "refs/heads/main";
const TAG = "refs/tags/v1.2.3";

/** Every pair of choices is in one of each registry's cases. */
const CASES: Case[] = [
  { signWith: "action", images: 1, ref: BRANCH },
  { signWith: "cli", images: 1, ref: TAG, environment: "release" },
  { signWith: "action", images: 2, ref: TAG, environment: "release" },
  { signWith: "cli", images: 2, ref: BRANCH },
];

for (const referrers of [true, false]) {
  describe(`a registry ${referrers ? "with" : "without"} the referrers API`, () => {
    const bench = useBench({ referrers });
    test.each(CASES)("$signWith, $images image(s), $ref", async (wanted) => {
      const { services, trust } = bench();
      const run = await bench().run(generated(wanted, services), { ref: wanted.ref });
      expect(run.reason, run.log).toBeUndefined();
      expect(run.unexpectedHosts).toEqual([]);
      expect(run.pushed.map(({ repository }) => repository)).toEqual(
        ["web", "team/worker"].slice(0, wanted.images),
      );
      for (const image of run.pushed) {
        expect(await faultsOf(image, trust)).toEqual([]);
        // The tags of one push name one digest: the commit's, and the git tag's.
        expect(image.tags).toHaveLength(wanted.ref === TAG ? 2 : 1);
        if (wanted.ref === TAG) expect(image.tags).toContain("v1.2.3");
        for (const child of await childrenOf(image, services)) {
          expect(await signaturesOf(services, image.repository, child)).toEqual([]);
        }
        const reference = `${services.loginServer}/${image.repository}@${image.digest}`;
        expect(run.summary).toContain(`notation inspect ${reference}`);
        expect(run.summary).toContain(`bash verify.sh ${reference}`);
      }
      expect(run.summary).toContain("container-images");
      const seconds = overhead(run) / (wanted.images ?? 1);
      console.log(`overhead of the sign job, ${wanted.signWith}: ${seconds.toFixed(2)} s`);
      expect(seconds).toBeLessThan(OVERHEAD);
    });
  });
}

describe("the surroundings of a run", () => {
  const bench = useBench();
  test("have no network but loopback, where the system allows", async () => {
    const text = generated({}, bench().services);
    const seen = text.replace(
      '          if [[ ! "$DIGEST"',
      "          cut -d: -f1 -s /proc/net/dev\n$&",
    );
    expect(seen).not.toBe(text);
    const run = await bench().run(seen);
    expect(run.reason, run.log).toBeUndefined();
    expect(run.isolated).toBe(networkNamespace() !== undefined);
    const step = run.steps.find(({ name }) => name === "Take the digest");
    const devices = step?.said.map((line) => line.trim()) ?? [];
    if (run.isolated) expect(devices).toEqual(["lo"]);
  });

  test("may be without a network namespace", async () => {
    const run = await bench().run(generated({ signWith: "cli" }, bench().services), {
      isolate: false,
    });
    expect(run.reason, run.log).toBeUndefined();
    expect(run.isolated).toBe(false);
    for (const image of run.pushed) expect(await faultsOf(image, bench().trust)).toEqual([]);
  });
});

function overhead(run: RunResult): number {
  const builds = run.steps.filter(({ name }) => name === "Build and push");
  expect(builds.length).toBeGreaterThan(0);
  return run.seconds - builds.reduce((sum, { seconds }) => sum + seconds, 0);
}
