import { expect, test } from "vitest";
import { bornRepository } from "../../rehearsal/clouds/github/born";
import { parseWorld, type WorldInput } from "../../rehearsal/world/world";
import { type Bench, config, onEngine, reasonOf, world } from "../support/engine";
import { NOTHING, quiet } from "../support/proposals";
import { faults, trusted } from "../support/seen";

/** Somebody makes a repository, with an id of its own. */
function add({ clouds }: Bench, name: string, id: number): void {
  const { github } = parseWorld(world({ repositories: [{ name, id }] }));
  for (const it of github.repositories) clouds.github.add(bornRepository(github, it));
}

const gated = { environment: "release", tags: ["v*"] };
const stack = (pipelines: object) => config({ "countersign:pipelines": pipelines });
const images = (name: string) => ({ images: [{ name }] });
const named = (...names: readonly string[]): WorldInput =>
  world({ repositories: names.map((name, index) => ({ name, id: 7 + 2 * index })) });
const gate = (name: string, id: number) => `repo:Contoso@5/${name}@${id}:environment:release`;
const refusal = (called: string, original: number, id: number) =>
  [
    `    given     "contoso/${called}"`,
    `    expected  the repository with id ${original}, in which this stack's resources are`,
    `    fix       This is a different repository (id ${id}) with the same name.`,
  ].join("\n");

test("a renamed repository keeps all it has, and a new one of its old name inherits nothing", async () => {
  const first = stack({ web: { ...gated, ...images("web") } });
  const shop = { ...gated, ...images("web"), repository: "shop" };
  await onEngine({ config: first }, async (bench) => {
    const { run, configure, clouds } = bench;
    await run("up", "first");
    const { environments } = clouds.github.repository("web");
    const made = structuredClone(environments);
    clouds.github.rename("web", "shop");
    add(bench, "web", 9);
    expect(await reasonOf(run("up", "up"))).toContain(refusal("web", 7, 9));
    expect(trusted(clouds)).toEqual([gate("web", 7)]);

    const renamed = stack({ web: { ...shop, adopt: true } });
    await configure(renamed);
    expect(await run("up", "renamed")).toMatchObject({ created: 0, replaced: 0, deleted: 0 });
    expect(environments).toEqual(made);
    expect(trusted(clouds)).toEqual([gate("shop", 7)]);
    expect(faults(clouds, renamed, named("shop", "web"))).toEqual([]);

    // Under another key it would be written anew, and then deleted with the old pipeline.
    await configure(stack({ site: shop }));
    expect(await reasonOf(run("preview", "key"))).toContain("Don't rename a pipeline key");

    const both = stack({ web: shop, next: { ...gated, ...images("next"), repository: "web" } });
    await configure(both);
    expect(await run("up", "both")).toMatchObject({ replaced: 0, deleted: 0 });
    for (const name of ["shop", "web"]) {
      const it = clouds.github.repository(name);
      expect([[...it.environments.keys()], it.secrets.size]).toEqual([["release"], 3]);
    }
    expect(trusted(clouds)).toEqual([gate("shop", 7), gate("web", 9)]);
    expect(faults(clouds, both, named("shop", "web"))).toEqual([]);
    await quiet(bench);
  });
});

test("a repository that is gone is forgotten by a refresh, and the new one is made anew", async () => {
  await onEngine({ config: stack({ web: images("web") }) }, async (bench) => {
    const { run, clouds } = bench;
    await run("up", "first");
    const files = clouds.github.repository("web").branches.get("main") ?? new Map();
    add(bench, "web", 9);
    // Somebody pushed what the old one had: a refresh leaves that in the state, with the old id.
    clouds.github.repository("web").branches.set("main", files);
    await run("refresh", "refresh");
    expect(await reasonOf(run("up", "up"))).toContain(refusal("web", 7, 9));
    files.clear();
    await run("refresh", "refresh");
    await run("up", "made anew");
    expect(trusted(clouds)).toEqual(["repo:Contoso@5/web@9:ref:refs/heads/main"]);
    expect(await run("up", "again")).toMatchObject(NOTHING);
  });
});
