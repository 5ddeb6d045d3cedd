import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import { prove } from "../../rehearsal/proof/prove";
import { block } from "../support/block";
import { config, onEngine, reasonOf } from "../support/engine";
import { CALLABLE, CALLED, governing } from "../support/governing";
import { meant } from "../support/meant";
import { faults, trusted, writes } from "../support/seen";

const pipeline = (web: object) => config({ "countersign:pipelines": { web } });
const trust = { workflow: CALLED, manageSubjectTemplate: true };
const ids = "variables";
const GOVERNED = ["repo", "context", "job_workflow_ref"];
const NOTHING = { created: 0, updated: 0, replaced: 0, deleted: 0 };
const WORKFLOW = ".github/workflows/sign-image.yml";

const web = ({ github }: Clouds) => github.repository("web");
const committed = (clouds: Clouds) =>
  parse(web(clouds).branches.get("main")?.get(WORKFLOW) ?? "").jobs.sign;

describe("a governed pipeline", () => {
  test("declares credentials, then the template, then the files; and takes all back", async () => {
    const settings = {
      config: pipeline({ ids, trust, environment: "release" }),
      world: governing(),
    };
    await onEngine(settings, async ({ run, clouds }) => {
      const before = clouds.inventory();
      await run("preview", "preview");
      await run("up", "up");
      expect(trusted(clouds)).toEqual([
        `repo:Contoso@5/web@7:environment:release:job_workflow_ref:${CALLED}`,
      ]);
      expect(web(clouds).subjectTemplate).toEqual(GOVERNED);
      expect(committed(clouds)).toMatchObject({
        uses: "Contoso/shared/.github/workflows/sign.yml@main",
        with: { environment: "release", "client-id": "${{ vars.AZURE_CLIENT_ID }}" },
      });
      const order = writes(clouds).filter((it) => /-(subjects|files-|identity-)/.test(it));
      expect(order).toEqual([
        "create web-identity-environment-release-immutable-6a13d8",
        "create web-subjects-7",
        "create web-files-timestamp-root",
        "create web-files-workflow",
      ]);
      expect(faults(clouds, settings.config, settings.world)).toEqual([]);
      const rows = prove(clouds, meant(settings.config, settings.world));
      const another = rows.find((it) => it.run === "another workflow in the same environment");
      expect(another).toMatchObject({ exchange: "AADSTS700213", reaches: [] });

      expect(await run("up", "again")).toMatchObject(NOTHING);
      expect(await run("refresh", "refresh")).toMatchObject(NOTHING);
      expect(await run("up", "after the refresh")).toMatchObject(NOTHING);
      expect(writes(clouds)).toEqual([]);
      await run("destroy", "destroy");
      expect(web(clouds).subjectTemplate).toBeUndefined();
      expect(clouds.inventory()).toEqual(before);
    });
  });

  test("leaves a template alone that is there already", async () => {
    const settings = {
      config: pipeline({ ids, trust: { workflow: CALLED } }),
      world: governing({ subjectTemplate: GOVERNED }),
    };
    await onEngine(settings, async ({ run, clouds }) => {
      const before = clouds.inventory();
      await run("up", "up");
      expect(writes(clouds)).not.toContain("create web-subjects-7");
      expect(faults(clouds, settings.config, settings.world)).toEqual([]);
      expect(await run("up", "again")).toMatchObject(NOTHING);
      await run("destroy", "destroy");
      expect(clouds.inventory()).toEqual(before);
    });
  });

  test("finds and repairs a template that was changed by hand", async () => {
    const settings = { config: pipeline({ ids, trust }), world: governing() };
    await onEngine(settings, async ({ run, clouds }) => {
      await run("up", "up");
      web(clouds).subjectTemplate = ["repository_id"];
      await run("refresh", "refresh");
      expect(await run("up", "repair")).toMatchObject({ created: 0, updated: 1, deleted: 0 });
      expect(faults(clouds, settings.config, settings.world)).toEqual([]);
    });
  });

  test.each([
    ["contoso/Shared/.github/workflows/sign.yml@refs/heads/main", CALLED],
    [
      "CONTOSO/SHARED/.github/workflows/sign.yml@refs/tags/v1",
      CALLED.replace(/@.*/, "@refs/tags/v1"),
    ],
  ])("%s is corrected to GitHub's spelling", async (workflow, spelt) => {
    const settings = {
      config: pipeline({ ids, trust: { ...trust, workflow } }),
      world: governing({}, { [spelt]: CALLABLE }),
    };
    await onEngine(settings, async ({ run, clouds }) => {
      await run("up", "up");
      expect(trusted(clouds)).toEqual([
        `repo:Contoso@5/web@7:ref:refs/heads/main:job_workflow_ref:${spelt}`,
      ]);
      const short = spelt.replace(/refs\/(heads|tags)\//, "");
      expect(committed(clouds).uses).toBe(short);
      expect(faults(clouds, settings.config, settings.world)).toEqual([]);
    });
  });
});

const AT = "countersign:pipelines.web.trust";
const lacks = (what: string) =>
  block(
    `${AT}.workflow`,
    `"${CALLED}"`,
    "a workflow that can be called with images, environment, client-id, tenant-id, subscription-id",
    `it lacks ${what}: add them under \`on.workflow_call.inputs\``,
  );
const ALL = "images, environment, client-id, tenant-id, subscription-id";

describe("refused before anything is declared", () => {
  test.each([
    [
      "without manageSubjectTemplate, saying what else it would break",
      { workflow: CALLED },
      governing(),
      block(
        `${AT}.manageSubjectTemplate`,
        "false",
        "true, or a repository whose subject template is repo, context, job_workflow_ref",
        "the template is of the whole repository: with it every other federated credential for Contoso/web, in any cloud, stops matching; set it once those are changed",
      ),
    ],
    [
      "another custom template",
      trust,
      governing({ subjectTemplate: ["repository_id", "context"] }),
      block(
        `${AT}.workflow`,
        `"${CALLED}"`,
        "GitHub's default subject template, or repo, context, job_workflow_ref; it is repository_id, context",
        "reset it on GitHub first: deleting ours would not bring it back",
      ),
    ],
    [
      "a workflow that is not there",
      trust,
      governing({}, {}),
      block(
        `${AT}.workflow`,
        `"${CALLED}"`,
        "an existing workflow that the token may read",
        "commit it there first: `npm run rehearse -- --config FILE --out DIR` writes one to DIR/callable",
      ),
    ],
    ["a workflow for pushes", trust, governing({}, { [CALLED]: "on: push\n" }), lacks(ALL)],
    ["no workflow at all", trust, governing({}, { [CALLED]: "on: [" }), lacks(ALL)],
    [
      "a workflow without inputs",
      trust,
      governing({}, { [CALLED]: "on: { workflow_call: }\n" }),
      lacks(ALL),
    ],
    [
      "a workflow that lacks two of them",
      trust,
      governing({}, { [CALLED]: CALLABLE.replace("tenant-id:", "x:").replace("images:", "y:") }),
      lacks("images, tenant-id"),
    ],
  ] as const)("%s", async (_, trust, world, message) => {
    await onEngine({ config: pipeline({ ids, trust }), world }, async ({ run, clouds }) => {
      expect(await reasonOf(run("preview", "preview"))).toContain(message);
      expect(clouds.traffic.writes).toEqual([]);
    });
  });
});
