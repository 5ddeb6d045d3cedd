import { describe, expect, test } from "vitest";
import type { Delays } from "../../rehearsal/running/act/grants";
import type { RunResult } from "../../rehearsal/running/act/run";
import { faultsOf } from "../../rehearsal/running/judge";
import { type Changes, SECRETS, useBench } from "./bench";
import { generated, type Wanted } from "./generated";

const bench = useBench();

function run(wanted: Wanted, changes: Changes = {}): Promise<RunResult> {
  return bench().run(generated(wanted, bench().services), changes);
}

const late = (delays: Delays): Changes => ({ grants: { delays } });

/** The seconds of each wait, in order. */
function waits({ log }: RunResult): number[] {
  return [...log.matchAll(/Next try in (\d+) seconds/g)].map(([, seconds]) => Number(seconds));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const NEVER = 1000;

describe("a run that is earlier than its credential and roles", () => {
  test.each<[what: string, delays: Delays, waited: number[], wanted?: Wanted]>([
    ["the registry refuses the first two logins", { registry: 2 }, [10, 20]],
    ["no subscription is visible, after that", { credential: 1, subscription: 2 }, [10, 20]],
    ["the registry lets in, but not push", { push: 3 }, [10, 20, 40]],
    ["the role to sign is late, three times", { sign: 3 }, [10, 20]],
    ["the role to sign is late", { sign: 2 }, [10], { signWith: "action" }],
    [
      "all are late",
      { credential: 2, subscription: 1, registry: 1, push: 1, sign: 2 },
      [10, 20, 10, 20, 10],
    ],
    // The eighth try is later than the five minutes that a token of GitHub lives.
    ["the registry is very late", { registry: 9 }, [10, 20, 40, 60, 60, 60, 60, 60, 60]],
  ])("waits and signs once: %s", async (_, delays, waited, wanted = {}) => {
    const result = await run(wanted, late(delays));
    expect(result.reason, result.log).toBeUndefined();
    expect(waits(result)).toEqual(waited);
    expect(result.pushed).toHaveLength(1);
    for (const image of result.pushed) expect(await faultsOf(image, bench().trust)).toEqual([]);
    expect(result.summary).toContain("### Signed");
    expect(result.summary).not.toContain("Not signed");
  });

  test.each<[part: string, delays: Delays, reason: RegExp, pushed: number]>([
    ["Login", { subscription: NEVER }, /Wait until Azure accepts the login.*No subscriptions/, 0],
    ["Signing", { sign: NEVER }, /step "Sign".*may not sign/, 1],
    ["Registry", { credential: 6, registry: NEVER }, /Log in to the registry.*Unable/, 0],
  ])(
    "gives up after ten minutes, and says what to do: %s %o",
    async (part, delays, reason, pushed) => {
      const result = await run({}, late(delays));
      expect(result.reason, result.log).toMatch(reason);
      expect(sum(waits(result))).toBeGreaterThan(500);
      expect(sum(waits(result))).toBeLessThanOrEqual(600);
      expect(result.pushed).toHaveLength(pushed);
      expect(result.summary).toContain(`### Not signed\n\n**${part}:**`);
      expect(result.summary).toMatch(/gh run rerun \d+ --failed --repo \S+\/\S+/);
      expect(result.summary).not.toContain("### Signed");
    },
  );

  test("goes on to build where only the registry's answer about pushes is unusual", async () => {
    const text = generated({}, bench().services).replace("--skip-authorization-header", "");
    const result = await bench().run(text);
    expect(result.reason, result.log).toBeUndefined();
    expect(waits(result)).toEqual([]);
    expect(result.log).toContain("The registry did not confirm that this identity may push.");
  });
});

describe("any other error fails at once", () => {
  test.each<[what: string, summary: string, from: string | RegExp, to: string]>([
    ["another registry", "**Registry:**", "REGISTRY: contoso", "REGISTRY: fabrikam"],
    ["another account", "**Signing:**", /accountName=/g, "accountName=x"],
  ])("%s", async (_, summary, from, to) => {
    const text = generated({}, bench().services);
    const edited = text.replace(from, to);
    expect(edited).not.toBe(text);
    const result = await bench().run(edited);
    expect(result.ok).toBe(false);
    expect(waits(result)).toEqual([]);
    expect(result.summary).toContain(`### Not signed\n\n${summary}`);
    expect(result.summary).toContain("gh run rerun");
  });

  test("a login in another tenant", async () => {
    const id = "7f4f2a30-9d0c-4b0a-8a6e-0c6b2f2f1a09";
    const result = await run({}, { secrets: { ...SECRETS, AZURE_TENANT_ID: id } });
    expect(result.reason, result.log).toMatch(/Wait until Azure accepts the login.*AADSTS90002/);
    expect(waits(result)).toEqual([]);
    expect(result.summary).toContain("### Not signed\n\n**Login:**");
  });
});
