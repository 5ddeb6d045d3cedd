import { expect, test } from "vitest";
import { type Bench, config, onEngine, world } from "../support/engine";
import { quiet } from "../support/proposals";
import { faults } from "../support/seen";

/** Names of resource groups, as Azure spells them later. */
const SPELLED = ["RG-IMAGES", "Rg-Signing"];
const spelled = (id: string) =>
  SPELLED.reduce((it, group) => it.replace(new RegExp(`(?<=/)${group}(?=/)`, "i"), group), id);

/** Azure spells the groups, and with them all scopes, in another case than before. */
function respell({ clouds: { azure } }: Bench): void {
  const groups = azure.world.resourceGroups;
  groups.splice(0, SPELLED.length, ...SPELLED);
}

const names = ({ clouds }: Bench) => [...clouds.azure.assignments.keys()];

test("a registry whose id Azure spells in another case: nothing is replaced", async () => {
  await onEngine({}, async (bench) => {
    const { run, clouds } = bench;
    await run("up", "up");
    const before = names(bench);
    respell(bench);
    await quiet(bench, "up", "refresh", "up");
    expect(names(bench)).toEqual(before);
    expect(faults(clouds, config(), world())).toEqual([]);
    await run("destroy", "destroy");
    expect(clouds.azure.inventory()).toEqual([]);
  });
});

test("role assignments whose scope Azure spells in another case: nothing is replaced", async () => {
  await onEngine({}, async (bench) => {
    const { run, clouds } = bench;
    await run("up", "up");
    const before = names(bench);
    respell(bench);
    for (const [key, it] of clouds.azure.assignments) {
      clouds.azure.assignments.set(key, { ...it, id: spelled(it.id), scope: spelled(it.scope) });
    }
    await run("refresh", "refresh");
    await quiet(bench);
    expect(names(bench)).toEqual(before);
  });
});

const registry = { resourceGroup: "RG-IMAGES", name: "ContosoImages", permissions: "abac" };
const unreadable = {
  config: config({ "countersign:registry": registry }),
  world: world({ registry: { readable: false } }),
};

test("a registry that cannot be read, and that the configuration spells in another case", async () => {
  await onEngine(unreadable, async (bench) => {
    await bench.run("up", "up");
    await quiet(bench, "up", "refresh", "up");
    expect(faults(bench.clouds, unreadable.config, unreadable.world)).toEqual([]);
  });
});

test("a registry that can be read later, and that Azure spells in another case", async () => {
  await onEngine(unreadable, async (bench) => {
    await bench.run("up", "up");
    const { registries } = bench.clouds.azure.world;
    for (const it of registries.splice(0)) registries.push({ ...it, readable: true });
    await quiet(bench, "up", "refresh", "up");
  });
});
