import { describe, expect, test } from "vitest";
import type { PipelinePlan } from "../../../planning/stack-plan";
import { config } from "../../support/config";
import { found, planned, plannedWeb, repository, snapshot } from "../../support/planning";
import { refused } from "../../support/refused";

const [ONE, TWO, THREE] = [1, 2, 3].map(
  (n) => `${`${n}`.repeat(4)}0000-0000-4000-8000-00000000c0de`,
);

describe("a stack in several subscriptions", () => {
  const registry = { resourceGroup: "rg-images", name: "contosoimages", subscription: ONE };

  test("logs in to the registry's, and creates identities there or where it says", () => {
    const [plan] = planned(config({ "countersign:registry": registry })).pipelines;
    expect(plan?.azure).toEqual({ tenantId: "tenant-1", subscriptionId: ONE });
    expect(plan?.identity).toMatchObject({ resourceGroup: "rg-images", subscription: ONE });
    const elsewhere = {
      "countersign:registry": registry,
      "countersign:identity": { resourceGroup: "rg-ids", subscription: THREE },
    };
    const [other] = planned(config(elsewhere)).pipelines;
    expect(other?.azure.subscriptionId).toBe(ONE);
    expect(other?.identity).toMatchObject({ resourceGroup: "rg-ids", subscription: THREE });
  });

  test("logs in to the provider's where it says nothing", () => {
    expect(plannedWeb().azure.subscriptionId).toBe("sub-1");
    expect(plannedWeb().identity).toMatchObject({ subscription: undefined });
  });

  test("does not move an identity that it created", () => {
    const first = planned(config()).pipelines[0] as PipelinePlan;
    const records = { web: first.record };
    const moved = { "countersign:identity": { resourceGroup: "rg-ids", subscription: TWO } };
    expect(refused(config(moved), { records })).toEqual([
      `countersign:identity.subscription | "${TWO}" | sub-1, where the identities of web are | Set \`countersign:identity.subscription\` to that subscription. To move an identity, remove its pipeline in a run of its own first.`,
    ]);
    expect(refused(config(), { records })).toEqual([]);
    const existing = { name: "signer", resourceGroup: "rg-ids" };
    const identities = { web: found({ id: "x", name: "n", clientId: "c", principalId: "p" }) };
    const pipelines = { web: { identity: { existing } } };
    const other = config({ ...moved, "countersign:pipelines": pipelines });
    expect(refused(other, { records, azure: { identities } })).toEqual([]);
  });

  test("uses an identity of any subscription", () => {
    const there = {
      azure: {
        identities: { web: found({ id: "x", name: "n", clientId: "c", principalId: "p" }) },
      },
    };
    const existing = { name: "signer", resourceGroup: "rg-ids", subscription: TWO };
    const { identity } = plannedWeb({ identity: { existing } }, there);
    expect(identity).toMatchObject({ kind: "existing", subscription: TWO });
  });
});

test("tags are those of every identity that is created", () => {
  const tags = { team: "platform", "cost center": "42" };
  const pipelines = { web: {}, api: { identity: { share: "team" } } };
  const given = config({ "countersign:tags": tags, "countersign:pipelines": pipelines });
  const there = { repositories: { web: repository(), api: repository({ name: "api", id: 8 }) } };
  const plan = planned(given, snapshot(there));
  expect([plan.pipelines[0]?.identity, plan.sharedIdentities[0]?.identity]).toEqual([
    expect.objectContaining({ tags }),
    expect.objectContaining({ tags }),
  ]);
  expect(plannedWeb().identity).not.toHaveProperty("tags");
});

test("an enterprise's own issuer is the one that is trusted", () => {
  const issuer = "https://token.actions.githubusercontent.com/contoso-group";
  const pipelines = { web: {}, api: { identity: { share: "team" } } };
  const given = config({ "countersign:issuer": issuer, "countersign:pipelines": pipelines });
  const there = { repositories: { web: repository(), api: repository({ name: "api", id: 8 }) } };
  const { pipelines: planned_, sharedIdentities } = planned(given, snapshot(there));
  expect([...planned_, ...sharedIdentities].map(({ terms }) => terms.issuer)).toEqual([
    issuer,
    issuer,
    issuer,
  ]);
});
