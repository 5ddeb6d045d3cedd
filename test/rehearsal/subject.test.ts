import { describe, expect, test } from "vitest";
import { type Claims, subjectOf } from "../../rehearsal/proof/subject";

const claims: Claims = {
  event_name: "push",
  ref: "refs/heads/main",
  repository: "octo-org/octo-repo",
  repository_id: "74",
  repository_owner: "octo-org",
  repository_owner_id: "65",
  repository_visibility: "private",
  job_workflow_ref: "octo-org/octo-automation/.github/workflows/oidc.yml@refs/heads/main",
};
const prod = { ...claims, environment: "prod" };
const CALLED =
  "job_workflow_ref:octo-org/octo-automation/.github/workflows/oidc.yml@refs/heads/main";
const WITH_CALLED = ["repo", "context", "job_workflow_ref"];

describe("a subject", () => {
  // github.md, 1.1 and 2.3
  test.each([
    [["repo", "context"], claims, "repo:octo-org/octo-repo:ref:refs/heads/main"],
    [
      ["repo", "context"],
      { ...claims, ref: "refs/tags/v1" },
      "repo:octo-org/octo-repo:ref:refs/tags/v1",
    ],
    [
      ["repo", "context"],
      { ...claims, event_name: "pull_request" },
      "repo:octo-org/octo-repo:pull_request",
    ],
    [
      ["repo", "context"],
      { ...prod, event_name: "pull_request" },
      "repo:octo-org/octo-repo:environment:prod",
    ],
    [WITH_CALLED, prod, `repo:octo-org/octo-repo:environment:prod:${CALLED}`],
    [["job_workflow_ref"], claims, CALLED],
    [
      ["repository_owner", "repository_visibility"],
      { ...claims, repository_owner: "monalisa" },
      "repository_owner:monalisa:repository_visibility:private",
    ],
    [["repository_id"], claims, "repository_id:74"],
    [["ref"], claims, "ref:refs/heads/main"],
    [["repository"], claims, "repository:octo-org/octo-repo"],
    [
      ["environment", "repository_owner"],
      { ...claims, environment: "production:eastus" },
      "environment:production%3Aeastus:repository_owner:octo-org",
    ],
    [
      ["context"],
      { ...claims, environment: "production:eastus" },
      "environment:production%3Aeastus",
    ],
  ])("of %j", (keys, given, subject) => {
    expect(subjectOf(keys, given, "names")).toEqual({ subject });
  });

  test("carries ids in the key `repo` alone", () => {
    const immutable = (keys: readonly string[]) => subjectOf(keys, prod, "immutable");
    expect(immutable(WITH_CALLED)).toEqual({
      subject: `repo:octo-org@65/octo-repo@74:environment:prod:${CALLED}`,
    });
    expect(immutable(["repository"])).toEqual({ subject: "repository:octo-org/octo-repo" });
  });

  test.each(["environment", "head_ref", "repo_property_team", "toString"])(
    "is not issued without the claim %s",
    (key) => {
      expect(subjectOf(["repo", key], claims, "names")).toEqual({
        refused: `the token has no claim ${key}`,
      });
    },
  );
});
