import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { prove } from "../../rehearsal/proof/prove";
import { accepted } from "../../rehearsal/proof/stray";
import type { Report } from "../../rehearsal/report";
import { show } from "../../rehearsal/show";
import { type Building, built, CALLABLE, callingJob, SHARED, signing } from "./built";

const MAIN = `${SHARED}@refs/heads/main`;

function shown(it: Building, changes: Partial<Report> = {}): string[] {
  const { clouds, intents } = built(it);
  const report: Report = {
    version: 1,
    holds: true,
    reasons: [],
    notes: [],
    engine: { version: "3.250.0", source: "a test" },
    phases: [],
    outputs: {},
    made: [],
    merged: [],
    committed: [],
    trusts: Object.fromEntries(intents.map((it) => [it.pipeline, accepted(clouds, it)])),
    proof: prove(clouds, intents),
    runs: [],
    ...changes,
  };
  return stripVTControlCharacters(show(report, undefined)).split("\n");
}

const governed: Building = {
  pipelines: {
    web: {
      ids: "variables",
      environment: { name: `release-${"x".repeat(80)}`, reviewers: { users: ["alice"] } },
      trust: { workflow: MAIN },
      branches: ["main", `feature/${"very-".repeat(30)}long`],
    },
  },
  workflow: signing(callingJob(`${SHARED}@main`, `release-${"x".repeat(80)}`)),
  github: {
    callableWorkflows: { [MAIN]: CALLABLE },
    repositories: [
      { name: "web", id: 7, subjectTemplate: ["repo", "context", "job_workflow_ref"] },
    ],
  },
  trusted: [
    `repo:Contoso@5/web@7:environment:release-${"x".repeat(80)}:job_workflow_ref:${MAIN}`,
    "repo:Contoso@5/web@7:pull_request",
  ],
};

test("a report stays within 100 columns, whatever its names", () => {
  const lines = shown(governed, { merged: [`Contoso/web#1: ${"Sign the images ".repeat(10)}`] });
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
  const trusts = lines.slice(
    lines.findIndex((line) => line.startsWith("    trusts")),
    lines.findIndex((line) => line.startsWith("    run")),
  );
  expect(trusts.map((line) => line.slice(11)).join("")).toBe(governed.trusted[0]);
});

test("all that is trusted is listed, and not only what today's runs have", () => {
  const forms = ["repo:Contoso@5/web@7:", "repo:Contoso/web:"].map(
    (it) => `${it}ref:refs/heads/main`,
  );
  const lines = shown({ pipelines: { web: { subjects: "both" } }, trusted: forms });
  expect(lines.filter((line) => line.startsWith("    trusts"))).toEqual(
    forms.map((it) => `    trusts ${it}`),
  );
});

test("what is reached is said once, and marked where it is reached", () => {
  const share = { identity: { share: "team" } };
  const lines = shown({
    pipelines: { web: share, api: share },
    trusted: ["web@7", "api@8"].map((name) => `repo:Contoso@5/${name}:ref:refs/heads/main`),
  });
  expect(lines.filter((line) => line.startsWith("  ! "))).toEqual([
    "  ! Pipelines web and api share an identity, so each of them can push the images of the others.",
    "  ! Any workflow that runs on a declared ref can log in. Fix: set trust.workflow.",
  ]);
  expect(lines.filter((line) => line.includes("logs in"))).toEqual(
    ["web", "api"].flatMap(() => [
      "  ● push to branch main                 logs in        yes         2 of 4 !  yes   no",
      "  ○ another workflow of the repository  logs in !      yes         2 of 4    yes   no",
    ]),
  );
});
