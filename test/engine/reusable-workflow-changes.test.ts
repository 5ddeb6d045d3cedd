import { describe, expect, test } from "vitest";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import { config, onEngine } from "../support/engine";
import { CALLABLE, CALLED, governing } from "../support/governing";
import { NOTHING, quiet } from "../support/proposals";
import { faults, lost, outages, trusted, writes } from "../support/seen";

const OTHER = CALLED.replace("heads/main", "tags/v2");
const there = governing({}, { [CALLED]: CALLABLE, [OTHER]: CALLABLE });
const pipeline = (web: object) =>
  config({ "countersign:pipelines": { web: { branches: ["main"], ids: "variables", ...web } } });
const calling = (workflow: string) => ({ trust: { workflow, manageSubjectTemplate: true } });
const OPEN = "repo:Contoso@5/web@7:ref:refs/heads/main";
const TEMPLATE = ["repo", "context", "job_workflow_ref"];
const template = ({ github }: Clouds) => github.repository("web").subjectTemplate;

describe("the workflow calls a reusable one, another one, and none again", () => {
  test("committed: credentials, files, template, and only then the old go", async () => {
    const [own, reusable, other] = [{}, calling(CALLED), calling(OTHER)].map(pipeline);
    const settings = { config: own, world: there };
    await onEngine(settings, async ({ run, configure, clouds, ...bench }) => {
      const before = clouds.inventory();
      const change = async (wanted = own) => {
        writes(clouds);
        await configure(wanted ?? {});
        const gaps = outages(clouds, wanted ?? {}, there);
        await run("up", "changed");
        clouds.traffic.fault = undefined;
        expect(faults(clouds, wanted ?? {}, there)).toEqual([]);
        return [...writes(clouds), ...gaps];
      };
      await run("up", "up");
      expect(await change(reusable)).toEqual([
        "create web-identity-branch-main-immutable-6a13d8",
        "update web-files-workflow",
        "create web-subjects-7",
        "delete web-identity-branch-main-immutable",
      ]);
      expect(trusted(clouds)).toEqual([`${OPEN}:job_workflow_ref:${CALLED}`]);
      await quiet({ run, configure, clouds, ...bench }, "up", "refresh");

      const [made = "", ...rest] = await change(other);
      expect(made).toMatch(/^create web-identity-branch-main-immutable-[0-9a-f]{6}$/);
      expect(rest).toEqual([
        "update web-files-workflow",
        "delete web-identity-branch-main-immutable-6a13d8",
      ]);
      expect(trusted(clouds)).toEqual([`${OPEN}:job_workflow_ref:${OTHER}`]);

      expect(await change(own)).toEqual([
        "create web-identity-branch-main-immutable",
        "update web-files-workflow",
        "delete web-subjects-7",
        made.replace("create", "delete"),
        // The engine deletes last of all; by then the first run has just begun.
        "before delete web-subjects-7",
      ]);
      expect([template(clouds), trusted(clouds)]).toEqual([undefined, [OPEN]]);
      await configure(reusable ?? {});
      await run("up", "reusable again");
      await run("destroy", "destroy");
      expect([template(clouds), clouds.inventory()]).toEqual([undefined, before]);
    });
  });

  test("proposed: every run logs in, before the merge and after", async () => {
    const proposing = (web: object) => pipeline({ commit: "pull-request", ...web });
    const [own, reusable] = [proposing({}), proposing(calling(CALLED))];
    const gated = proposing({ environment: "release" });
    await onEngine({ config: own, world: there }, async (bench) => {
      const { run, configure, clouds } = bench;
      await run("up", "up");
      clouds.github.merge("web", 1);
      await run("up", "merged");

      // The template waits for the merge.
      await configure(reusable);
      const gaps = [outages(clouds, reusable, there)];
      await run("up", "reusable, proposed");
      const both = [OPEN, `${OPEN}:job_workflow_ref:${CALLED}`];
      expect([trusted(clouds), template(clouds)]).toEqual([both, undefined]);
      expect(clouds.github.pullRequest("web", 2).body).toContain(CALLED);
      await quiet(bench);
      clouds.github.merge("web", 2);
      expect(lost(clouds, reusable, there)).toEqual([]);
      await run("up", "merged");
      expect([trusted(clouds), template(clouds)]).toEqual([both.slice(1), TEMPLATE]);
      expect(faults(clouds, reusable, there)).toEqual([]);
      await quiet(bench);

      // It goes at once: callers need none. The environment is another one as well.
      await configure(gated);
      gaps.push(outages(clouds, gated, there));
      await run("up", "own in an environment, proposed");
      const names = [OPEN.replace("ref:refs/heads/main", "environment:release"), OPEN];
      expect([trusted(clouds), template(clouds)]).toEqual([names, undefined]);
      expect(lost(clouds, gated, there)).toEqual([]);
      await quiet(bench);
      clouds.github.merge("web", 3);
      expect(lost(clouds, gated, there)).toEqual([]);
      expect(await run("up", "merged")).toMatchObject({ ...NOTHING, deleted: 5 });
      expect([gaps.flat(), faults(clouds, gated, there)]).toEqual([[], []]);
      await quiet(bench);
    });
  });
});
