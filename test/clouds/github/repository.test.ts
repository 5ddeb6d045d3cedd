import { expect, test } from "vitest";
import type { Properties } from "../../../rehearsal/clouds/wire";
import { github } from "../support";

type Changes = NonNullable<Parameters<typeof github>[0]>;

const REPOSITORY = { name: "Shop", visibility: "private", autoInit: true };

/** What a check of the real provider adds. Observed, as `repository/resource.ts` says. */
const ADDED = {
  allowMergeCommit: true,
  allowRebaseMerge: true,
  allowSquashMerge: true,
  mergeCommitMessage: "PR_TITLE",
  mergeCommitTitle: "MERGE_MESSAGE",
  squashMergeCommitMessage: "COMMIT_MESSAGES",
  squashMergeCommitTitle: "COMMIT_OR_PR_TITLE",
};

/** What the real provider sends first for a repository with these inputs. Observed, too. */
const SENT = {
  name: "Shop",
  description: "",
  homepage: "",
  has_issues: false,
  has_projects: false,
  has_wiki: false,
  has_discussions: false,
  is_template: false,
  auto_init: true,
  gitignore_template: "",
  license_template: "",
  allow_squash_merge: true,
  allow_merge_commit: true,
  allow_rebase_merge: true,
  allow_update_branch: false,
  allow_auto_merge: false,
  delete_branch_on_merge: false,
  squash_merge_commit_title: "COMMIT_OR_PR_TITLE",
  squash_merge_commit_message: "COMMIT_MESSAGES",
  merge_commit_title: "MERGE_MESSAGE",
  merge_commit_message: "PR_TITLE",
};
const EDITED = { ...SENT, archived: false, has_downloads: false };

async function made(changes: Changes = {}, inputs: Properties = {}) {
  const cloud = github(changes);
  const checked = cloud.repository.completed({ ...REPOSITORY, ...inputs });
  return { cloud, checked, ...(await cloud.repository.create(checked)) };
}

const sent = ({ state }: ReturnType<typeof github>) =>
  state.requests.sent.map(({ method, path, body }) => [method, path, body]);

test("a private repository with a first commit, in the provider's requests and outputs", async () => {
  const { cloud, checked, id, outputs } = await made();
  expect(checked).toEqual({ ...REPOSITORY, ...ADDED });
  expect(id).toBe("Shop");
  expect(outputs).toEqual({
    ...REPOSITORY,
    ...ADDED,
    id: "Shop",
    allowAutoMerge: false,
    allowForking: false,
    allowUpdateBranch: false,
    archived: false,
    defaultBranch: "main",
    deleteBranchOnMerge: false,
    description: "",
    etag: outputs.etag,
    fork: "false",
    fullName: "Contoso/Shop",
    gitCloneUrl: "git://github.com/Contoso/Shop.git",
    hasDiscussions: false,
    hasDownloads: false,
    hasIssues: false,
    hasProjects: false,
    hasWiki: false,
    homepageUrl: "",
    htmlUrl: "https://github.com/Contoso/Shop",
    httpCloneUrl: "https://github.com/Contoso/Shop.git",
    ignoreVulnerabilityAlertsDuringRead: false,
    isTemplate: false,
    nodeId: outputs.nodeId,
    primaryLanguage: "",
    private: true,
    repoId: outputs.repoId,
    sourceOwner: "",
    sourceRepo: "",
    sshCloneUrl: "git@github.com:Contoso/Shop.git",
    svnUrl: "https://github.com/Contoso/Shop",
    topics: [],
    webCommitSignoffRequired: false,
  });
  expect(outputs.etag).toMatch(/^W\/"[0-9a-f]{64}"$/);
  expect(sent(cloud)).toEqual([
    ["POST", "orgs/Contoso/repos", { ...SENT, visibility: "private" }],
    ["PATCH", "repos/Contoso/Shop", EDITED],
    ["PATCH", "repos/Contoso/Shop", { ...EDITED, visibility: "private" }],
  ]);
  const { branches, commits } = cloud.state.repository("shop");
  expect(branches).toEqual(new Map([["main", new Map([["README.md", "# Shop\n"]])]]));
  expect(commits).toEqual([{ branch: "main", path: "README.md", message: "Initial commit" }]);
  expect(cloud.state.inventory()).toEqual(["file Shop/README.md on main", "repository Shop"]);
});

test("what a program does not say: a public repository with an automatic name", async () => {
  const cloud = github({ owner: { type: "User" } });
  const checked = cloud.repository.completed({ topics: ["b", "a"], vulnerabilityAlerts: true });
  expect(checked.name).toMatch(/^it-[0-9a-f]{7}$/);
  const { outputs } = await cloud.repository.create(checked);
  expect([outputs.visibility, outputs.private, outputs.topics]).toEqual([
    "public",
    false,
    ["a", "b"],
  ]);
  const path = `repos/Contoso/${checked.name}`;
  expect(sent(cloud).map(([method, at]) => [method, at])).toEqual([
    ["POST", "user/repos"],
    ["PUT", `${path}/topics`],
    ["PATCH", path],
    ["PUT", `${path}/topics`],
    ["PUT", `${path}/vulnerability-alerts`],
  ]);
  expect(cloud.repository.completed({}, { name: "kept" }).name).toBe("kept");
});

test("titles of merge methods that are off, and what only a PATCH sets", async () => {
  const { cloud, outputs } = await made(
    {},
    { allowMergeCommit: false, allowSquashMerge: false, webCommitSignoffRequired: true },
  );
  const [[, , first], [, , second]] = sent(cloud) as [unknown[], unknown[]];
  for (const body of [first, second]) {
    expect(Object.keys(body as object).filter((it) => it.includes("merge_commit_"))).toEqual([]);
  }
  expect(second).toMatchObject({ web_commit_signoff_required: true, allow_merge_commit: false });
  expect(outputs).toMatchObject({ webCommitSignoffRequired: true, allowSquashMerge: false });
});

test("a preview knows the inputs, and not what the service decides", async () => {
  const { repository } = github();
  const { outputs } = await repository.preview(repository.completed(REPOSITORY));
  expect(Object.keys(outputs).filter((it) => outputs[it] === outputs.repoId)).toEqual(
    "allowForking defaultBranch etag fork fullName gitCloneUrl htmlUrl httpCloneUrl nodeId primaryLanguage private repoId securityAndAnalysis sourceOwner sourceRepo sshCloneUrl svnUrl topics vulnerabilityAlerts webCommitSignoffRequired".split(
      " ",
    ),
  );
});

test("each repository has an id that no other one has or had", async () => {
  const cloud = github({ repositories: [{ name: "web", id: 1_340_000_001 }] });
  const ids: unknown[] = [];
  for (const name of ["a", "b", "c"]) {
    const { id, outputs } = await cloud.repository.create({ name });
    ids.push(outputs.repoId);
    await cloud.repository.delete(id, outputs);
  }
  expect(ids).toEqual([1_340_000_002, 1_340_000_003, 1_340_000_004]);
});
