import type { Config } from "../support/engine";

const pipeline = (web: unknown) => ({ "countersign:pipelines": { web } });
const P = "countersign:pipelines.web";
const IMAGE =
  "a repository's path in lower case, without registry, tag or digest | write it as in `docker push LOGIN_SERVER/NAME`, only the NAME";
const PATH = "a relative path without .. | give the path from the repository's root";
const REQUIRED = "a string | it is required: add it";
const WORKFLOW = ".github/workflows/NAME.yml | GitHub runs workflows from that folder only";
const long = Array.from({ length: 60 }, (_, index) => ({ name: `${"x".repeat(60)}${index}` }));

/** Other bad keys of a pipeline: what is wrong, the change to a good configuration, then `path | given | allowed | remedy`. */
export const badPipelines: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  [
    "an environment with a colon",
    pipeline({ environment: "prod:eu" }),
    [
      `${P}.environment | "prod:eu" | 1 to 255 letters, digits, . _ - and inner spaces; no \`:\`, which GitHub escapes in subjects | choose another name`,
    ],
  ],
  [
    "an empty environment",
    pipeline({ environment: "" }),
    [
      `${P}.environment | "" | 1 to 255 letters, digits, . _ - and inner spaces; no \`:\`, which GitHub escapes in subjects | choose another name`,
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
    "no image",
    pipeline({ images: [] }),
    [`${P}.images | [] | at least 1 | add one, or leave the key out`],
  ],
  [
    "an image twice",
    pipeline({ images: [{ name: "a" }, { name: "a" }] }),
    [`${P}.images | "a" | each once | remove the second one`],
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
      `${P}.images.0.platforms.0 | "linux" | os/architecture, e.g. linux/arm64 | write it as \`docker buildx\` takes it`,
    ],
  ],
  [
    "more images than a condition holds",
    pipeline({ images: long }),
    [
      `${P}.images | ${JSON.stringify(long.map(({ name }) => name))} | images whose names fit into a role condition of 8192 characters | these need 9831: give them to two pipelines`,
    ],
  ],
  [
    "an unknown way to sign",
    pipeline({ signWith: "cosign" }),
    [`${P}.signWith | "cosign" | action, cli | choose one of them`],
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
    [`${P}.adopt | "yes" | true or false | give a value of that kind`],
  ],
  [
    "a misspelt key of a pipeline",
    pipeline({ enviroment: "x" }),
    [
      `${P}.enviroment | "x" | repository, branches, tags, environment, identity, subjects, trust, images, ids, level, commit, signWith, workflow, adopt | \`enviroment\` is not known; did you mean \`environment\`?`,
    ],
  ],
];
