/** The commit, and the Git tag from its first character on that an image's tag can begin with. */
export const DEFAULT_IMAGE_TAGS = [
  "type=sha,format=long,prefix=",
  String.raw`type=match,pattern=\w.*`,
];

/** Tag of the layers that `cache: registry` keeps beside the image. Nobody signs it. */
export const CACHE_TAG = "buildcache";

/** One image of a pipeline. */
export interface ImagePlan {
  /** Name of the image's repository in the registry, in lowercase. */
  readonly name: string;
  /** Path of the folder that the image is built from, relative to the repository. */
  readonly context: string;
  /** Path of the Dockerfile, relative to the context. */
  readonly dockerfile: string;
  /** Platforms to build for, such as `linux/arm64`. Empty: only the platform of the runner. */
  readonly platforms: readonly string[];
  /** Build arguments. Default: none. */
  readonly args?: Readonly<Record<string, string>>;
  /** Stage of the Dockerfile. Default: the last stage. */
  readonly target?: string;
  /** Names of GitHub secrets, by the ID under which a build mounts them. Default: none. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Where layers are cached. Default: nowhere. */
  readonly cache?: "gha" | "registry";
  /** Labels, in addition to those of docker/metadata-action. Default: none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** A push to a branch builds the image only if it changes one of these files. Default: always. */
  readonly paths?: readonly string[];
  /** Only these Git tags build the image. Default: all tags of the pipeline. */
  readonly tags?: readonly string[];
}

/** The values that differ between images. All of them are strings, as a matrix requires. */
export type Row = Readonly<Record<(typeof KEYS)[number], string>>;

const KEYS = [
  "image",
  "context",
  "file",
  "platforms",
  "args",
  "target",
  "secrets",
  "cache-from",
  "cache-to",
  "labels",
] as const;

/** The row of one image. */
export function row(image: ImagePlan, loginServer: string): Row {
  const { name, context, dockerfile, platforms, args, target = "", secrets, cache, labels } = image;
  const store = {
    gha: `type=gha,scope=${name}`,
    registry: `type=registry,ref=${loginServer}/${name}:${CACHE_TAG}`,
  };
  const from = cache ? store[cache] : "";
  return {
    image: name,
    context,
    // The path is relative to the context here, but to the workspace in build-push-action.
    file: context === "." ? dockerfile : `${context}/${dockerfile}`,
    platforms: platforms.join(","),
    args: lines(args),
    target,
    secrets: Object.entries(secrets ?? {})
      .map(([id, name]) => `${id}=${secretVariable(name)}`)
      .join("\n"),
    "cache-from": from,
    // https://docs.docker.com/build/cache/backends/
    "cache-to": from && `${from},mode=max`,
    labels: lines(labels),
  };
}

/** The variable of a secret in the step that builds. No variable of the runner has this name. */
export function secretVariable(name: string): string {
  return `BUILD_SECRET_${name}`;
}

function lines(values: Readonly<Record<string, string>> = {}): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${value}`)
    .join("\n");
}

/** The rows of a matrix, without the values that no image has. */
export function matrixRows(rows: readonly Row[]): Array<Partial<Row>> {
  const used = KEYS.filter((key) => rows.some((it) => it[key] !== ""));
  return rows.map((it) => Object.fromEntries(used.map((key) => [key, it[key]])));
}

/**
 * A row of which GitHub replaces the values for each image. Only values that some row has are
 * replaced; without rows, all are.
 */
export function placeholders(rows: readonly Partial<Row>[]): Row {
  const isUsed = (key: (typeof KEYS)[number]) =>
    rows.length === 0 || rows.some((it) => it[key] !== undefined);
  const value = (key: (typeof KEYS)[number]) => (isUsed(key) ? `\${{ matrix.${key} }}` : "");
  return Object.fromEntries(KEYS.map((key) => [key, value(key)])) as Row;
}
