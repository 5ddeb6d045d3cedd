import { expect, test } from "vitest";
import { type Bench, type Config, config, onEngine, world } from "../support/engine";
import { inventory, quiet, web } from "../support/proposals";
import { faults } from "../support/seen";

const path = (stage: string) => `.github/workflows/sign-${stage}.yml`;
const of = (stage: string): Config =>
  config({
    "countersign:pipelines": {
      web: { environment: stage, level: "environment", workflow: path(stage) },
    },
  });
const there = world();
const NAMES = ["AZURE_CLIENT_ID", "AZURE_SUBSCRIPTION_ID", "AZURE_TENANT_ID"];

/** What of a repository one stack made. */
const onGitHub = (stage: string) =>
  [
    `environment web/${stage}`,
    `file web/${path(stage)} on main`,
    ...NAMES.map((name) => `secret web/${stage}/${name}`),
  ].sort();
const ofGitHub = (bench: Bench) =>
  inventory(bench)
    .filter((it) => /^(environment|file|secret) /.test(it))
    .sort();

test("two stacks sign one repository, and destroying one takes nothing of the other", async () => {
  await onEngine({ config: of("dev"), world: there, stack: "dev" }, async (dev) => {
    const { clouds } = dev;
    const before = clouds.inventory();
    await onEngine({ config: of("prod"), clouds, stack: "prod" }, async (prod) => {
      await dev.run("up", "dev");
      await prod.run("up", "prod");
      expect(ofGitHub(prod)).toEqual([...onGitHub("dev"), ...onGitHub("prod")].sort());
      expect([...clouds.azure.identities.values()].map(({ name }) => name)).toEqual([
        "countersign-dev-web",
        "countersign-prod-web",
      ]);
      for (const stage of ["dev", "prod"]) expect(faults(clouds, of(stage), there)).toEqual([]);
      await quiet(dev, "up", "refresh", "up");
      await quiet(prod);

      const { environments, branches } = web(prod);
      const kept = () =>
        structuredClone([environments.get("prod"), branches.get("main")?.get(path("prod"))]);
      const its = kept();
      await dev.run("destroy", "dev");
      expect(ofGitHub(prod)).toEqual(onGitHub("prod"));
      expect(kept()).toEqual(its);
      expect(faults(clouds, of("prod"), there)).toEqual([]);
      await quiet(prod, "up", "refresh", "up");
      await prod.run("destroy", "prod");
      expect(clouds.inventory()).toEqual(before);
    });
  });
});
