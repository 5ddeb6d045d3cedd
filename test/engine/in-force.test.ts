import { describe, expect, test } from "vitest";
import { type Bench, onEngine } from "../support/engine";
import { held as powers } from "../support/identities";
import { lost, proposing, standing } from "../support/in-force";
import { NOTHING } from "../support/proposals";

/** The stack's other certificate profile. */
const resigned = {
  "countersign:signing": {
    resourceGroup: "rg-signing",
    account: "contoso-signing",
    profile: "another-profile",
  },
};
const image = (name: string) => ({ images: [{ name }] });

const held = ({ clouds }: Bench) =>
  clouds
    .inventory()
    .filter((it) => /^(secret|variable|environment|federated)/.test(it))
    .map((it) => it.replace(/\/subscriptions.*\//, ""));

/** A change of what the committed workflow reads or names; from the first, by the second's merge. */
const changes = [
  ["secrets → variables", proposing({}), proposing({ ids: "variables" })],
  [
    "one environment → another, at another path",
    proposing({ environment: "old" }),
    proposing({ environment: "new", workflow: ".github/workflows/release.yml" }),
  ],
  [
    "one environment with its ids → another",
    proposing({ environment: "old", level: "environment" }),
    proposing({ environment: "new", level: "environment" }),
  ],
  [
    "no environment → one with its ids",
    proposing({}),
    proposing({ environment: "new", level: "environment" }),
  ],
  ["repository → organisation", proposing({}), proposing({ level: "organization" })],
  ["one image → another", proposing(image("web")), proposing(image("site"))],
  ["one certificate profile → another", proposing({}), proposing({}, resigned)],
  [
    "managed identity, image and profile → application, others, at another path",
    proposing(image("web")),
    proposing(
      {
        ...image("site"),
        identity: { application: {} },
        ids: "variables",
        workflow: ".github/workflows/release.yml",
      },
      resigned,
    ),
  ],
] as const;

describe("until a proposal is merged, the workflow in force keeps what it needs", () => {
  test.each(changes)("%s", async (_, old, next) => {
    await onEngine({ config: old }, async (bench) => {
      await standing(bench);
      const then = held(bench).filter((it) => !it.startsWith("federated"));
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
        return [...held(other), ...powers(other.clouds)];
      });
      expect([...held(bench), ...powers(bench.clouds)]).toEqual(fresh);
    });
  });
});
