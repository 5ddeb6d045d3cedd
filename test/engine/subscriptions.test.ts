import { expect, test } from "vitest";
import { type Bench, config, onEngine, world } from "../support/engine";
import { NOTHING, quiet, web } from "../support/proposals";
import { faults } from "../support/seen";

const [REGISTRY = "", SIGNING = "", IDENTITY = ""] = [1, 2, 3].map(
  (n) => `${`${n}`.repeat(4)}0000-0000-4000-8000-00000000c0de`,
);
const registry = { resourceGroup: "rg-images", name: "contosoimages", subscription: REGISTRY };
const account = { resourceGroup: "rg-signing", name: "contoso-signing", subscription: SIGNING };
const it = world({ registry, account });
const otherSubscriptions = [{ subscriptionId: IDENTITY, resourceGroups: ["rg-ids"] }];
const there = { ...it, azure: { ...it.azure, otherSubscriptions } };
const given = config({
  "countersign:registry": registry,
  "countersign:signing": {
    resourceGroup: account.resourceGroup,
    account: account.name,
    profile: "container-images",
    subscription: SIGNING,
  },
  "countersign:identity": { resourceGroup: "rg-ids", subscription: IDENTITY },
});

/** The subscription that an id begins with. */
const subscriptionOf = (id: string) => id.split("/")[2];

/** The Azure providers of the state, and what each resource of Azure has. */
async function providers({ stack }: Bench): Promise<Record<string, string[]>> {
  const { resources = [] } = (await stack.exportStack()).deployment;
  const all: Record<string, string[]> = {};
  for (const { urn, provider = "" } of resources as { urn: string; provider?: string }[]) {
    const [, type, name] = /providers:(azure-native)::([^:]+)::/.exec(provider) ?? [];
    if (type) all[name ?? ""] = [...(all[name ?? ""] ?? []), urn.split("::").at(-1) ?? ""].sort();
  }
  return all;
}

test("a registry, an account and an identity, each in a subscription of its own", async () => {
  await onEngine({ config: given, world: there }, async (bench) => {
    const { run, clouds } = bench;
    const before = clouds.inventory();
    await run("up", "up");
    const { identities, credentials, assignments } = clouds.azure;
    expect(
      [...identities.values(), ...credentials.values()].map(({ id }) => subscriptionOf(id)),
    ).toEqual([IDENTITY, IDENTITY]);
    expect([...assignments.values()].map(({ scope }) => subscriptionOf(scope)).sort()).toEqual([
      REGISTRY,
      REGISTRY,
      SIGNING,
    ]);
    expect(web(bench).secrets.get("AZURE_SUBSCRIPTION_ID")?.value).toBe(REGISTRY);
    expect(faults(clouds, given, there)).toEqual([]);

    const roles = [
      "web-registry-contosoimages-reader",
      "web-registry-contosoimages-writer",
      "web-signer-contoso-signing.container-images-sign",
    ];
    expect(await providers(bench)).toMatchObject({
      [`azure-${IDENTITY}`]: ["web-identity", "web-identity-branch-main-immutable"],
      default_3_28_0: roles,
    });

    await quiet(bench, "up", "refresh", "up");
    expect(await run("destroy", "destroy")).toMatchObject({ ...NOTHING, deleted: 20 });
    expect(clouds.inventory()).toEqual(before);
  });
});
