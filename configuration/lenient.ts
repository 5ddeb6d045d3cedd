/** Reports a problem of one pipeline, or of all; the path begins where the rule's own does. */
export type Report = (path: string, given: unknown, allowed: string, remedy: string) => void;

/** A pipeline as it was typed, read as far as it makes sense. */
export interface Pipeline {
  readonly name: string;
  readonly repository: string;
  readonly branches: readonly string[] | undefined;
  readonly tags: readonly string[];
  /** Keys of the environment; undefined where there is none. */
  readonly environment: Readonly<Record<string, unknown>> | undefined;
  /** Keys of the identity; none where its own is made. */
  readonly identity: Readonly<Record<string, unknown>>;
  /** Credentials for each subject. */
  readonly forms: number;
  readonly images: readonly string[];
  readonly ids: unknown;
  readonly level: unknown;
  readonly governed: unknown;
}

export function lenient(name: string, it: Readonly<Record<string, unknown>>): Pipeline {
  const repository = typeof it.repository === "string" ? it.repository : name;
  const images = Array.isArray(it.images)
    ? strings(it.images.map((image) => record(image).name))
    : [repository.toLowerCase()];
  return {
    name,
    repository,
    branches: Array.isArray(it.branches) ? strings(it.branches) : undefined,
    tags: strings(it.tags),
    environment: it.environment === undefined ? undefined : record(it.environment),
    identity: record(it.identity),
    forms: it.subjects === "both" ? 2 : 1,
    images,
    ids: it.ids,
    level: it.level,
    governed: record(it.trust).workflow,
  };
}

/** Whether it is an object with keys, as YAML's mappings are. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

export function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** Reports what stands twice. */
export function unique(values: readonly string[], path: string, report: Report): void {
  const twice = values.filter((value, index) => values.indexOf(value) !== index);
  for (const value of new Set(twice)) report(path, value, "each once", "remove the second one");
}
