import { type Properties, UNKNOWN, type Value } from "../../wire";
import { ABOUT, type About } from "./about";
import type { Creation, Edit } from "./requests";
import { VISIBILITIES, type Visibility } from "./visibility";

/** An input, the field of the REST API that it sets, and what the provider sends without it. */
interface Setting {
  readonly field: keyof About;
  readonly standard: boolean | string;
}

/**
 * The provider sends `false` for most switches that a program does not set, although GitHub's own
 * value is another: https://github.com/integrations/terraform-provider-github v6.13.0,
 * github/resource_github_repository.go (`resourceGithubRepositoryObject`).
 */
export const SETTINGS: Readonly<Record<string, Setting>> = {
  description: { field: "description", standard: "" },
  homepageUrl: { field: "homepage", standard: "" },
  hasIssues: { field: "has_issues", standard: false },
  hasProjects: { field: "has_projects", standard: false },
  hasWiki: { field: "has_wiki", standard: false },
  hasDiscussions: { field: "has_discussions", standard: false },
  isTemplate: { field: "is_template", standard: false },
  allowMergeCommit: { field: "allow_merge_commit", standard: true },
  allowSquashMerge: { field: "allow_squash_merge", standard: true },
  allowRebaseMerge: { field: "allow_rebase_merge", standard: true },
  allowAutoMerge: { field: "allow_auto_merge", standard: false },
  allowUpdateBranch: { field: "allow_update_branch", standard: false },
  deleteBranchOnMerge: { field: "delete_branch_on_merge", standard: false },
};

/** Titles and messages of merges, which are sent if the method is allowed. Programs cannot set them. */
const TITLES = {
  allowSquashMerge: ["squash_merge_commit_title", "squash_merge_commit_message"],
  allowMergeCommit: ["merge_commit_title", "merge_commit_message"],
} as const;

export const OPTIONAL: readonly string[] = [
  "name",
  "visibility",
  "autoInit",
  "archived",
  "archiveOnDestroy",
  "topics",
  "vulnerabilityAlerts",
  "webCommitSignoffRequired",
  ...Object.keys(SETTINGS),
  // With `ignoreChanges`, the engine gives back what a check added. Other values are not served.
  ...["squashMergeCommitTitle", "squashMergeCommitMessage", "mergeCommitTitle"],
  "mergeCommitMessage",
];

/** The title or message of merges that has a value of its own. */
export function ownTitle(inputs: Properties): string | undefined {
  const titles = Object.keys(ADDED).filter((property) => /Commit(?:Title|Message)$/.test(property));
  return titles.find(
    (property) => inputs[property] !== undefined && inputs[property] !== ADDED[property],
  );
}

/** The inputs that a check of the real provider adds. Observed, as `resource.ts` says. */
export const ADDED: Properties = {
  allowMergeCommit: true,
  allowSquashMerge: true,
  allowRebaseMerge: true,
  squashMergeCommitTitle: ABOUT.squash_merge_commit_title,
  squashMergeCommitMessage: ABOUT.squash_merge_commit_message,
  mergeCommitTitle: ABOUT.merge_commit_title,
  mergeCommitMessage: ABOUT.merge_commit_message,
};

export function topicsOf({ topics }: Properties): readonly string[] {
  return [...((topics ?? []) as readonly string[])].sort();
}

/** The visibility of a repository without a declared one. */
export function wantedVisibility(inputs: Properties, before: Properties = {}): Visibility {
  return (inputs.visibility ?? before.visibility ?? "public") as Visibility;
}

/** What both requests have. The provider sends empty texts for templates. */
function common(inputs: Properties) {
  const settings = Object.entries(SETTINGS).map(([input, { field, standard }]) => [
    field,
    inputs[input] ?? standard,
  ]);
  const titles = Object.entries(TITLES)
    .filter(([method]) => inputs[method] !== false)
    .flatMap(([, fields]) => fields.map((field) => [field, ABOUT[field]]));
  return {
    name: inputs.name as string,
    ...(Object.fromEntries([...settings, ...titles]) as Partial<About>),
    auto_init: inputs.autoInit === true,
    gitignore_template: "",
    license_template: "",
  };
}

export function creationOf(inputs: Properties): Creation {
  return { ...common(inputs), visibility: wantedVisibility(inputs) };
}

/** The visibility is a request of its own. `before` are the outputs of a resource that is updated. */
export function editOf(inputs: Properties, before?: Properties): Edit {
  const topics = topicsOf(inputs);
  const { webCommitSignoffRequired: signoff } = inputs;
  const signs = signoff !== undefined && signoff !== before?.webCommitSignoffRequired;
  return {
    ...common(inputs),
    has_downloads: false,
    archived: inputs.archived === true,
    ...(topics.length > 0 && { topics }),
    ...(signs && { web_commit_signoff_required: signoff === true }),
  };
}

/** What the provider refuses at preview. `name` is the logical name. */
export function inputFault(inputs: Properties, name: string): string | undefined {
  const at = (property: string) => `Examine values at '${name}.${property}'.`;
  const { visibility, topics } = inputs;
  if (isKnown(inputs.name) && !/^[-a-zA-Z0-9_.]{1,100}$/.test(inputs.name as string)) {
    return `invalid value for name (must include only alphanumeric characters, underscores or hyphens and consist of 100 characters or less). ${at("name")}`;
  }
  if (isKnown(visibility) && !VISIBILITIES.includes(visibility as Visibility)) {
    return `expected visibility to be one of ["public" "private" "internal"], got ${visibility}. ${at("visibility")}`;
  }
  const all = isKnown(topics) ? (topics as readonly Value[]) : [];
  return all.some((it) => isKnown(it) && !/^[a-z0-9][a-z0-9-]{0,49}$/.test(it as string))
    ? `invalid value for topics (must include only lowercase alphanumeric characters or hyphens and cannot start with a hyphen and consist of 50 characters or less). ${at("topics")}`
    : undefined;
}

function isKnown(value: Value): boolean {
  return value !== undefined && value !== UNKNOWN;
}
