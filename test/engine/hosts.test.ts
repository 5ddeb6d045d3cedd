import { describe, expect, test } from "vitest";
import { PipelineIdentity } from "../../components/pipeline-identity";
import type { WorldInput } from "../../rehearsal/world";
import { AZURE_CLOUDS, type AzureCloudName, GITHUB_COM } from "../../trust/hosts";
import { block } from "../support/block";
import { type Config, config, onEngine, reasonOf, world } from "../support/engine";
import { CALLABLE, CALLED, governing } from "../support/governing";
import { faults, trusted } from "../support/seen";

const NOTHING = { created: 0, updated: 0, replaced: 0, deleted: 0 };
const SERVER = "github.contoso.example";
const TENANT = "contoso.ghe.com";
const at = (host: string, pipeline: Config = {}) =>
  config({
    "github:baseUrl": host === SERVER ? `https://${SERVER}/api/v3` : `https://api.${host}`,
    "countersign:pipelines": { web: pipeline },
  });
const hosted = (host: string, web: object = {}): WorldInput => {
  const it = world({ owner: { plan: "free" }, repositories: [{ name: "web", id: 7, ...web }] });
  return { ...it, github: { ...it.github, host } };
};
const SUBJECT = "repo:Contoso/web:ref:refs/heads/main";
const SUBJECTS = "countersign:pipelines.web.subjects";

describe("another host of GitHub", () => {
  test.each([
    [SERVER, `https://${SERVER}/_services/token`],
    [TENANT, "https://token.actions.contoso.ghe.com"],
  ])("%s: its issuer, subjects of names, its pages", async (host, issuer) => {
    const settings = { config: at(host), world: hosted(host) };
    await onEngine(settings, async ({ run, clouds, outputs }) => {
      const before = clouds.inventory();
      await run("preview", "preview");
      await run("up", "up");
      expect([...clouds.azure.credentials.values()]).toMatchObject([
        { name: "branch-main-names", issuer, subject: SUBJECT },
      ]);
      const { workflow } = (await outputs()).web?.value ?? {};
      expect(workflow).toEqual({
        path: ".github/workflows/sign-image.yml",
        url: `https://${host}/Contoso/web/blob/main/.github/workflows/sign-image.yml`,
      });
      expect(faults(clouds, settings.config, settings.world)).toEqual([]);
      expect(await run("up", "again")).toMatchObject(NOTHING);
      await run("destroy", "destroy");
      expect(clouds.inventory()).toEqual(before);
    });
  });

  test("a server knows no plans: an environment with a wait is made", async () => {
    const environment = { name: "release", waitMinutes: 5 };
    const settings = { config: at(SERVER, { environment }), world: hosted(SERVER) };
    await onEngine(settings, async ({ run, clouds }) => {
      await run("up", "up");
      expect(trusted(clouds)).toEqual(["repo:Contoso/web:environment:release"]);
      expect(faults(clouds, settings.config, settings.world)).toEqual([]);
    });
  });

  test("under a custom template a server still has names only", async () => {
    const subjectTemplate = ["repo", "context", "ref"];
    const settings = { config: at(SERVER), world: hosted(SERVER, { subjectTemplate }) };
    await onEngine(settings, async ({ run, clouds }) => {
      await run("up", "up");
      expect(trusted(clouds)).toEqual([`${SUBJECT}:ref:refs/heads/main`]);
      expect(faults(clouds, settings.config, settings.world)).toEqual([]);
    });
  });

  test.each([SERVER, TENANT])("a governed pipeline on %s is the same again", async (host) => {
    const trust = { workflow: CALLED, manageSubjectTemplate: true };
    const settings = {
      config: at(host, { ids: "variables", trust }),
      world: governing({}, { [CALLED]: CALLABLE }, { host }),
    };
    await onEngine(settings, async ({ run, clouds }) => {
      await run("up", "up");
      expect(trusted(clouds)).toEqual([`${SUBJECT}:job_workflow_ref:${CALLED}`]);
      expect(faults(clouds, settings.config, settings.world)).toEqual([]);
      expect(await run("up", "again")).toMatchObject(NOTHING);
    });
  });

  test.each([
    [
      "both forms on a server",
      at(SERVER, { subjects: "both" }),
      hosted(SERVER),
      block(
        SUBJECTS,
        '"both"',
        `auto or names, as ${SERVER} issues subjects of names only`,
        "leave it out",
      ),
    ],
    [
      "ids alone on a tenant that issues names",
      at(TENANT, { subjects: "immutable" }),
      hosted(TENANT),
      block(
        SUBJECTS,
        '"immutable"',
        "auto, names or both, as GitHub issues the names form here",
        "declare both, switch the repository on GitHub, run the workflow, then this",
      ),
    ],
    [
      "a custom template under which a tenant does not say the form",
      at(TENANT),
      hosted(TENANT, { subjectTemplate: ["repo", "context", "ref"] }),
      block(
        SUBJECTS,
        '"auto"',
        "immutable, names or both: under its custom subject template GitHub does not say",
        "choose `both`, run the workflow, and keep the form that azure/login logs",
      ),
    ],
  ] as const)("%s is refused", async (_, config, world, message) => {
    await onEngine({ config, world }, async ({ run, clouds }) => {
      expect(await reasonOf(run("preview", "preview"))).toContain(message);
      expect(clouds.traffic.writes).toEqual([]);
    });
  });

  test("of a tenant that does not say, both forms can be trusted", async () => {
    const settings = {
      config: at(TENANT, { subjects: "both" }),
      world: hosted(TENANT, { subjectTemplate: ["repo", "context", "ref"] }),
    };
    await onEngine(settings, async ({ run, clouds }) => {
      await run("up", "up");
      expect(trusted(clouds)).toEqual([
        `${SUBJECT}:ref:refs/heads/main`,
        "repo:Contoso@5/web@7:ref:refs/heads/main:ref:refs/heads/main",
      ]);
    });
  });
});

describe("Azure's other clouds", () => {
  test.each(["usgovernment", "china"] as const)("%s is refused by name", async (cloud) => {
    const settings = { config: config({ "azure-native:environment": cloud }) };
    await onEngine(settings, async ({ run, clouds }) => {
      expect(await reasonOf(run("preview", "preview"))).toContain(
        block(
          "azure-native:environment",
          `"${cloud}"`,
          `public: the cloud that has Artifact Signing; ${cloud} has none`,
          "remove it: images are signed in the public cloud",
        ),
      );
      expect(clouds.traffic.writes).toEqual([]);
    });
  });

  const sovereign = (environment: AzureCloudName): WorldInput => {
    const it = world();
    return { ...it, azure: { ...it.azure, environment } };
  };
  /** The components alone, as a program of somebody's own would use them. */
  const identityWith = (audience: string) => async () => {
    new PipelineIdentity("web", {
      identity: {
        kind: "created",
        name: "countersign-web",
        resourceGroup: "rg-images",
        location: "usgovvirginia",
      },
      credentials: [{ name: "branch-main-names", subject: SUBJECT }],
      terms: { issuer: GITHUB_COM.issuer, audience },
    });
  };

  test.each(["usgovernment", "china"] as const)(
    "the components work in %s, with its audience and no other",
    async (cloud) => {
      const { audience } = AZURE_CLOUDS[cloud];
      const there = { world: sovereign(cloud), config: {} };
      await onEngine({ ...there, program: identityWith(audience) }, async ({ run, clouds }) => {
        const before = clouds.inventory();
        await run("up", "up");
        expect([...clouds.azure.credentials.values()]).toMatchObject([
          { audience, issuer: GITHUB_COM.issuer, subject: SUBJECT },
        ]);
        expect(await run("up", "again")).toMatchObject(NOTHING);
        await run("destroy", "destroy");
        expect(clouds.inventory()).toEqual(before);
      });
      const elsewhere = identityWith(AZURE_CLOUDS.public.audience);
      await onEngine({ ...there, program: elsewhere }, async ({ run }) => {
        expect(await reasonOf(run("up", "up"))).toContain(
          `BadRequest: audiences must be exactly [${audience}].`,
        );
      });
    },
  );
});
