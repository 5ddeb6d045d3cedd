import { describe, expect, test } from "vitest";
import type { WorldInput } from "../../rehearsal/world";
import { config, onEngine, reasonOf, world } from "../support/engine";
import { CALLED, governing } from "../support/governing";
import { NOTHING } from "../support/proposals";
import { faults, trusted } from "../support/seen";

const pipeline = (web: object) =>
  config({ "countersign:pipelines": { web: { images: [{ name: "web" }], ...web } } });
const renamed = (web: object) => pipeline({ repository: "shop", ...web });

/** The same world, as GitHub tells of it afterwards. */
const since = ({ github, ...rest }: WorldInput): WorldInput => ({
  ...rest,
  github: {
    ...github,
    repositories: github.repositories?.map((it) =>
      it.name === "web" ? { ...it, name: "shop" } : it,
    ),
  },
});

describe("a repository that is renamed on GitHub", () => {
  test("keeps the environment that this stack made, whatever `adopt` says by now", async () => {
    const before = { environment: "release", tags: ["v*"] };
    const adopting = renamed({ ...before, adopt: true });
    await onEngine({ config: pipeline(before) }, async ({ run, configure, clouds }) => {
      await run("up", "up");
      const { environments } = clouds.github.repository("web");
      const made = structuredClone(environments);
      clouds.github.rename("web", "shop");
      await configure(adopting);
      expect(await run("up", "renamed")).toMatchObject({ created: 0, replaced: 0, deleted: 0 });
      expect(environments).toEqual(made);
      expect(trusted(clouds)).toEqual(["repo:Contoso@5/shop@7:environment:release"]);
      expect(faults(clouds, adopting, since(world()))).toEqual([]);
      expect(await run("up", "again")).toMatchObject(NOTHING);
    });
  });

  test("keeps the environment that the workflow in force runs in, until the merge", async () => {
    const proposing = { commit: "pull-request" };
    const old = pipeline({ ...proposing, environment: "old" });
    const next = renamed({ ...proposing, environment: "new" });
    await onEngine({ config: old }, async ({ run, configure, clouds }) => {
      await run("up", "up");
      clouds.github.merge("web", 1);
      await run("up", "merged");
      clouds.github.rename("web", "shop");
      await configure(next);
      await run("up", "proposed");
      const { environments } = clouds.github.repository("shop");
      expect([...environments.keys()].sort()).toEqual(["new", "old"]);
      clouds.github.merge("shop", 2);
      await run("up", "merged");
      expect([...environments.keys()]).toEqual(["new"]);
      expect(trusted(clouds)).toEqual(["repo:Contoso@5/shop@7:environment:new"]);
    });
  });

  test("keeps the subject template that this stack made", async () => {
    const governed = { ids: "variables", trust: { workflow: CALLED, manageSubjectTemplate: true } };
    const settings = { config: pipeline(governed), world: governing() };
    await onEngine(settings, async ({ run, configure, clouds }) => {
      await run("up", "up");
      clouds.github.rename("web", "shop");
      await configure(renamed(governed));
      expect(await run("up", "renamed")).toMatchObject({ created: 0, replaced: 0, deleted: 0 });
      expect(clouds.github.repository("shop").subjectTemplate).toHaveLength(3);
      expect(faults(clouds, renamed(governed), since(settings.world))).toEqual([]);
      expect(await run("up", "again")).toMatchObject(NOTHING);
    });
  });
});

describe("a repository that is renamed on GitHub, and the pipeline's key with it", () => {
  const key = (name: string, of: object) =>
    config({ "countersign:pipelines": { [name]: { images: [{ name: "web" }], ...of } } });
  const held = (name: string) =>
    `it is ${name}: keep the pipeline's key (\`repository\` says whose it is) and what else that name is made of, case and all, or destroy the old one first`;

  test.each([
    ["adopting", { adopt: true }, "web-ids-azure-client-id"],
    ["not adopting", {}, "web-ids-azure-client-id"],
    ["with ids of the organisation", { level: "organization" }, "web-files-timestamp-root"],
    ["with an environment", { environment: "release" }, "web-environment-release"],
  ])("%s: refused, as what is made anew would go with the old", async (_, of, name) => {
    await onEngine({ config: key("web", of) }, async ({ run, configure, clouds }) => {
      await run("up", "up");
      clouds.github.rename("web", "shop");
      const files = structuredClone(clouds.github.repository("shop").branches);
      await configure(key("shop", of));
      for (const operation of ["preview", "up"] as const) {
        expect(await reasonOf(run(operation, operation))).toContain(held(name));
      }
      expect(clouds.github.repository("shop").branches).toEqual(files);
    });
  });
});

test("in another repository the template is made anew, and the first one's goes", async () => {
  const governed = { ids: "variables", trust: { workflow: CALLED, manageSubjectTemplate: true } };
  const moved = pipeline({ ...governed, repository: "shared" });
  await onEngine({ config: pipeline(governed), world: governing() }, async (bench) => {
    const { run, configure, clouds } = bench;
    await run("up", "up");
    await configure(moved);
    await run("up", "moved");
    const template = (name: string) => clouds.github.repository(name).subjectTemplate;
    expect([template("web"), template("shared")]).toEqual([
      undefined,
      ["repo", "context", "job_workflow_ref"],
    ]);
    expect(faults(clouds, moved, governing())).toEqual([]);
    expect(await run("up", "again")).toMatchObject(NOTHING);
  });
});

test("an environment of another repository is not taken over by moving there", async () => {
  const repositories = [
    { name: "web", id: 7 },
    { name: "site", id: 8, environments: [{ name: "release", reviewers: ["alice"] }] },
  ];
  const before = { environment: "release" };
  const settings = { config: pipeline(before), world: world({ repositories }) };
  await onEngine(settings, async ({ run, configure, clouds }) => {
    await run("up", "up");
    const theirs = structuredClone(clouds.github.repository("site").environments);
    await configure(pipeline({ ...before, repository: "site" }));
    await expect(run("preview", "moved")).rejects.toThrow(
      'given    "environment release of Contoso/site"',
    );
    await expect(run("up", "moved")).rejects.toThrow("allowed  something that does not exist yet");
    expect(clouds.github.repository("site").environments).toEqual(theirs);
  });
});
