import type { EngineEvent } from "@pulumi/pulumi/automation";
import { describe, expect, test } from "vitest";
import type { Clouds } from "../../rehearsal/clouds/clouds";
import { block } from "../support/block";
import { config, onEngine, reasonOf, world } from "../support/engine";
import { faults, writes } from "../support/seen";

const NOTHING = { created: 0, updated: 0, replaced: 0, deleted: 0 };
const NAMES = ["AZURE_CLIENT_ID_WEB", "AZURE_SUBSCRIPTION_ID_WEB", "AZURE_TENANT_ID_WEB"];
const level = "organization";
const pipeline = (web: object) => config({ "countersign:pipelines": { web: { level, ...web } } });
const committed = ({ github }: Clouds, repository: string) =>
  github.repository(repository).branches.get("main")?.get(".github/workflows/sign-image.yml");

describe("ids of the organisation", () => {
  test.each([
    ["secrets", "secrets"],
    ["variables", "vars"],
  ] as const)(
    "%s are for exactly this repository, and the workflow reads them",
    async (ids, context) => {
      const settings = { config: pipeline({ ids }), world: world() };
      await onEngine(settings, async ({ run, clouds }) => {
        const before = clouds.inventory();
        await run("preview", "preview");
        await run("up", "up");
        const held = clouds.github.organization[ids];
        expect([...held.keys()].sort()).toEqual(NAMES);
        for (const it of held.values()) {
          expect(it).toMatchObject({ visibility: "selected", selected: [7] });
        }
        for (const name of NAMES) {
          expect(committed(clouds, "web")).toContain(`\${{ ${context}.${name} }}`);
        }
        expect(faults(clouds, settings.config, settings.world)).toEqual([]);
        expect(await run("up", "again")).toMatchObject(NOTHING);
        expect(await run("refresh", "refresh")).toMatchObject(NOTHING);
        expect(await run("up", "after the refresh")).toMatchObject(NOTHING);
        // What the workflow reads is there, and for its repository, before it is.
        const all = writes(clouds);
        expect(all.at(-1)).toBe("create web-files-workflow");
        await run("destroy", "destroy");
        expect(clouds.inventory()).toEqual(before);
      });
    },
  );

  test("those of two pipelines stand side by side, each for its own repository", async () => {
    const settings = {
      config: config({
        "countersign:pipelines": {
          web: { level },
          "team-api": { level, repository: "api", ids: "variables" },
          jobs: { level },
        },
      }),
      world: world({
        repositories: [
          { name: "web", id: 7 },
          { name: "api", id: 8 },
          { name: "jobs", id: 9 },
        ],
      }),
    };
    await onEngine(settings, async ({ run, clouds }) => {
      await run("up", "up");
      const { secrets, variables } = clouds.github.organization;
      expect([...secrets].map(([name, { selected }]) => [name, selected]).sort()).toEqual([
        ["AZURE_CLIENT_ID_JOBS", [9]],
        ["AZURE_CLIENT_ID_WEB", [7]],
        ["AZURE_SUBSCRIPTION_ID_JOBS", [9]],
        ["AZURE_SUBSCRIPTION_ID_WEB", [7]],
        ["AZURE_TENANT_ID_JOBS", [9]],
        ["AZURE_TENANT_ID_WEB", [7]],
      ]);
      expect([...variables].map(([name, { selected }]) => [name, selected]).sort()).toEqual([
        ["AZURE_CLIENT_ID_TEAM_API", [8]],
        ["AZURE_SUBSCRIPTION_ID_TEAM_API", [8]],
        ["AZURE_TENANT_ID_TEAM_API", [8]],
      ]);
      expect(committed(clouds, "api")).toContain("${{ vars.AZURE_CLIENT_ID_TEAM_API }}");
      expect(faults(clouds, settings.config, settings.world)).toEqual([]);
    });
  });
});

const OWNER = { secrets: ["AZURE_CLIENT_ID_WEB"], variables: ["AZURE_TENANT_ID_WEB"] };

describe("what is the organisation's already", () => {
  test.each([
    [
      "a secret",
      {},
      block(
        "web-ids-azure-client-id-web",
        '"secret AZURE_CLIENT_ID_WEB of organisation Contoso"',
        "something that does not exist yet",
        "set `adopt: true` to overwrite it, or rename the pipeline; if an interrupted run left it, delete it",
      ),
    ],
    [
      "a variable, even with adopt",
      { ids: "variables", adopt: true },
      block(
        "web-ids-azure-tenant-id-web",
        '"variable AZURE_TENANT_ID_WEB of organisation Contoso"',
        "something that does not exist yet",
        "delete it, or bring it in with `pulumi import`; variables are never overwritten",
      ),
    ],
  ] as const)("%s is refused", async (_, web, message) => {
    const settings = { config: pipeline(web), world: world({ owner: OWNER }) };
    await onEngine(settings, async ({ run, clouds }) => {
      expect(await reasonOf(run("preview", "preview"))).toContain(message);
      expect(clouds.traffic.writes).toEqual([]);
    });
  });

  test("a secret is overwritten with adopt, and then for this repository alone", async () => {
    const settings = { config: pipeline({ adopt: true }), world: world({ owner: OWNER }) };
    await onEngine(settings, async ({ run, clouds }) => {
      await run("up", "up");
      expect(clouds.github.organization.secrets.get("AZURE_CLIENT_ID_WEB")).toMatchObject({
        visibility: "selected",
        selected: [7],
      });
      expect(faults(clouds, settings.config, settings.world)).toEqual([]);
    });
  });
});

test("a person has no such ids", async () => {
  const settings = { config: pipeline({}), world: world({ owner: { type: "User" } }) };
  await onEngine(settings, async ({ run, clouds }) => {
    expect(await reasonOf(run("preview", "preview"))).toContain(
      block(
        "countersign:pipelines.web.level",
        '"organization"',
        "repository or environment, as Contoso is no organisation",
        "leave it out: a personal account has no secrets or variables of its own",
      ),
    );
    expect(clouds.traffic.writes).toEqual([]);
  });
});

test("a secret changed by hand is named after a refresh; put right, it is for the same repository", async () => {
  await onEngine({ config: pipeline({}) }, async ({ run, clouds }) => {
    await run("up", "up");
    const { secrets } = clouds.github.organization;
    const name = "AZURE_CLIENT_ID_WEB";
    const ours = secrets.get(name)!;
    const updatedAt = clouds.github.now();
    secrets.set(name, { ...ours, value: "theirs", updatedAt });
    await run("refresh", "refresh");
    const warnings: EngineEvent["diagnosticEvent"][] = [];
    await run("up", "after", {
      onEvent: ({ diagnosticEvent }) => {
        if (diagnosticEvent?.severity === "warning") warnings.push(diagnosticEvent);
      },
    });
    expect(warnings.map((it) => it?.message).join()).toContain(
      `secret ${name} was changed on GitHub at ${updatedAt}`,
    );
    await run("up", "repair", { replace: [warnings[0]?.urn as string] });
    expect(secrets.get(name)).toMatchObject({ value: ours.value, selected: [7] });
    expect(faults(clouds, pipeline({}), world())).toEqual([]);
  });
});

test("a selection that somebody widened is found by a refresh, and put right", async () => {
  await onEngine({ config: pipeline({}) }, async ({ run, clouds }) => {
    await run("up", "up");
    const { secrets } = clouds.github.organization;
    const ours = secrets.get("AZURE_CLIENT_ID_WEB")!;
    secrets.set("AZURE_CLIENT_ID_WEB", { ...ours, selected: [7, 8] });
    await run("refresh", "refresh");
    expect(await run("up", "repair")).toMatchObject({ ...NOTHING, updated: 1 });
    expect(secrets.get("AZURE_CLIENT_ID_WEB")?.selected).toEqual([7]);
  });
});
