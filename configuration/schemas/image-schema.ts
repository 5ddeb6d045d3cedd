import { z } from "zod";
import * as field from "./fields";
import { list, object, text } from "./fields";

const platform = text(
  /^[a-z0-9]+\/[a-z0-9]+(?:\/v[0-9]+)?$/,
  "OS/ARCHITECTURE, such as linux/arm64",
  "Write the platform as `docker buildx build --platform` accepts it.",
);
/** A value that the actions of Docker read from one line. */
const line = text(
  /^(?!.*\$\{\{)[^"\p{Cc}]{0,1000}$/u,
  'a text on one line without " and ${{',
  "Put a text with other characters into a file that the Dockerfile reads.",
);
const argName = text(
  /^[A-Za-z_][A-Za-z0-9_]{0,99}$/,
  "the name of an ARG of the Dockerfile",
  "Use the name after ARG.",
);
const labelName = text(
  /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/,
  "the key of a label: lowercase letters, digits, periods, and hyphens",
  "Use a key such as org.opencontainers.image.title.",
);
const stage = text(
  /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/,
  "the name of a stage of the Dockerfile",
  "Use the name after `FROM … AS`.",
);
const mountId = text(
  /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/,
  "the ID of a secret mount",
  "Use the ID in `RUN --mount=type=secret,id=ID`.",
);
// https://docs.github.com/actions/reference/security/secrets
const secretName = text(
  /^(?:GITHUB_TOKEN|(?![Gg][Ii][Tt][Hh][Uu][Bb]_)[A-Za-z_][A-Za-z0-9_]{0,99})$/,
  "the name of a GitHub secret",
  "Use the name that GitHub shows in the settings of the repository.",
);
const pathPattern = text(
  /^(?!\/|!|\.\/)(?!.*(?:^|\/)\.\.(?:\/|$))[A-Za-z0-9._/ @+*-]{1,200}(?<!\/)$/,
  "a path of the repository, in which `*` matches any characters except `/`, and `**` all",
  "Write a folder as `apps/first/**`.",
);

export const imageSchema = object("An image to build, push, and sign.", {
  name: field.imageName,
  context: field.relativePath.default(".").describe("Build context, relative to the repository."),
  dockerfile: field.relativePath.default("Dockerfile").describe("Path relative to the context."),
  platforms: z
    .array(platform)
    .default([])
    .describe("Platforms to build for. Default: the runner's. Others are emulated."),
  args: z.record(argName, line).optional().describe("Build arguments. They are no secrets."),
  target: stage.optional().describe("Stage of the Dockerfile. Default: the last stage."),
  secrets: z
    .record(mountId, secretName)
    .optional()
    .describe("GitHub secrets that the build mounts, by the ID of the mount."),
  cache: z
    .enum(["gha", "registry"])
    .optional()
    .describe("Where layers are cached: by GitHub, or as the tag `buildcache`. Default: nowhere."),
  labels: z
    .record(labelName, line)
    .optional()
    .describe("Labels, in addition to those of docker/metadata-action."),
  paths: list(
    pathPattern,
    "A push to a branch builds this image only if it changes such a file. Default: always.",
  )
    .min(1)
    .optional(),
  tags: list(
    field.ref,
    "Git tags that build this image. Default: all tags of the pipeline.",
  ).optional(),
});

/** Rules of https://github.com/docker/metadata-action */
const imageTag = text(
  /^type=(?:schedule|semver|pep440|match|edge|ref|raw|sha)(?:,[a-z]+=(?!.*\$\{\{)[^",#\p{Cc}]*)*$/u,
  "a rule of docker/metadata-action, such as type=semver,pattern={{version}}",
  "Begin with type=, and separate attributes with commas.",
);

export const imageTagsSchema = list(
  imageTag,
  "Tags that images get: rules of docker/metadata-action. Default: the commit and the Git tag.",
)
  .min(1)
  .refine((rules) => rules.some(isAlways), {
    params: {
      expected: "a rule that gives each run a tag, such as type=sha or type=raw,value=latest",
      fix: "Add type=sha. An image without a tag cannot be pushed.",
    },
  });

/** Whether a rule gives a tag in each run, whatever starts it. */
function isAlways(rule: string): boolean {
  const isConstant = /^type=(?:sha\b|raw\b.*,value=[^{,]+(?:,|$))/.test(rule);
  return isConstant && !/,enable=(?!true(?:,|$))/.test(rule);
}

/** The Git tags that build an image. An image without tags of its own has those of the pipeline. */
export function tagsOf(
  images: ReadonlyArray<z.output<typeof imageSchema>>,
  tags: readonly string[],
): { readonly images: z.output<typeof imageSchema>[]; readonly tags: string[] } {
  if (!images.some((it) => it.tags)) return { images: [...images], tags: [...tags] };
  const own = images.map((it) => ({ ...it, tags: it.tags ?? [...tags] }));
  return { images: own, tags: [...new Set(own.flatMap((it) => it.tags))] };
}
