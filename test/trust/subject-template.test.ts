import { describe, expect, test } from "vitest";
import { GITHUB_COM } from "../../trust/hosts";
import {
  namesTheRef,
  renderSubject,
  type SubjectRun,
  type SubjectSource,
  templateProblem,
} from "../../trust/subject-template";

const repository = { name: "octo-repo", id: 8, visibility: "private" };
const source = (keys: readonly string[], changes: Partial<SubjectSource> = {}): SubjectSource => ({
  host: GITHUB_COM,
  owner: { login: "octo-org", id: 5 },
  repository,
  keys,
  ...changes,
});
const CALLED = "octo-org/octo-automation/.github/workflows/oidc.yml@refs/heads/main";
const workflow = { path: ".github/workflows/sign-image.yml", name: "Sign image" };
const onMain: SubjectRun = {
  kind: "branch",
  ref: "refs/heads/main",
  environment: undefined,
  workflow,
  reusableWorkflow: undefined,
};
const inProd = { ...onMain, ref: undefined, environment: "prod" };
const NAMES = "repo:octo-org/octo-repo";
const IDS = "repo:octo-org@5/octo-repo@8";

// The examples of https://docs.github.com/actions/reference/security/oidc
describe("subjects as GitHub documents them", () => {
  test.each([
    [["repo", "context"], inProd, NAMES, `${NAMES}:environment:prod`],
    [["repo", "context"], onMain, IDS, `${IDS}:ref:refs/heads/main`],
    [
      ["repo", "context", "job_workflow_ref"],
      { ...inProd, reusableWorkflow: CALLED },
      NAMES,
      `${NAMES}:environment:prod:job_workflow_ref:${CALLED}`,
    ],
    [
      ["repo", "context", "job_workflow_ref"],
      { ...inProd, reusableWorkflow: CALLED },
      IDS,
      `${IDS}:environment:prod:job_workflow_ref:${CALLED}`,
    ],
    [
      ["job_workflow_ref"],
      { ...onMain, reusableWorkflow: CALLED },
      NAMES,
      `job_workflow_ref:${CALLED}`,
    ],
    [
      ["repository_owner", "repository_visibility"],
      onMain,
      NAMES,
      "repository_owner:octo-org:repository_visibility:private",
    ],
    [["repository_id"], onMain, NAMES, "repository_id:8"],
    [
      ["environment", "repository_owner"],
      { ...inProd, environment: "production:eastus" },
      NAMES,
      "environment:production%3Aeastus:repository_owner:octo-org",
    ],
  ] as const)("%j", (keys, run, prefix, subject) => {
    expect(renderSubject(source(keys), run, prefix)).toBe(subject);
  });
});

describe("every key whose value is known before a run", () => {
  const run = { ...inProd, ref: "refs/tags/v1", kind: "tag" as const, reusableWorkflow: CALLED };
  test.each([
    ["repo", NAMES],
    ["context", "environment:prod"],
    ["environment", "environment:prod"],
    ["ref", "ref:refs/tags/v1"],
    ["ref_type", "ref_type:tag"],
    ["repository", "repository:octo-org/octo-repo"],
    ["repository_id", "repository_id:8"],
    ["repository_owner", "repository_owner:octo-org"],
    ["repository_owner_id", "repository_owner_id:5"],
    ["repository_visibility", "repository_visibility:private"],
    ["workflow", "workflow:Sign image"],
    [
      "workflow_ref",
      "workflow_ref:octo-org/octo-repo/.github/workflows/sign-image.yml@refs/tags/v1",
    ],
    ["job_workflow_ref", `job_workflow_ref:${CALLED}`],
  ])("%s", (key, part) => {
    expect(renderSubject(source([key]), run, NAMES)).toBe(part);
  });

  test("every `:` in a value is escaped", () => {
    const named = { ...inProd, environment: "a:b:c", workflow: { ...workflow, name: "Sign: all" } };
    expect(renderSubject(source(["context", "workflow"]), named, NAMES)).toBe(
      "environment:a%3Ab%3Ac:workflow:Sign%3A all",
    );
  });

  test.each([
    ["ref", inProd],
    ["workflow_ref", inProd],
    ["environment", onMain],
    ["job_workflow_ref", onMain],
    ["actor", onMain],
  ])("throws if a run has no value for %s", (key, run) => {
    expect(() => renderSubject(source([key]), run, NAMES)).toThrow(
      `the value of the claim key ${key} is not known for this run`,
    );
  });
});

test.each([
  [["repo", "context"], undefined, true],
  [["repo", "context"], "prod", false],
  [["repository_id", "ref", "environment"], "prod", true],
  [["repo", "context", "workflow_ref"], "prod", true],
  [["repository_id", "environment"], "prod", false],
] as const)("%j in the environment %s names the ref: %s", (keys, environment, expected) => {
  expect(namesTheRef(keys, environment)).toBe(expected);
});

describe("templateProblem", () => {
  const none = { environment: undefined, reusableWorkflow: undefined };
  const inEnvironment = { ...none, environment: "prod" };
  const calling = { ...none, reusableWorkflow: CALLED };
  const unknown = (key: string) => ({
    expected:
      "a subject template with only the keys whose values are known before a run: repo, context, environment, ref, ref_type, repository, repository_id, repository_owner, repository_owner_id, repository_visibility, workflow, workflow_ref, job_workflow_ref",
    fix: `Remove \`${key}\` from the template, or reset the template.`,
  });
  test.each([
    [["repo", "context"], none, undefined],
    [["repository_id", "ref"], none, undefined],
    [["workflow_ref"], none, undefined],
    [["repository_id", "environment"], inEnvironment, undefined],
    [["repo", "context", "job_workflow_ref"], calling, undefined],
    [["repo", "context", "actor"], none, unknown("actor")],
    [["run_id"], none, unknown("run_id")],
    [["repo", "repo_property_team"], none, unknown("repo_property_team")],
    [["repo", "constructor"], none, unknown("constructor")],
    [
      ["repository_id", "environment"],
      none,
      {
        expected: "an `environment`, because the subject template has the key `environment`",
        fix: "Add an `environment`. GitHub issues no tokens to jobs outside an environment.",
      },
    ],
    [
      ["repo", "context", "job_workflow_ref"],
      none,
      {
        expected: "`trust.workflow`, because the subject template has the key `job_workflow_ref`",
        fix: "Set `trust.workflow`, or remove the key from the template.",
      },
    ],
    [
      ["repository_owner_id", "context"],
      none,
      {
        expected:
          "a subject template with one of the keys repo, repository, repository_id, workflow_ref",
        fix: "Add one of these keys. Without it, other repositories have the same subject.",
      },
    ],
    [
      ["repository_owner_id", "repository_id"],
      none,
      {
        expected: "a subject template with one of the keys context, environment, ref, workflow_ref",
        fix: "Add one of these keys. Without it, every branch and every pull request has the same subject.",
      },
    ],
    [
      ["repository", "ref"],
      inEnvironment,
      {
        expected:
          "a subject template with one of the keys context, environment, because the pipeline has an `environment`",
        fix: "Add one of these keys, or remove the `environment`. Without the key, jobs outside the environment have the same subject.",
      },
    ],
  ] as const)("%j of %j", (keys, run, problem) => {
    expect(templateProblem(keys, run)).toEqual(problem);
  });
});
