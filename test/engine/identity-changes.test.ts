import { describe, expect, test } from "vitest";
import { type Bench, type Config, onEngine } from "../support/engine";
import {
  APPLICATION,
  clientIdOf,
  held,
  IDENTITY,
  inhabited,
  ownApplication,
  ownIdentity,
  powers,
  stackOf,
  violations,
} from "../support/identities";
import { lack, partedBy, watch } from "../support/replay";

const there = inhabited({
  identities: [IDENTITY, { ...IDENTITY, name: "another" }],
  applications: [APPLICATION],
});
const OTHERS = [
  "application Release signer",
  "application Release signer, service principal",
  "identity another",
  "identity signer",
];
const MAIN = "repo:Contoso@5/web@7:ref:refs/heads/main";
const OWN = [`${MAIN} (branch-main-immutable)`];
const AMONG = [`${MAIN} (web_branch-main-immutable)`];

/** What an identity is made of in the state, by the names that follow `web-` and the like. */
const roles = (prefix: string) =>
  [
    "registry-contosoimages-reader",
    "registry-contosoimages-writer",
    "signer-contoso-signing.container-images-sign",
  ].map((it) => `${prefix}-${it}`);

const kinds = {
  created: {
    identity: undefined,
    made: ["web-identity", "web-identity-branch-main-immutable", ...roles("web")],
    held: ownIdentity("countersign-test-web", ["web"], OWN),
  },
  application: {
    identity: { application: {} },
    made: [
      "web-application-application",
      "web-application-branch-main-immutable",
      "web-application-principal",
      ...roles("web-application"),
    ],
    held: ownApplication("countersign-test-web", ["web"], OWN),
  },
  shared: {
    identity: { share: "team" },
    made: ["team-identity", "web-shared-team-web_branch-main-immutable", ...roles("team")],
    held: ownIdentity("countersign-test-team", ["web"], AMONG),
  },
  "shared with another name": {
    identity: { share: "squad" },
    made: ["squad-identity", "web-shared-squad-web_branch-main-immutable", ...roles("squad")],
    held: ownIdentity("countersign-test-squad", ["web"], AMONG),
  },
  existing: {
    identity: { existing: IDENTITY },
    made: ["web-existing-f557c207-web_branch-main-immutable", ...roles("web-existing-f557c207")],
    held: powers("signer", ["web"], AMONG),
  },
  "another existing": {
    identity: { existing: { ...IDENTITY, name: "another" } },
    made: ["web-existing-088971cd-web_branch-main-immutable", ...roles("web-existing-088971cd")],
    held: powers("another", ["web"], AMONG),
  },
  "existing application": {
    identity: { existingApplication: APPLICATION.clientId },
    made: ["web-existing-a0b48ac8-web_branch-main-immutable", ...roles("web-existing-a0b48ac8")],
    held: powers("Release signer", ["web"], AMONG),
  },
};
type Kind = keyof typeof kinds;

const pairs: ReadonlyArray<readonly [Kind, Kind]> = [
  ["created", "application"],
  ["created", "shared"],
  ["created", "existing"],
  ["created", "existing application"],
  ["application", "shared"],
  ["application", "existing application"],
  ["existing", "another existing"],
  ["existing", "existing application"],
  ["shared", "shared with another name"],
];

const having = (kind: Kind): Config => stackOf({ web: { identity: kinds[kind].identity } });
const RUN = { repository: "web", context: "ref:refs/heads/main", images: ["web"] };
const SWITCH = "update web-ids-azure-client-id";

/** From one kind to another: all of the new before the secret changes, all of the old after. */
async function change({ run, configure, clouds }: Bench, from: Kind, to: Kind): Promise<void> {
  const start = clouds.traffic.writes.length;
  const before = clientIdOf(clouds, "web");
  await configure(having(to));
  await run("preview", `preview ${to}`);
  await run("up", `${from} → ${to}`);
  expect(partedBy(clouds, SWITCH, start)).toEqual([
    kinds[to].made.map((name) => `create ${name}`).sort(),
    kinds[from].made.map((name) => `delete ${name}`).sort(),
  ]);
  expect(clientIdOf(clouds, "web")).not.toBe(before);
  expect(held(clouds)).toEqual([...OTHERS, ...kinds[to].held].sort());
  expect(violations(clouds, having(to), there)).toEqual([]);
  expect(await run("up", "again")).toMatchObject({ created: 0, updated: 0, deleted: 0 });
}

describe("another identity is whole before the secret names it, and the old one goes after", () => {
  test.each(pairs)("%s → %s, and back", async (one, other) => {
    await onEngine({ config: having(one), world: there }, async (bench) => {
      const { run, clouds } = bench;
      const before = clouds.inventory();
      await run("up", one);
      expect(lack(clouds, RUN)).toBeUndefined();
      const gaps = watch(clouds, [RUN]);
      await change(bench, one, other);
      await change(bench, other, one);
      expect(gaps).toEqual([]);
      await run("destroy", "destroy");
      expect(clouds.inventory()).toEqual(before);
    });
  });

  test("one role made anew is a gap that the replay sees", async () => {
    await onEngine({ config: having("created"), world: there }, async ({ run, clouds }) => {
      await run("up", "up");
      const gaps = watch(clouds, [RUN]);
      const type = "SigningPipeline$countersign:index:RegistryAccess$azure-native:authorization";
      const urn = `urn:pulumi:test::countersign::countersign:index:${type}:RoleAssignment::web-registry-contosoimages-writer`;
      await run("up", "replace", { replace: [urn] });
      expect(gaps).toEqual([
        "web after delete web-registry-contosoimages-writer: no role assignment allows it",
      ]);
    });
  });
});
