import { describe, expect, test } from "vitest";
import { type Config, onEngine } from "../support/engine";
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
import { NOTHING } from "../support/proposals";
import { type Kept, lack, partedBy, watch } from "../support/replay";

const trust = (of: string, owner = "") =>
  `repo:Contoso@5/${of}:ref:refs/heads/main (${owner}branch-main-immutable)`;
const runOf = (repository: string): Kept => ({
  repository,
  context: "ref:refs/heads/main",
  images: [repository],
});

describe("another identity is whole before the secret names it, and the old one goes after", () => {
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
  const [OWN, AMONG] = [[trust("web@7")], [trust("web@7", "web_")]];

  /** What an identity is made of in the state, by the names that follow `web-` and the like. */
  const roles = (prefix: string) =>
    [
      "registry-contosoimages-reader",
      "registry-contosoimages-writer",
      "signer-contoso-signing.container-images-sign",
    ].map((it) => `${prefix}-${it}`);
  const existing = (key: string) => [
    `web-existing-${key}-web_branch-main-immutable`,
    ...roles(`web-existing-${key}`),
  ];
  const shared = (name: string) => [
    `${name}-identity`,
    `web-shared-${name}-web_branch-main-immutable`,
    ...roles(name),
  ];

  const created = {
    name: "created",
    identity: undefined as object | undefined,
    made: ["web-identity", "web-identity-branch-main-immutable", ...roles("web")],
    held: ownIdentity("countersign-test-web", ["web"], OWN),
  };
  /** Each is left for the next one, and the last one for the first. */
  const kinds: Array<typeof created> = [
    created,
    {
      name: "application",
      identity: { application: {} },
      made: [
        "web-application-application",
        "web-application-branch-main-immutable",
        "web-application-principal",
        ...roles("web-application"),
      ],
      held: ownApplication("countersign-test-web", ["web"], OWN),
    },
    {
      name: "shared",
      identity: { share: "team" },
      made: shared("team"),
      held: ownIdentity("countersign-test-team", ["web"], AMONG),
    },
    {
      name: "shared with another name",
      identity: { share: "squad" },
      made: shared("squad"),
      held: ownIdentity("countersign-test-squad", ["web"], AMONG),
    },
    {
      name: "existing",
      identity: { existing: IDENTITY },
      made: existing("f557c207"),
      held: powers("signer", ["web"], AMONG),
    },
    {
      name: "another existing",
      identity: { existing: { ...IDENTITY, name: "another" } },
      made: existing("088971cd"),
      held: powers("another", ["web"], AMONG),
    },
    {
      name: "existing application",
      identity: { existingApplication: APPLICATION.clientId },
      made: existing("a0b48ac8"),
      held: powers("Release signer", ["web"], AMONG),
    },
  ];
  const having = ({ identity }: typeof created): Config => stackOf({ web: { identity } });

  test("of each kind, one after another", async () => {
    await onEngine(
      { config: having(created), world: there },
      async ({ run, configure, clouds }) => {
        const before = clouds.inventory();
        await run("up", "created");
        expect(lack(clouds, runOf("web"))).toBeUndefined();
        const gaps = watch(clouds, [runOf("web")]);
        for (const [index, from] of kinds.entries()) {
          const to = kinds[(index + 1) % kinds.length] ?? created;
          const start = clouds.traffic.writes.length;
          const clientId = clientIdOf(clouds, "web");
          await configure(having(to));
          await run("up", `${from.name} → ${to.name}`);
          expect(partedBy(clouds, "update web-ids-azure-client-id", start)).toEqual([
            to.made.map((name) => `create ${name}`).sort(),
            from.made.map((name) => `delete ${name}`).sort(),
          ]);
          expect(clientIdOf(clouds, "web")).not.toBe(clientId);
          expect(held(clouds)).toEqual([...OTHERS, ...to.held].sort());
          expect(violations(clouds, having(to), there)).toEqual([]);
        }
        expect(await run("up", "again")).toMatchObject(NOTHING);
        expect(gaps).toEqual([]);

        // One role made anew is a gap, and the replay sees it.
        const type = "SigningPipeline$countersign:index:RegistryAccess$azure-native:authorization";
        const urn = `urn:pulumi:test::countersign::countersign:index:${type}:RoleAssignment::web-registry-contosoimages-writer`;
        await run("up", "replace", { replace: [urn] });
        expect(gaps).toEqual([
          "web after delete web-registry-contosoimages-writer: no role assignment allows it",
        ]);
        await run("destroy", "destroy");
        expect(clouds.inventory()).toEqual(before);
      },
    );
  });
});
