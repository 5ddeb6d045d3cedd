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
const refusal = (at: string, left: string, now = 9) =>
  block(
    `countersign:pipelines.${at}.repository`,
    '"Contoso/web"',
    "the repository that this stack's resources are in, which has the id 7",
    `this one has ${now} and only its name: set \`repository\` to what the other is called now; if that is gone, delete from this one, on GitHub, what it has of ${left}, run \`pulumi refresh\`, then \`pulumi up\``,
  );
const FILES = "web-files-timestamp-root, web-files-workflow";
const IDS = "web-ids-azure-client-id, web-ids-azure-subscription-id, web-ids-azure-tenant-id";
const GATE = "web-environment-release, web-environment-release-branch-main";

describe("a new repository of an old name inherits no trust", () => {
  test.each([
    ["with an environment", { environment: "release" }, `${GATE}, ${FILES}, ${IDS}`],
    ["with none", {}, `${FILES}, ${IDS}`],
  ])("%s", async (_, of, left) => {
    const wanted = pipelines({ web: { images, ...of } });
    await onEngine({ config: wanted }, async (bench) => {
      await bench.run("up", "first");
      const before = trusted(bench.clouds);
      bench.clouds.github.rename("web", "shop");
      recycle(bench);
      for (const operation of ["preview", "up"] as const) {
        expect(await reasonOf(bench.run(operation, operation))).toContain(refusal("web", left));
      }
      expect(trusted(bench.clouds)).toEqual(before);
      await bench.configure(pipelines({ web: { images, ...of, repository: "shop" } }));
      expect(await bench.run("up", "renamed")).toMatchObject({ created: 0, deleted: 0 });
      await quiet(bench);
    });
  });

  test("until the state has forgotten the one that is gone", async () => {
    await onEngine({ config: pipelines({ web: { images } }) }, async (bench) => {
      await bench.run("up", "first");
      const files = bench.clouds.github.repository("web").branches.get("main");
      recycle(bench);
      // Somebody pushed what the old one held; a refresh leaves that in the state, with the old id.
      bench.clouds.github.repository("web").branches.set("main", files ?? new Map());
      await bench.run("refresh", "refresh");
      expect(await reasonOf(bench.run("preview", "preview"))).toContain(refusal("web", FILES));
      bench.clouds.github.repository("web").branches.get("main")?.clear();
      await bench.run("refresh", "refresh");
      await bench.run("up", "made anew");
      expect(trusted(bench.clouds)).toEqual(["repo:Contoso@5/web@9:ref:refs/heads/main"]);
      await quiet(bench);
    });
  });

  test("nor where the pipeline has another key by then", async () => {
    await onEngine({ config: pipelines({ web: { images } }) }, async (bench) => {
      await bench.run("up", "first");
      recycle(bench);
      await bench.configure(pipelines({ site: { repository: "web", images } }));
      expect(await reasonOf(bench.run("up", "up"))).toContain(refusal("site", `${FILES}, ${IDS}`));
    });
  });
});

test.each([
  ["web", "next"],
  ["web-files", "web"],
])(
  "a renamed repository and a new one of its name have a pipeline each: %s, %s",
  async (first, second) => {
    const gated = { images, environment: "release" };
    await onEngine(
      { config: pipelines({ [first]: { ...gated, repository: "web" } }) },
      async (bench) => {
        await bench.run("up", "first");
        bench.clouds.github.rename("web", "shop");
        recycle(bench);
        await bench.configure(
          pipelines({
            [first]: { ...gated, repository: "shop" },
            [second]: { ...gated, images: [{ name: "next" }], repository: "web" },
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
      },
    );
  },
);

test("two repositories that swap names do not swap the trust in them", async () => {
  const of = (web: string, api: string) =>
    pipelines({
      web: { images, repository: web },
      api: { repository: api, images: [{ name: "api" }] },
    });
  const repositories = [
    { name: "web", id: 7 },
    { name: "api", id: 8 },
  ];
  await onEngine({ config: of("web", "api"), world: world({ repositories }) }, async (bench) => {
    await bench.run("up", "first");
    for (const [from, to] of [
      ["web", "x"],
      ["api", "web"],
      ["x", "api"],
    ] as const) {
      bench.clouds.github.rename(from, to);
    }
    expect(await reasonOf(bench.run("up", "up"))).toContain(refusal("web", `${FILES}, ${IDS}`, 8));
    await bench.configure(of("api", "web"));
    expect(await bench.run("up", "as they are called now")).toMatchObject({
      created: 0,
      deleted: 0,
    });
    await quiet(bench);
  });
});
