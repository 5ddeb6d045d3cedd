import { createHash } from "node:crypto";
import type { Properties, Value } from "../../wire";
import type { Repository } from "../model";
import { repositoryBody } from "../rest/bodies";
import type { GitHubState } from "../state";
import { SETTINGS, topicsOf } from "./inputs";

/** Outputs that the service decides if the program does not. */
export const COMPUTED: readonly string[] = [
  "allowForking",
  "defaultBranch",
  "etag",
  "fork",
  "fullName",
  "gitCloneUrl",
  "htmlUrl",
  "httpCloneUrl",
  "nodeId",
  "primaryLanguage",
  "private",
  "repoId",
  "securityAndAnalysis",
  "sourceOwner",
  "sourceRepo",
  "sshCloneUrl",
  "svnUrl",
  "topics",
  "visibility",
  "vulnerabilityAlerts",
  "webCommitSignoffRequired",
];

/** Outputs by the field of the answer. */
const FIELDS = {
  archived: "archived",
  defaultBranch: "default_branch",
  description: "description",
  fullName: "full_name",
  gitCloneUrl: "git_url",
  hasDiscussions: "has_discussions",
  hasIssues: "has_issues",
  hasProjects: "has_projects",
  hasWiki: "has_wiki",
  homepageUrl: "homepage",
  htmlUrl: "html_url",
  httpCloneUrl: "clone_url",
  isTemplate: "is_template",
  nodeId: "node_id",
  primaryLanguage: "language",
  private: "private",
  repoId: "id",
  sshCloneUrl: "ssh_url",
  svnUrl: "svn_url",
  topics: "topics",
  visibility: "visibility",
};

/** Outputs that the provider does not read from an archived repository. */
const UNARCHIVED = {
  allowAutoMerge: "allow_auto_merge",
  allowForking: "allow_forking",
  allowMergeCommit: "allow_merge_commit",
  allowRebaseMerge: "allow_rebase_merge",
  allowSquashMerge: "allow_squash_merge",
  allowUpdateBranch: "allow_update_branch",
  deleteBranchOnMerge: "delete_branch_on_merge",
  hasDownloads: "has_downloads",
  mergeCommitMessage: "merge_commit_message",
  mergeCommitTitle: "merge_commit_title",
  squashMergeCommitMessage: "squash_merge_commit_message",
  squashMergeCommitTitle: "squash_merge_commit_title",
  webCommitSignoffRequired: "web_commit_signoff_required",
};

/**
 * What the provider reads: github/resource_github_repository.go (`resourceGithubRepositoryRead`),
 * as observed. `id` is the name that it asks for, also if GitHub redirects it. GitHub
 * shows an administrator `security_and_analysis` too (u). The answers here do not have it, so the
 * provider does not read the vulnerability alerts.
 */
export function outputsOf(github: GitHubState, repository: Repository, id: string): Properties {
  const body = repositoryBody(github, repository) as Properties;
  const fields = { ...FIELDS, ...(body.archived !== true && UNARCHIVED) };
  const hash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
  return {
    id,
    name: id,
    ...Object.fromEntries(Object.entries(fields).map(([output, it]) => [output, body[it] ?? ""])),
    etag: `W/"${hash}"`,
    fork: "false",
    sourceOwner: "",
    sourceRepo: "",
    ignoreVulnerabilityAlertsDuringRead: false,
  };
}

/**
 * Inputs that a refresh finds changed. What a program leaves to the service is never changed. An
 * import finds all that is not the provider's default.
 */
export function drift(inputs: Properties, outputs: Properties, isImport: boolean): Properties {
  const settings = Object.entries({ ...SETTINGS, archived: { standard: false } });
  const theirs = (property: string, isSet: boolean) =>
    inputs[property] !== undefined || (isImport && isSet) ? outputs[property] : undefined;
  const topics = theirs("topics", topicsOf(outputs).length > 0);
  const isSame = String(topicsOf(inputs)) === String(topicsOf(outputs));
  return {
    name: outputs.name,
    ...Object.fromEntries(
      settings.map(([input, { standard }]) => [
        input,
        seen(outputs[input], inputs[input], standard),
      ]),
    ),
    visibility: theirs("visibility", true),
    webCommitSignoffRequired: theirs(
      "webCommitSignoffRequired",
      outputs.webCommitSignoffRequired === true,
    ),
    topics: isSame && inputs.topics !== undefined ? inputs.topics : topics,
  };
}

/** The declared value if nothing changed, so that a default is not drift. */
function seen(actual: Value, declared: Value, standard: Value): Value {
  return actual === undefined || actual === (declared ?? standard) ? declared : actual;
}
