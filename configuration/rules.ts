import { MAX_CONDITION } from "../trust/conditions";
import { registryGrants } from "../trust/roles";
import { MAX_CREDENTIALS } from "../trust/subjects";
import type { Problem } from "./problems";

type Report = (path: string, given: unknown, allowed: string, remedy: string) => void;

/**
 * What holds between keys. Reads what was typed, whatever its shape, so that these problems are
 * reported together with those of shape; values of another kind are the schema's to refuse.
 */
export function ruleProblems(pipelines: unknown, root: string): Problem[] {
  if (!isRecord(pipelines)) return [];
  const problems: Problem[] = [];
  const entries = Object.entries(record(pipelines)).map(([name, it]) => lenient(name, record(it)));
  for (const pipeline of entries) {
    const at = `${root}.${pipeline.name}`;
    pipelineRules(pipeline, (path, given, allowed, remedy) => {
      problems.push({ path: `${at}.${path}`, given, allowed, remedy });
    });
  }
  sharingRules(entries, (path, given, allowed, remedy) => {
    problems.push({ path: `${root}${path}`, given, allowed, remedy });
  });
  return problems;
}

interface Pipeline {
  readonly name: string;
  readonly repository: string;
  readonly branches: readonly string[] | undefined;
  readonly tags: readonly string[];
  readonly environment: boolean;
  /** Subjects for each branch. */
  readonly forms: number;
  readonly images: readonly string[];
  readonly level: unknown;
}

function lenient(name: string, it: Readonly<Record<string, unknown>>): Pipeline {
  const repository = typeof it.repository === "string" ? it.repository : name;
  const images = Array.isArray(it.images)
    ? strings(it.images.map((image) => record(image).name))
    : [repository.toLowerCase()];
  return {
    name,
    repository,
    branches: Array.isArray(it.branches) ? strings(it.branches) : undefined,
    tags: strings(it.tags),
    environment: it.environment !== undefined,
    forms: it.subjects === "both" ? 2 : 1,
    images,
    level: it.level,
  };
}

function pipelineRules(pipeline: Pipeline, report: Report): void {
  const { branches, tags, environment, images } = pipeline;
  if (!environment) exactSubjects(pipeline, report);
  if (pipeline.level === "environment" && !environment) {
    const remedy = "add an `environment`, or leave `level` out";
    report("level", "environment", "repository, as there is no `environment`", remedy);
  }
  if (branches?.length === 0 && tags.length === 0) {
    const remedy = "name a branch, or leave the key out";
    report("branches", branches, "at least one branch or tag", remedy);
  }
  unique(branches ?? [], "branches", report);
  unique(tags, "tags", report);
  unique(images, "images", report);
  const length = conditionLength(images);
  if (length > MAX_CONDITION) {
    const allowed = `images whose names fit into a role condition of ${MAX_CONDITION} characters`;
    const remedy = `these need ${length}: give them to two pipelines`;
    report("images", images, allowed, remedy);
  }
}

function exactSubjects({ branches = [], tags, forms }: Pipeline, report: Report): void {
  const why = "Entra matches subjects exactly, so each would need a credential of its own";
  if (tags.length > 0) {
    const remedy = `${why}; add an \`environment\`, whose one subject serves all tags it admits`;
    report("tags", tags, "tags only together with `environment`", remedy);
  }
  for (const [index, branch] of branches.entries()) {
    if (!branch.includes("*")) continue;
    const remedy = `${why}; name the branches, or add an \`environment\``;
    report(`branches.${index}`, branch, "an exact branch, as there is no `environment`", remedy);
  }
  const most = MAX_CREDENTIALS / forms;
  if (branches.length > most) {
    const each = forms === 1 ? "one federated credential" : "two federated credentials";
    const allowed = `at most ${most}: ${each} each, all on one identity`;
    const remedy = `there are ${branches.length}; add an \`environment\`, which takes one in all`;
    report("branches", branches, allowed, remedy);
  }
}

function conditionLength(images: readonly string[]): number {
  // Names of another form are refused by the schema; the length is that of the well-formed.
  const named = images.filter((image) => /^[a-z0-9][a-z0-9._/-]*$/.test(image));
  if (named.length === 0) return 0;
  return Math.max(...registryGrants("abac", named).map((grant) => grant.condition?.length ?? 0));
}

/** What two pipelines cannot share. */
function sharingRules(pipelines: readonly Pipeline[], report: Report): void {
  const keys = new Map<string, string>();
  const repositories = new Map<string, string>();
  const images = new Map<string, string>();
  for (const { name, repository, images: pushed } of pipelines) {
    const alike = keys.get(name.toLowerCase());
    if (alike) {
      const remedy = `\`${alike}\` differs only in case, and their identities would be one; rename it`;
      report(`.${name}`, name, "keys that differ in more than case", remedy);
    }
    keys.set(name.toLowerCase(), name);
    const holder = repositories.get(repository.toLowerCase());
    if (holder) {
      const remedy = `\`${holder}\` has it, and both would write its secrets; list all images there`;
      report(`.${name}.repository`, repository, "one pipeline for a repository", remedy);
      continue;
    }
    repositories.set(repository.toLowerCase(), name);
    for (const image of new Set(pushed)) {
      const other = images.get(image);
      if (other) {
        const remedy = `\`${other}\` pushes it already; choose another name`;
        report(`.${name}.images`, image, "images that no other pipeline pushes", remedy);
      }
      images.set(image, name);
    }
  }
  if (pipelines.length === 0) {
    report("", {}, "at least one pipeline", "add one, e.g. `web: {}` for repository web");
  }
}

function unique(values: readonly string[], path: string, report: Report): void {
  const twice = values.filter((value, index) => values.indexOf(value) !== index);
  for (const value of new Set(twice)) report(path, value, "each once", "remove the second one");
}

/** Whether it is an object with keys, as YAML's mappings are. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
