import { describe, expect, test } from "vitest";
import { found, plannedWeb } from "../../support/planning";
import { refusedWeb } from "../../support/refused";
import { acceptedTemplates, GATED, subjects, under } from "../../support/templates";

describe("subjects under a template", () => {
  test.each(acceptedTemplates("web", 7))("%j, %j", (keys, pipeline, expected) => {
    const plan = plannedWeb(pipeline, under(keys));
    expect(plan.credentials.map(({ subject }) => subject)).toEqual(expected);
    expect(plan.outputs.subjects).toEqual(expected);
  });

  const organization = { include_claim_keys: ["repository_owner", "repository_id", "context"] };
  test("the organization's, where the repository asks for that", () => {
    const there = under([], { organizationSubjects: found(organization) });
    expect(subjects({}, there)).toEqual([
      "repository_owner:Contoso:repository_id:7:ref:refs/heads/main",
    ]);
  });

  test("GitHub's, where the organization has none", () => {
    const there = under([], { organizationSubjects: found({}) });
    expect(subjects({}, there)).toEqual(["repo:Contoso@5/web@7:ref:refs/heads/main"]);
  });
});

const KNOWN =
  "repo, context, environment, ref, ref_type, repository, repository_id, repository_owner, repository_owner_id, repository_visibility, workflow, workflow_ref, job_workflow_ref";
const oneOf = (keys: string) => `a subject template with one of the keys ${keys}`;

describe("a template that is refused", () => {
  const rows: ReadonlyArray<readonly [readonly string[], object, string]> = [
    ...["actor", "run_id", "repo_property_x", "event_name"].map(
      (key) =>
        [
          ["repo", "context", key],
          {},
          `a subject template with only the keys whose values are known before a run: ${KNOWN} | Remove \`${key}\` from the template, or reset the template.`,
        ] as const,
    ),
    [
      ["repository_owner_id", "repository_id"],
      {},
      `${oneOf("context, environment, ref, workflow_ref")} | Add one of these keys. Without it, every branch and every pull request has the same subject.`,
    ],
    [
      ["repository_owner_id", "context"],
      {},
      `${oneOf("repo, repository, repository_id, workflow_ref")} | Add one of these keys. Without it, other repositories have the same subject.`,
    ],
    [
      ["repo", "environment"],
      {},
      "an `environment`, because the subject template has the key `environment` | Add an `environment`. GitHub issues no tokens to jobs outside an environment.",
    ],
    [
      ["repo", "context", "job_workflow_ref"],
      {},
      "`trust.workflow`, because the subject template has the key `job_workflow_ref` | Set `trust.workflow`, or remove the key from the template.",
    ],
    [
      ["repository", "ref"],
      GATED,
      `${oneOf("context, environment")}, because the pipeline has an \`environment\` | Add one of these keys, or remove the \`environment\`. Without the key, jobs outside the environment have the same subject.`,
    ],
  ];
  test.each(rows)("%j, %j", (keys, pipeline, expected) => {
    expect(refusedWeb(pipeline, under(keys))).toEqual([
      `web.repository | "subject template ${keys.join(", ")}" | ${expected}`,
    ]);
  });

  test("patterns that no environment takes out of the subject", () => {
    const pipeline = { branches: ["main", "release/*"], tags: ["v*"], environment: "release" };
    const keys = ["repository", "context", "ref"];
    const why =
      "because the subject template repository, context, ref names the ref, which Entra matches exactly";
    const branches = `web.branches | "release/*" | exact branches, ${why} | Name the branches, or reset the subject template.`;
    const tags = `web.tags | "v*" | exact tags, ${why} | Use an application, or reset the subject template.`;
    expect(refusedWeb(pipeline, under(keys))).toEqual([branches, tags]);
    const application = { ...pipeline, identity: { application: {} } };
    expect(refusedWeb(application, under(keys))).toEqual([branches]);
  });
});
