import { describe, expect, test } from "vitest";
import { block } from "../support/block";
import { config, onEngine, reasonOf, world } from "../support/engine";

const pipeline = (web: object) => config({ "countersign:pipelines": { web } });
const gated = { branches: ["main", "next"], environment: "release" };
const KNOWN =
  "the claim keys that are known before a run: repo, context, environment, ref, ref_type, repository, repository_id, repository_owner, repository_owner_id, repository_visibility, workflow, workflow_ref, job_workflow_ref";
const REPOSITORY = "countersign:pipelines.web.repository";
const refused = (keys: string, allowed: string, remedy: string) =>
  block(REPOSITORY, `"its subject template ${keys}"`, allowed, remedy);

describe("a template that is refused", () => {
  test.each([
    ...["actor", "run_id", "repo_property_x", "event_name"].map(
      (key) =>
        [
          ["repo", "context", key],
          {},
          refused(
            `repo, context, ${key}`,
            KNOWN,
            `\`${key}\` is not: take it out of the template, or reset that`,
          ),
        ] as const,
    ),
    [
      ["repository_owner_id", "repository_id"],
      {},
      refused(
        "repository_owner_id, repository_id",
        "a template with one of context, environment, ref, workflow_ref",
        "without, every branch and pull request has the same subject: add one",
      ),
    ],
    [
      ["repository_owner_id", "context"],
      {},
      refused(
        "repository_owner_id, context",
        "a template with one of repo, repository, repository_id, workflow_ref",
        "without, other repositories have the same subject: add one",
      ),
    ],
    [
      ["repo", "environment"],
      {},
      refused(
        "repo, environment",
        "an `environment`, as the key `environment` stands in the template",
        "add one: GitHub issues no token to a job without",
      ),
    ],
    [
      ["repo", "context", "job_workflow_ref"],
      {},
      refused(
        "repo, context, job_workflow_ref",
        "`trust.workflow`, as the key `job_workflow_ref` stands in the template",
        "add it: what GitHub puts there for a job of one's own is not documented",
      ),
    ],
    [
      ["repository_id", "context"],
      { subjects: "both" },
      block(
        "countersign:pipelines.web.subjects",
        '"both"',
        "auto, as its subject template has no key `repo`, which alone has two forms",
        "leave it out",
      ),
    ],
    [
      ["repository", "ref"],
      gated,
      refused(
        "repository, ref",
        "a template with one of context, environment, as there is an `environment`",
        "without, a job that leaves the environment out has the same subject: add one, or take the environment out here",
      ),
    ],
    [
      ["repository", "context", "ref"],
      { branches: ["main", "release/*"], tags: ["v*"], environment: "release" },
      [
        block(
          "countersign:pipelines.web.branches",
          '"release/*"',
          "exact branches: its subject template repository, context, ref names the ref, which Entra matches exactly",
          "name the branches, or reset the template",
        ),
        block(
          "countersign:pipelines.web.tags",
          '"v*"',
          "exact tags: its subject template repository, context, ref names the ref, which Entra matches exactly",
          "use an application, or reset the template",
        ),
      ].join("\n"),
    ],
  ] as const)("%j, %j", async (keys, pipe, message) => {
    const repository = { name: "web", id: 7, subjectTemplate: [...keys] };
    const settings = { config: pipeline(pipe), world: world({ repositories: [repository] }) };
    await onEngine(settings, async ({ run, clouds }) => {
      expect(await reasonOf(run("preview", "preview"))).toContain(message);
      expect(clouds.traffic.writes).toEqual([]);
    });
  });
});
