import { describe, expect, test } from "vitest";
import { onEngine } from "../support/engine";
import {
  APPLICATION,
  held,
  IDENTITY,
  identityId,
  inhabited,
  live,
  ownApplication,
  ownIdentity,
  powers,
  stackOf,
  violations,
} from "../support/identities";

const MAIN = "repo:Contoso@5/web@7:ref:refs/heads/main";
const OWN = `${MAIN} (branch-main-immutable)`;
const AMONG_OTHERS = `${MAIN} (web_branch-main-immutable)`;
const theirs = { name: "theirs", subject: "repo:Contoso/other:ref:refs/heads/main" };
const THEIRS = `${theirs.subject} (theirs)`;
const there = inhabited({
  identities: [{ ...IDENTITY, credentials: [theirs] }],
  applications: [{ ...APPLICATION, credentials: [theirs] }],
});
const OTHERS = [
  "identity signer",
  `signer trusts ${THEIRS}`,
  "application Release signer",
  "application Release signer, service principal",
  `Release signer trusts ${THEIRS}`,
];
const OWNERS = [1, 2].map((it) => `0e8e2d5c-0000-4000-8000-00000000000${it}`);

/** The identity chosen, how many resources there are, and what Azure and Entra then hold. */
const kinds = [
  ["nothing said", undefined, 17, ownIdentity("countersign-test-web", ["web"], [OWN])],
  [
    "an existing one by its resource id",
    { existing: identityId("signer") },
    16,
    powers("signer", ["web"], [AMONG_OTHERS]),
  ],
  [
    "an existing one by its resource id in another case",
    { existing: identityId("SIGNER").replace("rg-other", "RG-OTHER") },
    16,
    powers("signer", ["web"], [AMONG_OTHERS]),
  ],
  [
    "an existing one by name and group",
    { existing: IDENTITY },
    16,
    powers("signer", ["web"], [AMONG_OTHERS]),
  ],
  [
    "an application",
    { application: {} },
    18,
    ownApplication("countersign-test-web", ["web"], [OWN]),
  ],
  [
    "an application with a name and owners",
    { application: { displayName: "Web signer", owners: OWNERS } },
    20,
    [
      ...ownApplication("Web signer", ["web"], [OWN]),
      ...OWNERS.map((owner) => `application Web signer, owner ${owner}`),
    ],
  ],
  [
    "an existing application",
    { existingApplication: APPLICATION.clientId.toUpperCase() },
    16,
    powers("Release signer", ["web"], [AMONG_OTHERS]),
  ],
] as const;

describe("whom the runs of a pipeline log in as", () => {
  test.each(kinds)("%s: made, unchanged, refreshed, gone", async (_, identity, count, expected) => {
    const web = identity ? { identity } : {};
    const settings = { config: stackOf({ web }), world: there };
    await onEngine(settings, async (bench) => {
      await live(bench, count, () => {
        expect(held(bench.clouds)).toEqual([...OTHERS, ...expected].sort());
        expect(violations(bench.clouds, settings.config, there)).toEqual([]);
      });
    });
  });
});
