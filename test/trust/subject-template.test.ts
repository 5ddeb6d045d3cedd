import { describe, expect, test } from "vitest";
import { GITHUB_COM } from "../../trust/hosts";
import {
  namesTheRef,
  renderSubject,
  type SubjectRun,
  type SubjectSource,
  templateFault,
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
  governed: undefined,
};
const inProd = { ...onMain, ref: undefined, environment: "prod" };
const NAMES = "repo:octo-org/octo-repo";
const IDS = "repo:octo-org@5/octo-repo@8";

describe("subjects as GitHub documents them (github.md, 2.3)", () => {
  test.each([
    [["repo", "context"], inProd, NAMES, `${NAMES}:environment:prod`],
    [["repo", "context"], onMain, IDS, `${IDS}:ref:refs/heads/main`],
    [
      ["repo", "context", "job_workflow_ref"],
      { ...inProd, governed: CALLED },
      NAMES,
      `${NAMES}:environment:prod:job_workflow_ref:${CALLED}`,
    ],
    [
      ["repo", "context", "job_workflow_ref"],
      { ...inProd, governed: CALLED },
      IDS,
      `${IDS}:environment:prod:job_workflow_ref:${CALLED}`,
    ],
    [["job_workflow_ref"], { ...onMain, governed: CALLED }, NAMES, `job_workflow_ref:${CALLED}`],
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

describe("every key that is known beforehand", () => {
  const governed = { ...inProd, ref: "refs/tags/v1", kind: "tag" as const, governed: CALLED };
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
    expect(renderSubject(source([key]), governed, NAMES)).toBe(part);
  });

  test("a value's own `:` is escaped, each of them", () => {
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
  ])("%s of a run that has none is no subject", (key, run) => {
    expect(() => renderSubject(source([key]), run, NAMES)).toThrow(
      `the key ${key} is not known of this run`,
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

describe("faults of a template", () => {
  const known =
    "the claim keys that are known before a run: repo, context, environment, ref, ref_type, repository, repository_id, repository_owner, repository_owner_id, repository_visibility, workflow, workflow_ref, job_workflow_ref";
  const none = { environment: undefined, governed: undefined };
  const unknown = (key: string) => ({
    allowed: known,
    remedy: `\`${key}\` is not: take it out of the template, or reset that`,
  });
  test.each([
    [["repo", "context"], none, undefined],
    [["repository_id", "ref"], none, undefined],
    [["workflow_ref"], none, undefined],
    [["repository_id", "environment"], { ...none, environment: "prod" }, undefined],
    [["repo", "context", "job_workflow_ref"], { ...none, governed: CALLED }, undefined],
    [["repo", "context", "actor"], none, unknown("actor")],
    [["run_id"], none, unknown("run_id")],
    [["repo", "repo_property_team"], none, unknown("repo_property_team")],
    [["repo", "constructor"], none, unknown("constructor")],
    [
      ["repository_id", "environment"],
      none,
      {
        allowed: "an `environment`, as the key `environment` stands in the template",
        remedy: "add one: GitHub issues no token to a job without",
      },
    ],
    [
      ["repo", "context", "job_workflow_ref"],
      none,
      {
        allowed: "`trust.workflow`, as the key `job_workflow_ref` stands in the template",
        remedy: "add it: what GitHub puts there for a job of one's own is not documented",
      },
    ],
    [
      ["repository_owner_id", "context"],
      none,
      {
        allowed: "a template with one of repo, repository, repository_id, workflow_ref",
        remedy: "without, other repositories have the same subject: add one",
      },
    ],
    [
      ["repository_owner_id", "repository_id"],
      none,
      {
        allowed: "a template with one of context, environment, ref, workflow_ref",
        remedy: "without, every branch and pull request has the same subject: add one",
      },
    ],
    [
      ["repository", "ref"],
      { ...none, environment: "prod" },
      {
        allowed: "a template with one of context, environment, as there is an `environment`",
        remedy:
          "without, a job that leaves the environment out has the same subject: add one, or take the environment out here",
      },
    ],
  ] as const)("%j", (keys, run, fault) => {
    expect(templateFault(keys, run)).toEqual(fault);
  });
});
