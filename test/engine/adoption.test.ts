import { describe, expect, test } from "vitest";
import { type Bench, config, onEngine, reasonOf, world } from "../support/engine";

const policies = [
  { name: "main", type: "branch" as const },
  { name: "v*", type: "tag" as const },
];
const inEnvironment = { branches: ["main"], tags: ["v*"], environment: "release" };
const pipeline = (web: object) => config({ "countersign:pipelines": { web } });
const repository = (changes: object) =>
  world({ repositories: [{ name: "web", id: 7, ...changes }] });

const WORKFLOW = ".github/workflows/sign-image.yml";
const ROOT = ".github/certs/timestamp-root.pem";

/** What is there, and how a stack that did not make it is refused at preview. */
const theirs = [
  [
    "a secret",
    repository({ secrets: ["AZURE_TENANT_ID"] }),
    "secret AZURE_TENANT_ID of Contoso/web",
    "set `adopt: true` to overwrite it, or name another repository",
  ],
  [
    "the workflow",
    repository({ files: { [WORKFLOW]: "theirs" } }),
    `file ${WORKFLOW} on branch main of Contoso/web`,
    "set `adopt: true` to overwrite and keep it, or choose another path with `workflow`",
  ],
  [
    "the certificate",
    repository({ files: { [ROOT]: "theirs" } }),
    `file ${ROOT} on branch main of Contoso/web`,
    "set `adopt: true` to overwrite and keep it, or choose another path with `workflow`",
  ],
  [
    "the environment",
    repository({ environments: [{ name: "Release", reviewers: ["alice"], policies }] }),
    "environment release of Contoso/web",
    "set `environment.create: false` to use it as it is, or choose another name",
  ],
] as const;

describe("what is there and not ours", () => {
  test.each(theirs)("%s is refused at preview, with both ways on", async (_, world, what, ways) => {
    const settings = { config: pipeline(inEnvironment), world };
    await onEngine(settings, async ({ run, clouds }) => {
      const before = clouds.inventory();
      const reason = await reasonOf(run("preview", "preview"));
      expect(reason).toContain(`given    "${what}"`);
      expect(reason).toContain(`remedy   ${ways}`);
      expect(clouds.inventory()).toEqual(before);
      expect(await reasonOf(run("up", "up"))).toContain(`given    "${what}"`);
      expect(clouds.inventory()).toEqual(expect.arrayContaining(before));
      const [environment] = clouds.github.repository("web").environments.values();
      if (what.startsWith("environment")) expect(environment?.reviewers).toEqual(["alice"]);
    });
  });

  test("with adopt: secrets and files are taken over, the environment is left as it is", async () => {
    const theirWorld = repository({
      secrets: ["AZURE_TENANT_ID", "OTHER"],
      files: { [WORKFLOW]: "theirs", "README.md": "theirs" },
      environments: [{ name: "release", reviewers: ["alice"], policies }],
    });
    const settings = { config: pipeline({ ...inEnvironment, adopt: true }), world: theirWorld };
    await onEngine(settings, async ({ run, clouds }) => {
      const { environments, secrets, branches } = clouds.github.repository("web");
      const protection = structuredClone(environments);
      await run("preview", "preview");
      await run("up", "up");
      expect(await run("up", "again")).toMatchObject({ created: 0, updated: 0, replaced: 0 });
      expect(branches.get("main")?.get(WORKFLOW)).toContain("environment: release");
      expect(secrets.get("AZURE_TENANT_ID")?.value).toBe(clouds.azure.world.tenantId);
      await run("destroy", "destroy");
      expect(environments).toEqual(protection);
      expect([...(branches.get("main")?.keys() ?? [])].sort()).toEqual(
        [ROOT, WORKFLOW, "README.md"].sort(),
      );
      expect([...secrets.keys()]).toEqual(["OTHER"]);
    });
  });
});

describe("adopt, said after the first `up`", () => {
  const environments = ({ clouds }: Bench) => clouds.github.repository("web").environments;

  test("leaves an environment that this stack made its own", async () => {
    await onEngine({ config: pipeline(inEnvironment) }, async (bench) => {
      await bench.run("up", "up");
      await bench.configure(pipeline({ ...inEnvironment, adopt: true }));
      await bench.run("preview", "preview");
      expect(await bench.run("up", "adopting")).toMatchObject({
        created: 0,
        deleted: 0,
        replaced: 0,
      });
      expect([...environments(bench).values()].map(({ policies }) => policies?.length)).toEqual([
        2,
      ]);
      await bench.run("destroy", "destroy");
      expect(environments(bench).size).toBe(0);
    });
  });

  test("does not move an adopted workflow, as the old one would go on signing", async () => {
    const theirs = repository({ files: { [WORKFLOW]: "theirs" } });
    await onEngine({ config: pipeline({ adopt: true }), world: theirs }, async (bench) => {
      await bench.run("up", "up");
      await bench.configure(pipeline({ adopt: true, workflow: ".github/workflows/other.yml" }));
      const reason = await reasonOf(bench.run("preview", "preview"));
      expect(reason).toContain(`allowed  ${WORKFLOW}, as what was taken over is not deleted`);
    });
  });
});

test.each([false, true])(
  "a pipeline's new key, adopt: %s, is refused and loses nothing",
  async (adopt) => {
    await onEngine({ config: pipeline({}) }, async ({ run, configure, clouds }) => {
      await run("up", "up");
      const before = clouds.inventory();
      await configure(config({ "countersign:pipelines": { site: { repository: "web", adopt } } }));
      const reason = await reasonOf(run("preview", "preview"));
      expect(reason).toContain(
        "allowed  something that this stack does not hold under another name",
      );
      expect(reason).toContain("keep the pipeline's key (`repository` says whose it is)");
      expect(await reasonOf(run("up", "up"))).toContain("keep the pipeline's key");
      expect(clouds.inventory()).toEqual(expect.arrayContaining(before));
    });
  },
);

test("what was edited by hand is found by a refresh and put right", async () => {
  await onEngine({ config: pipeline({}) }, async ({ run, clouds }) => {
    await run("up", "up");
    const files = clouds.github.repository("web").branches.get("main");
    const text = files?.get(WORKFLOW) as string;
    files?.set(WORKFLOW, "edited");
    await run("refresh", "refresh");
    expect(await run("up", "repair")).toMatchObject({ created: 0, updated: 1, replaced: 0 });
    expect(files?.get(WORKFLOW)).toBe(text);
  });
});
