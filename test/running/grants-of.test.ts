import { expect, test } from "vitest";
import { embeddedClouds } from "../../rehearsal/clouds/clouds";
import type { ProofRow } from "../../rehearsal/proof/prove";
import { grantsOf } from "../../rehearsal/running/grants-of";
import type { Services } from "../../rehearsal/running/services/services";
import { parseWorld } from "../../rehearsal/world/world";
import { config, world } from "../support/engine";
import { meant } from "../support/meant";

const services = { loginServer: "localhost:5000", user: "u", password: "p" } as Services;
const SUBSCRIPTION = "7f4f2a30-9d0c-4b0a-8a6e-0c6b2f2f1a04";
const row = { exchange: "token", actions: [] } as unknown as ProofRow;

test("a run gets the registry on this machine, the subscription, and the delays of its world", () => {
  const registry = { loginServer: "contosoimages-a1b2c3.azurecr.io", subscription: SUBSCRIPTION };
  const { azure, github } = world({ registry });
  const late = { github, azure: { ...azure, faults: { refusedLogins: 2 } } };
  const [intent] = meant(config(), late);
  if (!intent) throw new Error("no pipeline");
  const clouds = embeddedClouds(parseWorld(late));
  expect(grantsOf(clouds, intent, row, services)).toMatchObject({
    subscriptionId: SUBSCRIPTION,
    audience: "api://AzureADTokenExchange",
    exchange: "ok",
    registry: { name: "contosoimages", loginServer: "localhost:5000" },
    delays: { registry: 2 },
  });
});

test("without delays, each login is accepted at once", () => {
  const [intent] = meant(config(), world());
  if (!intent) throw new Error("no pipeline");
  const grants = grantsOf(embeddedClouds(parseWorld(world())), intent, row, services);
  expect(grants.registry).toEqual({ name: "contosoimages", ...services });
  expect(grants.delays).toEqual({ registry: 0 });
});
