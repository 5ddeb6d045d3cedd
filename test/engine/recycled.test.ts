import { describe, expect, test } from "vitest";
import { bornRepository } from "../../rehearsal/clouds/github/born";
import { parseWorld } from "../../rehearsal/world";
import { block } from "../support/block";
import { type Bench, config, onEngine, reasonOf, world } from "../support/engine";
import { NOTHING, quiet } from "../support/proposals";
import { trusted } from "../support/seen";

/** Somebody makes a repository `web`, with an id of its own. */
function recycle({ clouds }: Bench): void {
  const { github } = parseWorld(world({ repositories: [{ name: "web", id: 9 }] }));
  const [settings] = github.repositories;
  if (settings) clouds.github.add(bornRepository(github, settings));
}

const images = [{ name: "web" }];
const pipelines = (of: object) => config({ "countersign:pipelines": of });
const refusal = (at: string) =>
  block(
    `countersign:pipelines.${at}.repository`,
    '"Contoso/web"',
    "the repository that this stack's resources are in, which has the id 7",
    "this one has 9 and only its name: set `repository` to what the other is called now; if that is gone, run `pulumi refresh`, then `pulumi up`",
  );

describe("a new repository of an old name inherits no trust", () => {
  test.each([
    ["with an environment", { environment: "release" }],
    ["with none", {}],
  ])("%s", async (_, of) => {
    const wanted = pipelines({ web: { images, ...of } });
    await onEngine({ config: wanted }, async (bench) => {
      await bench.run("up", "first");
      const before = trusted(bench.clouds);
      bench.clouds.github.rename("web", "shop");
      recycle(bench);
      for (const operation of ["preview", "up"] as const) {
        expect(await reasonOf(bench.run(operation, operation))).toContain(refusal("web"));
      }
      expect(trusted(bench.clouds)).toEqual(before);
      await bench.configure(pipelines({ web: { images, ...of, repository: "shop" } }));
      expect(await bench.run("up", "renamed")).toMatchObject({ created: 0, deleted: 0 });
      await quiet(bench);
    });
  });

  test("until the state has forgotten the one that is gone", async () => {
    await onEngine(
      { config: pipelines({ web: { images, environment: "release" } }) },
      async (bench) => {
        await bench.run("up", "first");
        recycle(bench);
        expect(await reasonOf(bench.run("preview", "preview"))).toContain(refusal("web"));
        await bench.run("refresh", "refresh");
        await bench.run("up", "made anew");
        expect(trusted(bench.clouds)).toEqual(["repo:Contoso@5/web@9:environment:release"]);
        await quiet(bench);
      },
    );
  });

  test("nor where the pipeline has another key by then", async () => {
    await onEngine({ config: pipelines({ web: { images } }) }, async (bench) => {
      await bench.run("up", "first");
      recycle(bench);
      await bench.configure(pipelines({ site: { repository: "web", images } }));
      expect(await reasonOf(bench.run("up", "up"))).toContain(refusal("site"));
    });
  });
});

test("a renamed repository and a new one of its name have a pipeline each", async () => {
  const gated = { images, environment: "release" };
  await onEngine({ config: pipelines({ web: gated }) }, async (bench) => {
    await bench.run("up", "first");
    bench.clouds.github.rename("web", "shop");
    recycle(bench);
    await bench.configure(
      pipelines({
        web: { ...gated, repository: "shop" },
        next: { ...gated, images: [{ name: "next" }], repository: "web" },
      }),
    );
    expect(await bench.run("up", "both")).toMatchObject({ replaced: 0, deleted: 0 });
    for (const name of ["shop", "web"]) {
      const { environments, secrets } = bench.clouds.github.repository(name);
      expect([[...environments.keys()], secrets.size]).toEqual([["release"], 3]);
    }
    expect(trusted(bench.clouds)).toEqual([
      "repo:Contoso@5/shop@7:environment:release",
      "repo:Contoso@5/web@9:environment:release",
    ]);
    expect(await bench.run("up", "again")).toMatchObject(NOTHING);
  });
});
