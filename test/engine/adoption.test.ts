import { expect, test } from "vitest";
import { type Bench, config, onEngine, world } from "../support/engine";
import { NOTHING, WORKFLOW } from "../support/proposals";
import { faults, warnings } from "../support/seen";

const policies = [{ name: "main" }, { name: "v*", type: "tag" as const }];
const theirs = { name: "release", reviewers: ["Alice", "release-managers"], policies };
const MOVED = ".github/workflows/release.yml";

/** One pipeline takes over what exists; the other uses an environment and stores its ids there. */
const stack = (web: object = {}) => {
  const refs = { branches: ["main"], tags: ["v*"] };
  const environment = { name: "release", create: false };
  return config({
    "countersign:pipelines": {
      web: { ...refs, environment: "release", adopt: true, ...web },
      api: { ...refs, environment, level: "environment" },
    },
  });
};
const there = () => {
  const it = world({
    owner: { plan: "enterprise" },
    repositories: [
      {
        name: "web",
        id: 7,
        secrets: ["AZURE_TENANT_ID", "OTHER"],
        files: { [WORKFLOW]: "theirs", "README.md": "theirs" },
        environments: [theirs],
      },
      { name: "api", id: 8, environments: [theirs] },
    ],
  });
  const users = [{ login: "Alice", id: 1001 }];
  const teams = [{ slug: "release-managers", id: 2001 }];
  return { ...it, github: { ...it.github, users, teams } };
};

const web = ({ clouds }: Bench) => clouds.github.repository("web");
const environments = ({ clouds: { github } }: Bench) =>
  structuredClone([github.repository("web").environments, github.repository("api").environments]);

test("what exists is taken over or used unchanged, and stays when the stack goes", async () => {
  await onEngine({ config: stack(), world: there() }, async (bench) => {
    const { run, configure, clouds } = bench;
    const before = environments(bench);
    await run("up", "up");
    expect(web(bench).branches.get("main")?.get(WORKFLOW)).toContain("environment: release");
    expect(web(bench).secrets.get("AZURE_TENANT_ID")?.value).toBe(clouds.azure.world.tenantId);
    const [, api] = environments(bench);
    expect([...(api?.get("release")?.secrets.keys() ?? [])].sort()).toEqual([
      "AZURE_CLIENT_ID",
      "AZURE_SUBSCRIPTION_ID",
      "AZURE_TENANT_ID",
    ]);
    expect(faults(clouds, stack(), there())).toEqual([]);
    expect(await run("up", "again")).toMatchObject(NOTHING);

    // What was taken over is not deleted: the old workflow goes on signing, and that is told.
    await configure(stack({ workflow: MOVED }));
    const left = `main still has ${WORKFLOW}: delete it, or it goes on running`;
    expect(await warnings(bench, "moved")).toEqual([left]);
    expect(await warnings(bench, "again")).toEqual([left]);

    await run("destroy", "destroy");
    expect(environments(bench)).toEqual(before);
    const { branches, secrets } = web(bench);
    expect([...(branches.get("main")?.keys() ?? [])].sort()).toEqual(
      [WORKFLOW, MOVED, "Dockerfile", "README.md"].sort(),
    );
    expect([...secrets.keys()]).toEqual(["OTHER"]);
    expect([...(clouds.github.repository("api").branches.get("main")?.keys() ?? [])]).toEqual([
      "Dockerfile",
    ]);
  });
});
