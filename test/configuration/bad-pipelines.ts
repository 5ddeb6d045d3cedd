import type { Config } from "./stack";

const pipeline = (web: unknown) => ({ "countersign:pipelines": { web } });
const P = "countersign:pipelines.web";
const IMAGE =
  "the name of a repository in the registry, in lowercase, without a registry, tag, or digest | Use only NAME from `docker push LOGIN_SERVER/NAME`.";
const PATH = "a relative path without `..` | Use a path inside the repository.";
const REQUIRED = "a string | Add this key. It is required.";
const WORKFLOW =
  ".github/workflows/NAME.yml | Use a file in `.github/workflows`. GitHub runs workflows only from that folder.";
const long = Array.from({ length: 60 }, (_, index) => ({ name: `${"x".repeat(60)}${index}` }));

/** Other bad keys of a pipeline: what is wrong, the change to a good configuration, then `path | given | expected | fix`. */
export const badPipelines: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  [
    "an environment with a tab",
    pipeline({ environment: "prod\teu" }),
    [
      `${P}.environment | "prod\\teu" | 1 to 255 characters, without \${{ and without a space at the start or end | Use the name that GitHub shows in the settings of the repository.`,
    ],
  ],
  [
    "an empty environment",
    pipeline({ environment: "" }),
    [
      `${P}.environment | "" | 1 to 255 characters, without \${{ and without a space at the start or end | Use the name that GitHub shows in the settings of the repository.`,
    ],
  ],
  [
    "an image in upper case",
    pipeline({ images: [{ name: "Web" }] }),
    [`${P}.images.0.name | "Web" | ${IMAGE}`],
  ],
  [
    "an image with its registry's tag",
    pipeline({ images: [{ name: "web:v1" }] }),
    [`${P}.images.0.name | "web:v1" | ${IMAGE}`],
  ],
  [
    "a repository whose name no image can have",
    pipeline({ repository: ".github" }),
    [
      `${P}.images | ".github" | images with names, because the repository's name cannot be an image's name | Add \`images: [{ name: NAME }]\`.`,
    ],
  ],
  [
    "no image",
    pipeline({ images: [] }),
    [`${P}.images | [] | at least 1 | Add an item, or remove this key.`],
  ],
  [
    "an image twice",
    pipeline({ images: [{ name: "a" }, { name: "a" }] }),
    [`${P}.images | ["a","a"] | no duplicates | Remove the second \`a\`.`],
  ],
  [
    "an image without a name",
    pipeline({ images: [{ context: "." }] }),
    [`${P}.images.0.name | nothing | ${REQUIRED}`],
  ],
  [
    "a context outside",
    pipeline({ images: [{ name: "a", context: "../b" }] }),
    [`${P}.images.0.context | "../b" | ${PATH}`],
  ],
  [
    "an absolute Dockerfile",
    pipeline({ images: [{ name: "a", dockerfile: "/Dockerfile" }] }),
    [`${P}.images.0.dockerfile | "/Dockerfile" | ${PATH}`],
  ],
  [
    "a platform without architecture",
    pipeline({ images: [{ name: "a", platforms: ["linux"] }] }),
    [
      `${P}.images.0.platforms.0 | "linux" | OS/ARCHITECTURE, such as linux/arm64 | Write the platform as \`docker buildx build --platform\` accepts it.`,
    ],
  ],
  [
    "more images than a condition holds",
    pipeline({ images: long }),
    [
      `${P}.images | ${JSON.stringify(long.map(({ name }) => name))} | image names that fit into one role condition of 8192 characters | They need 9831 characters. Use fewer images, or shorter names.`,
    ],
  ],
  [
    "an unknown way to sign",
    pipeline({ signWith: "cosign" }),
    [`${P}.signWith | "cosign" | one of: action, cli | Use one of these values.`],
  ],
  [
    "a workflow elsewhere",
    pipeline({ workflow: "sign.yml" }),
    [`${P}.workflow | "sign.yml" | ${WORKFLOW}`],
  ],
  [
    "a workflow that is no YAML",
    pipeline({ workflow: ".github/workflows/sign.sh" }),
    [`${P}.workflow | ".github/workflows/sign.sh" | ${WORKFLOW}`],
  ],
  [
    "adopt as a text",
    pipeline({ adopt: "yes" }),
    [`${P}.adopt | "yes" | true or false | Use a value of this type.`],
  ],
  [
    "a misspelt key of a pipeline",
    pipeline({ enviroment: "x" }),
    [
      `${P}.enviroment | "x" | one of these keys: repository, branches, tags, environment, identity, subjects, trust, images, build, push, schedule, submodules, lfs, imageTags, sign, verify, ids, level, commit, signWith, workflow, runner, timeout, adopt | Did you mean \`environment\`? Otherwise, remove this key.`,
    ],
  ],
  ...["windows-2025", "macos-15", "ubuntu-slim"].map(
    (label): readonly [string, Config, readonly string[]] => [
      `the runner ${label}`,
      pipeline({ runner: ["self-hosted", label] }),
      [
        `${P}.runner | ["self-hosted","${label}"] | a runner with Linux and Docker, for which the signing tools are pinned | Choose another runner. \`platforms\` builds images for others.`,
      ],
    ],
  ),
  [
    "a time that no runner gives",
    pipeline({ timeout: 7201 }),
    [`${P}.timeout | 7201 | at most 7200 | Use a smaller number.`],
  ],
];
