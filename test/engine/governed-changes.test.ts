import { describe, expect, test } from "vitest";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import { config, onEngine } from "../support/engine";
import { CALLABLE, CALLED, governing } from "../support/governing";
import { faults, outages, trusted, writes } from "../support/seen";

const pipeline = (web: object) => config({ "countersign:pipelines": { web } });
const trust = { workflow: CALLED, manageSubjectTemplate: true };
const NOTHING = { created: 0, updated: 0, replaced: 0, deleted: 0 };
const OPEN = "repo:Contoso@5/web@7:ref:refs/heads/main";

const template = ({ github }: Clouds) => github.repository("web").subjectTemplate;
const own = pipeline({ ids: "variables" });
const governed = pipeline({ ids: "variables", trust });

describe("on a standing stack", () => {
  test("ungoverned → governed: credentials, files, template, and only then the old go", async () => {
    await onEngine({ config: own, world: governing() }, async (bench) => {
      const { run, configure, clouds } = bench;
      const before = clouds.inventory();
      await run("up", "up");
      writes(clouds);

      await configure(governed);
      await run("preview", "preview");
      const lost = outages(clouds, governed, governing());
      expect(await run("up", "governed")).toMatchObject({ replaced: 0, deleted: 1 });
      expect(writes(clouds)).toEqual([
        "create web-identity-branch-main-immutable-6a13d8",
        "update web-files-workflow",
        "create web-subjects-7",
        "delete web-identity-branch-main-immutable",
      ]);
      expect(lost).toEqual([]);
      expect(trusted(clouds)).toEqual([`${OPEN}:job_workflow_ref:${CALLED}`]);
      expect(faults(clouds, governed, governing())).toEqual([]);
      expect(await run("up", "again")).toMatchObject(NOTHING);
      expect(await run("refresh", "refresh")).toMatchObject(NOTHING);
      await run("destroy", "destroy");
      expect([template(clouds), clouds.inventory()]).toEqual([undefined, before]);
    });
  });

  test("governed → ungoverned: the template goes with the old credentials", async () => {
    await onEngine({ config: governed, world: governing() }, async (bench) => {
      const { run, configure, clouds } = bench;
      const before = clouds.inventory();
      await run("up", "up");
      writes(clouds);

      await configure(own);
      await run("preview", "preview");
      const lost = outages(clouds, own, governing());
      expect(await run("up", "ungoverned")).toMatchObject({ replaced: 0, deleted: 2 });
      expect(writes(clouds)).toEqual([
        "create web-identity-branch-main-immutable",
        "update web-files-workflow",
        "delete web-subjects-7",
        "delete web-identity-branch-main-immutable-6a13d8",
      ]);
      // The engine deletes last of all; by then the first run has just begun.
      expect(lost).toEqual(["before delete web-subjects-7"]);
      expect([template(clouds), trusted(clouds)]).toEqual([undefined, [OPEN]]);
      expect(faults(clouds, own, governing())).toEqual([]);
      expect(await run("up", "again")).toMatchObject(NOTHING);
      await run("destroy", "destroy");
      expect(clouds.inventory()).toEqual(before);
    });
  });

  test("one workflow → another: its credential is there before it is called", async () => {
    const OTHER = CALLED.replace("heads/main", "tags/v2");
    const world = governing({}, { [CALLED]: CALLABLE, [OTHER]: CALLABLE });
    const other = pipeline({ ids: "variables", trust: { ...trust, workflow: OTHER } });
    await onEngine({ config: governed, world }, async ({ run, configure, clouds }) => {
      await run("up", "up");
      writes(clouds);
      await configure(other);
      const lost = outages(clouds, other, world);
      await run("up", "other");
      const [made, ...rest] = writes(clouds);
      expect(made).toMatch(/^create web-identity-branch-main-immutable-[0-9a-f]{6}$/);
      expect(rest).toEqual([
        "update web-files-workflow",
        "delete web-identity-branch-main-immutable-6a13d8",
      ]);
      expect(lost).toEqual([]);
      expect(trusted(clouds)).toEqual([`${OPEN}:job_workflow_ref:${OTHER}`]);
      expect(faults(clouds, other, world)).toEqual([]);
    });
  });
});

test("a first `up` that failed before the files goes on in the same order", async () => {
  await onEngine({ config: governed, world: governing() }, async ({ run, clouds }) => {
    clouds.traffic.fault = ({ name }) => (name === "web-files-workflow" ? "refused" : undefined);
    await expect(run("up", "up")).rejects.toThrow("injected fault: refused");
    clouds.traffic.fault = undefined;
    expect(template(clouds)).toHaveLength(3);
    writes(clouds);
    await run("up", "once more");
    expect(writes(clouds)).toEqual(["create web-files-workflow"]);
    expect(faults(clouds, governed, governing())).toEqual([]);
  });
});

test("a change that failed before the template is carried through", async () => {
  await onEngine({ config: own, world: governing() }, async ({ run, configure, clouds }) => {
    await run("up", "up");
    await configure(governed);
    clouds.traffic.fault = ({ name }) => (name === "web-subjects-7" ? "refused" : undefined);
    await expect(run("up", "governed")).rejects.toThrow("injected fault: refused");
    expect(trusted(clouds)).toEqual([OPEN, `${OPEN}:job_workflow_ref:${CALLED}`]);
    const lost = outages(clouds, governed, governing());
    writes(clouds);
    await run("up", "once more");
    expect(writes(clouds)).toEqual([
      "create web-subjects-7",
      "delete web-identity-branch-main-immutable",
    ]);
    expect(lost).toEqual([]);
    expect(faults(clouds, governed, governing())).toEqual([]);
  });
});
