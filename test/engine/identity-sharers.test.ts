import { expect, test } from "vitest";
import { onEngine, world } from "../support/engine";
import { held, ownIdentity, stackOf, violations } from "../support/identities";
import { type Kept, watch } from "../support/replay";

const trust = (of: string, owner = "") =>
  `repo:Contoso@5/${of}:ref:refs/heads/main (${owner}branch-main-immutable)`;
const runOf = (repository: string): Kept => ({
  repository,
  context: "ref:refs/heads/main",
  images: [repository],
});
const there = world({
  repositories: [
    { name: "web", id: 7 },
    { name: "api", id: 8 },
  ],
});
const team = { identity: { share: "team" } };
const WEB = ownIdentity("countersign-test-web", ["web"], [trust("web@7")]);
const API = ownIdentity("countersign-test-api", ["api"], [trust("api@8")]);
const of = (...names: string[]) => names.map((it) => trust(it, `${it.split("@")[0]}_`));
const TEAM = ownIdentity("countersign-test-team", ["api", "web"], of("api@8", "web@7"));
const REST = ownIdentity("countersign-test-team", ["api"], of("api@8"));
const own = [stackOf({ web: {}, api: {} }), [...WEB, ...API]] as const;
const half = [stackOf({ web: {}, api: team }), [...WEB, ...REST]] as const;
const shared = [stackOf({ web: team, api: team }), TEAM] as const;

test("two pipelines share an identity and cease to, at once or one by one: neither ever lacks anything", async () => {
  await onEngine({ config: own[0], world: there }, async ({ run, configure, clouds }) => {
    const before = clouds.inventory();
    await run("up", "first");
    const gaps = watch(clouds, [runOf("web"), runOf("api")]);
    for (const [wanted, expected] of [shared, own, half, shared, half, own]) {
      await configure(wanted);
      await run("up", "next");
      expect(held(clouds)).toEqual([...expected].sort());
      expect(violations(clouds, wanted, there)).toEqual([]);
    }
    expect(gaps).toEqual([]);
    await run("destroy", "destroy");
    expect(clouds.inventory()).toEqual(before);
  });
});
