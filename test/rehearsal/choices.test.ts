import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import program from "../../index";
import { derivedWorld } from "../../rehearsal/derived-world";
import { rehearse } from "../../rehearsal/rehearse";
import type { Report } from "../../rehearsal/report";
import type { World } from "../../rehearsal/world/world";
import { config, theEngine } from "../support/engine";
import { configurationOf, stored } from "../support/planning";
import { CALLABLE, SHARED } from "./built";

const WORKFLOW = `${SHARED}@refs/heads/main`;

/** A rehearsal in the world in which all that the configuration takes for granted exists. */
async function rehearsed(
  pipelines: object,
  more: object = {},
  changed: (world: World) => World = (world) => world,
): Promise<Report> {
  const it = config({ "countersign:pipelines": pipelines, ...more });
  const world = changed(derivedWorld(configurationOf(it)));
  const callableWorkflows = { [WORKFLOW]: CALLABLE };
  const { report } = await rehearse({
    engine: await theEngine(),
    program,
    project: readFileSync("Pulumi.yaml", "utf8"),
    stack: { name: "test", text: stringify({ config: it }), config: stored(it), leftOut: [] },
    world: { ...world, github: { ...world.github, callableWorkflows } },
  });
  return report;
}

const of = ({ proof }: Report, run: string) => proof.find((row) => row.run === run);
const reachesOf = ({ proof }: Report) => [...new Set(proof.flatMap(({ reaches }) => reaches))];

describe("each choice holds in a rehearsal", () => {
  test("pull requests are merged, and change nothing more", async () => {
    const report = await rehearsed({ web: { commit: "pull-request" } });
    expect(report.reasons).toEqual([]);
    expect(report.phases.map(({ name }) => name)).toEqual([
      "preview",
      "up",
      "up again",
      "up after the merge",
      "up once more",
      "destroy",
    ]);
    expect(report.merged).toEqual([expect.stringMatching(/^contoso\/web#1: /)]);
    expect(report.committed.map(({ path }) => path)).toContain(".github/workflows/sign-image.yml");
  });

  test("one workflow is trusted, and no other", async () => {
    const trust = { workflow: WORKFLOW, manageSubjectTemplate: true };
    const environment = { name: "release", reviewers: { users: ["bob"] } };
    const report = await rehearsed({ web: { ids: "variables", trust, environment } });
    expect(report.reasons).toEqual([]);
    expect(of(report, "push to branch main")).toMatchObject({ exchange: "token" });
    expect(of(report, "another workflow in the environment")).toMatchObject({
      exchange: "AADSTS700213",
    });
    expect(of(report, "an unreviewed run")).toMatchObject({ exchange: "no token" });
    expect(reachesOf(report)).toEqual([]);
  });

  test("tags of an application", async () => {
    const identity = { application: {} };
    const report = await rehearsed({ web: { branches: ["main"], tags: ["v*"], identity } });
    expect(report.reasons).toEqual([]);
    expect(of(report, "push to tag v1.0")).toMatchObject({ exchange: "token" });
    expect(of(report, "a tag that is not declared")).toMatchObject({ exchange: "AADSTS700213" });
    expect(reachesOf(report)).toEqual([
      "Entra's * also matches /, so anyone who can push the tag v1/x can log in. Fix: use an environment (docs/identity.md#tag-patterns-without-an-environment)",
      "Any workflow that runs on a declared ref can log in. Fix: set trust.workflow (docs/subjects.md#one-reusable-workflow)",
    ]);
  });

  test("a shared identity, existing ones, and an organisation's ids", async () => {
    const share = { identity: { share: "team" } };
    const report = await rehearsed({
      web: { ...share, level: "organization" },
      api: { ...share, level: "organization", ids: "variables" },
      worker: { identity: { existing: { name: "theirs", resourceGroup: "rg-ids" } } },
      jobs: { identity: { existingApplication: "22222222-2222-4222-8222-222222222222" } },
    });
    expect(report.reasons).toEqual([]);
    expect(reachesOf(report)).toContain(
      "Pipelines web and api share an identity, so each of them can push the images of the others (docs/identity.md#sharing)",
    );
  });

  test("environments that are made, exist, or are taken over", async () => {
    const report = await rehearsed({
      web: { environment: { name: "release", waitMinutes: 5, reviewers: { teams: ["core"] } } },
      api: { environment: { name: "release", create: false } },
      jobs: { environment: "release", adopt: true },
    });
    expect(report.reasons).toEqual([]);
  });

  test("verifying, in an environment that lets in every ref", async () => {
    const report = await rehearsed({ web: { verify: { environment: "checks" } } });
    expect(report.reasons).toEqual([]);
    const verifying = report.proof.filter(({ pipeline }) => pipeline === "web, verifying");
    const logins = verifying.filter(({ exchange }) => exchange === "token");
    expect(logins.map(({ run }) => run)).toEqual([
      "run on any branch",
      "run on any tag",
      "a pull request",
    ]);
    expect(verifying.map(({ run }) => run)).toContain("a branch without the environment");
  });

  test("verifying, before the first certificate", async () => {
    const report = await rehearsed({ web: { verify: true } }, {}, ({ azure, ...world }) => ({
      ...world,
      azure: {
        ...azure,
        signingAccounts: azure.signingAccounts.map((account) => ({
          ...account,
          profiles: account.profiles.map((it) => ({ ...it, subject: "" })),
        })),
      },
    }));
    expect([report.reasons, report.accepts]).toEqual([[], []]);
    expect(report.notes.join()).toContain("the certificate profile has issued no certificate");
  });

  test("a private root, and a stated subject", async () => {
    const signing = {
      resourceGroup: "rg-signing",
      account: "contoso-signing",
      profile: "container-images",
      subject: "O=Fabrikam, S=Bavaria, C=DE",
      rootCertificate: {
        file: "workflow/microsoft-identity-verification-root-2020.pem",
        sha256: "5367f20c7ade0e2bca790915056d086b720c33c1fa2a2661acf787e3292e1270",
      },
    };
    const report = await rehearsed({ web: { verify: true } }, { "countersign:signing": signing });
    expect(report.reasons).toEqual([]);
    expect(JSON.stringify(report.outputs)).toContain("C=DE, ST=Bavaria, O=Fabrikam");
  });

  test("another host, with names only", async () => {
    const host = { "github:baseUrl": "https://git.contoso.example/" };
    const report = await rehearsed({ web: {} }, host);
    expect(report.reasons).toEqual([]);
    expect(of(report, "push to branch main")).toMatchObject({
      subject: "repo:contoso/web:ref:refs/heads/main",
      exchange: "token",
    });
  });
});
