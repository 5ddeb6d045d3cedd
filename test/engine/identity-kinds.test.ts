import { expect, test } from "vitest";
import { type Bench, onEngine } from "../support/engine";
import {
  APPLICATION,
  clientIdOf,
  held,
  IDENTITY,
  identityId,
  inhabited,
  listen,
  live,
  ownApplication,
  ownIdentity,
  powers,
  stackOf,
  violations,
} from "../support/identities";

const NAMES = ["own", "theirs", "app", "known", "red", "blue"];
const ids = Object.fromEntries(NAMES.map((name, index) => [name, 7 + index]));
const main = (name: string) => `repo:Contoso@5/${name}@${ids[name]}:ref:refs/heads/main`;
const alone = (name: string) => [`${main(name)} (branch-main-immutable)`];
const among = (...names: readonly string[]) =>
  names.map((name) => `${main(name)} (${name}_branch-main-immutable)`);

const theirs = { name: "theirs", subject: "repo:Contoso/other:ref:refs/heads/main" };
const there = inhabited(
  {
    identities: [{ ...IDENTITY, credentials: [theirs] }],
    applications: [{ ...APPLICATION, credentials: [theirs] }],
  },
  NAMES.map((name) => ({ name, id: ids[name] ?? 0 })),
);
const OTHERS = [
  "application Release signer",
  "application Release signer, service principal",
  "identity signer",
  ...["Release signer", "signer"].map((it) => `${it} trusts ${theirs.subject} (theirs)`),
];
const OWNERS = [1, 2].map((it) => `0e8e2d5c-0000-4000-8000-00000000000${it}`);
const share = { identity: { share: "team" } };

test("identities of all kinds: made, unchanged, refreshed, gone; and what others made stays", async () => {
  const identities: Record<string, object> = {
    own: {},
    theirs: { identity: { existing: identityId("SIGNER").replace("rg-other", "RG-OTHER") } },
    app: { identity: { application: { displayName: "Web signer", owners: OWNERS } } },
    known: { identity: { existingApplication: APPLICATION.clientId.toUpperCase() } },
    red: share,
    blue: share,
  };
  const pipelines = NAMES.map((name) => [name, identities[name]]);
  const config = stackOf(Object.fromEntries(pipelines));
  await onEngine({ config, world: there }, async (bench) => {
    const { clouds } = bench;
    const { said, onEvent } = listen("info");
    const listening: Bench = { ...bench, run: (of, name) => bench.run(of, name, { onEvent }) };
    await live(listening, 87, () => {
      const made = [
        ...ownIdentity("countersign-test-own", ["own"], alone("own")),
        ...powers("signer", ["theirs"], among("theirs")),
        ...ownApplication("Web signer", ["app"], alone("app")),
        ...OWNERS.map((owner) => `application Web signer, owner ${owner}`),
        ...powers("Release signer", ["known"], among("known")),
        ...ownIdentity("countersign-test-team", ["blue", "red"], among("blue", "red")),
      ];
      expect(held(clouds)).toEqual([...OTHERS, ...made].sort());
      const team = [...clouds.azure.identities.values()].find((it) => /team$/.test(it.name));
      expect(["red", "blue"].map((name) => clientIdOf(clouds, name))).toEqual([
        team?.clientId,
        team?.clientId,
      ]);
      expect(violations(clouds, config, there)).toEqual([]);
    });
    expect([...new Set(said)]).toEqual([
      "countersign:index:SharedIdentity team: is shared by blue, red: each of them can push the others' images",
    ]);
  });
});
