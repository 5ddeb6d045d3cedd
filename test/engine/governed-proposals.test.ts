import { describe, expect, test } from "vitest";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import { prove } from "../../rehearsal/proof/prove";
import { type Config, config, onEngine } from "../support/engine";
import { CALLED, governing } from "../support/governing";
import { meant } from "../support/meant";
import { faults, outages, trusted } from "../support/seen";

const NOTHING = { created: 0, updated: 0, replaced: 0, deleted: 0 };
const OPEN = "repo:Contoso@5/web@7:ref:refs/heads/main";
const GOVERNED = `${OPEN}:job_workflow_ref:${CALLED}`;
const TEMPLATE = ["repo", "context", "job_workflow_ref"];
const pipeline = (web: object) =>
  config({
    "countersign:pipelines": { web: { commit: "pull-request", ids: "variables", ...web } },
  });
const own = pipeline({});
const governed = pipeline({ trust: { workflow: CALLED, manageSubjectTemplate: true } });

/** Whether the runs of whatever is committed log in, with what is trusted and the template. */
function state(clouds: Clouds, config: Config) {
  const runs = prove(clouds, meant(config, governing())).filter(({ declared }) => declared);
  const { subjectTemplate } = clouds.github.repository("web");
  return [runs.every(({ exchange }) => exchange === "token"), trusted(clouds), subjectTemplate];
}

describe("through pull requests every run logs in, before the merge and after", () => {
  test("ungoverned → governed: the template waits for the merge", async () => {
    await onEngine({ config: own, world: governing() }, async ({ run, clouds, configure }) => {
      await run("up", "up");
      clouds.github.merge("web", 1);
      await run("up", "after the merge");

      await configure(governed);
      await run("up", "governed, proposed");
      expect(state(clouds, governed)).toEqual([true, [OPEN, GOVERNED], undefined]);
      expect(clouds.github.pullRequest("web", 2).body).toContain(
        `- It has no step of its own: it calls \`${CALLED}\`, `,
      );
      clouds.github.merge("web", 2);
      expect(state(clouds, governed)).toEqual([true, [OPEN, GOVERNED], undefined]);
      await run("up", "after the merge");
      expect(state(clouds, governed)).toMatchObject([true, {}, TEMPLATE]);
      await run("up", "the old credential goes");
      expect(state(clouds, governed)).toEqual([true, [GOVERNED], TEMPLATE]);
      expect(faults(clouds, governed, governing())).toEqual([]);
      expect(await run("up", "again")).toMatchObject(NOTHING);
    });
  });

  test("governed → ungoverned: the template goes at once, as callers need none", async () => {
    await onEngine({ config: governed, world: governing() }, async ({ run, clouds, configure }) => {
      await run("up", "up");
      clouds.github.merge("web", 1);
      expect(state(clouds, governed)).toEqual([true, [GOVERNED], TEMPLATE]);
      await run("up", "after the merge");
      expect(faults(clouds, governed, governing())).toEqual([]);

      await configure(own);
      const lost = outages(clouds, own, governing());
      await run("up", "ungoverned, proposed");
      expect(state(clouds, own)).toMatchObject([true, {}, undefined]);
      clouds.github.merge("web", 2);
      expect(state(clouds, own)).toMatchObject([true, {}, undefined]);
      await run("up", "after the merge");
      await run("up", "once more");
      expect(lost).toEqual([]);
      expect(state(clouds, own)).toEqual([true, [OPEN], undefined]);
      expect(faults(clouds, own, governing())).toEqual([]);
      expect(await run("up", "again")).toMatchObject(NOTHING);
    });
  });
});
