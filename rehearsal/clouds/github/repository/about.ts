/**
 * What people set on the page of a repository's settings, by the fields of the REST API. These are
 * GitHub's values for what is not set:
 * https://docs.github.com/rest/repos/repos#create-an-organization-repository
 */
export const ABOUT = {
  description: "",
  homepage: "",
  topics: [] as readonly string[],
  has_issues: true,
  has_projects: true,
  has_wiki: true,
  has_downloads: true,
  has_discussions: false,
  is_template: false,
  allow_merge_commit: true,
  allow_squash_merge: true,
  allow_rebase_merge: true,
  allow_auto_merge: false,
  allow_update_branch: false,
  delete_branch_on_merge: false,
  web_commit_signoff_required: false,
  squash_merge_commit_title: "COMMIT_OR_PR_TITLE",
  squash_merge_commit_message: "COMMIT_MESSAGES",
  merge_commit_title: "MERGE_MESSAGE",
  merge_commit_message: "PR_TITLE",
};

export type About = Readonly<typeof ABOUT>;
