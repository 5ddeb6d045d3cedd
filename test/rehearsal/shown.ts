import { stripVTControlCharacters } from "node:util";
import { prove } from "../../rehearsal/proof/prove";
import { accepted } from "../../rehearsal/proof/stray";
import type { Report } from "../../rehearsal/report";
import { type Kept, show } from "../../rehearsal/show";
import { type Building, built, CALLABLE, callingJob, SHARED, signing } from "./built";

const MAIN = `${SHARED}@refs/heads/main`;

/** The lines of a page. Without a stack, it has no trust proof. */
export function shown(
  it: Building | undefined,
  changes: Partial<Report> = {},
  kept?: Kept,
): string[] {
  const { clouds, intents } = built(it ?? { pipelines: { web: {} }, trusted: [] });
  const report: Report = {
    version: 1,
    holds: true,
    reasons: [],
    notes: [],
    engine: { version: "3.250.0", source: "an earlier run's copy" },
    phases: [],
    assumed: [],
    outputs: {},
    made: [],
    merged: [],
    committed: [],
    trusts: it ? Object.fromEntries(intents.map((it) => [it.pipeline, accepted(clouds, it)])) : {},
    proof: it ? prove(clouds, intents) : [],
    accepts: [],
    runs: [],
    ...changes,
  };
  return stripVTControlCharacters(show(report, kept)).split("\n");
}

export const LONG = "x".repeat(80);
/** A stack with long names. */
export const governed: Building = {
  pipelines: {
    web: {
      ids: "variables",
      environment: { name: `release-${LONG}`, reviewers: { users: ["alice"] } },
      trust: { workflow: MAIN },
      branches: ["main", `feature/${"very-".repeat(30)}long`],
    },
  },
  workflow: signing(callingJob(`${SHARED}@main`, `release-${LONG}`)),
  github: {
    callableWorkflows: { [MAIN]: CALLABLE },
    repositories: [
      { name: "web", id: 7, subjectTemplate: ["repo", "context", "job_workflow_ref"] },
    ],
  },
  trusted: [
    `repo:Contoso@5/web@7:environment:release-${LONG}:job_workflow_ref:${MAIN}`,
    "repo:Contoso@5/web@7:pull_request",
  ],
};
