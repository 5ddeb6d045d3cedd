import * as github from "@pulumi/github";
import { expect, test } from "vitest";
import { onEngine, world } from "../../support/engine";

/** The real SDK's types, so that its tokens and property names are those that are served. */
async function program() {
  const repository = "web";
  new github.ActionsRepositoryOidcSubjectClaimCustomizationTemplate("subject", {
    repository,
    useDefault: false,
    includeClaimKeys: ["repo", "context", "job_workflow_ref"],
  });
  new github.RepositoryEnvironment("release", {
    repository,
    environment: "release",
    waitTimer: 5,
    canAdminsBypass: false,
    preventSelfReview: true,
    reviewers: [{ users: [1], teams: [9] }],
  });
  const secretName = "AZURE_CLIENT_ID";
  const secret = new github.ActionsOrganizationSecret("id", {
    secretName,
    visibility: "selected",
    value: "x",
  });
  new github.ActionsOrganizationSecretRepositories("id", {
    secretName: secret.secretName,
    selectedRepositoryIds: [7],
  });
  new github.ActionsOrganizationVariable("tenant", {
    variableName: "AZURE_TENANT_ID",
    visibility: "selected",
    value: "y",
    selectedRepositoryIds: [7],
  });
  const branch = new github.Branch("next", { repository, branch: "next", sourceBranch: "main" });
  const file = new github.RepositoryFile("file", {
    repository,
    branch: branch.branch,
    file: "a.md",
    content: "one\n",
  });
  const pull = new github.RepositoryPullRequest(
    "pull",
    { baseRepository: repository, baseRef: "main", headRef: branch.branch, title: "Add a.md" },
    { dependsOn: file },
  );
  return { number: pull.number, state: pull.state };
}

test("the real engine makes all of it, refreshes it and takes it away", async () => {
  const all = world({
    owner: { plan: "enterprise" },
    repositories: [{ name: "web", id: 7, rulesets: [reviewed()] }],
  });
  const github = {
    ...all.github,
    users: [{ login: "alice", id: 1 }],
    teams: [{ slug: "release-managers", id: 9 }],
  };
  await onEngine({ program, world: { ...all, github } }, async ({ run, outputs, clouds }) => {
    const before = clouds.inventory();
    await run("preview", "preview");
    await run("up", "up");
    expect((await outputs()).number?.value).toBe(1);
    expect(clouds.inventory()).toEqual([
      "branch web/next",
      "environment web/release",
      "file web/a.md on next",
      "open pull request web#1",
      "secret of the organization AZURE_CLIENT_ID",
      "subject template of web: repo,context,job_workflow_ref",
      "variable of the organization AZURE_TENANT_ID",
    ]);
    await run("refresh", "refresh");
    expect(await run("up", "again")).toMatchObject({ created: 0, updated: 0, replaced: 0 });
    clouds.github.merge("web", 1);
    await run("refresh", "refresh after the merge");
    expect((await outputs()).state?.value).toBe("open");
    expect(await run("up", "after")).toMatchObject({ created: 0, updated: 0, replaced: 0 });
    expect((await outputs()).state?.value).toBe("closed");
    await run("destroy", "destroy");
    expect(clouds.inventory()).toEqual([...before, "file web/a.md on main"]);
  });
});

function reviewed() {
  return { name: "main is reviewed", branches: ["main"], rules: ["pull_request" as const] };
}
