import type { Config } from "./stack";

const pipeline = (web: unknown) => ({ "countersign:pipelines": { web } });
const P = "countersign:pipelines.web";
const image = (options: object) => pipeline({ images: [{ name: "web", ...options }] });
const NOT_BUILT =
  "no such key together with `build: false` | Remove this key. Your own workflow builds and pushes the images.";
const LINE =
  'a text on one line without " and ${{ | Put a text with other characters into a file that the Dockerfile reads.';
const RULE =
  "a rule of docker/metadata-action, such as type=semver,pattern={{version}} | Begin with type=, and separate attributes with commas.";
const ALWAYS =
  "a rule that gives each run a tag, such as type=sha or type=raw,value=latest | Add type=sha. An image without a tag cannot be pushed.";
const PATTERN =
  "a path of the repository, in which `*` matches any characters except `/`, and `**` all | Write a folder as `apps/first/**`.";
const trust = { workflow: "o/r/.github/workflows/sign.yml@refs/heads/main" };
const many = Array.from({ length: 21 }, (_, index) => ({ name: `web-${index}` }));

/** What a workflow cannot build or sign: what is wrong, the change, then `path | given | expected | fix`. */
export const badBuilds: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  [
    "a build where nothing is built",
    pipeline({
      build: false,
      push: false,
      schedule: "0 4 * * *",
      lfs: true,
      imageTags: ["type=sha"],
      images: [{ name: "web", context: "app", args: { A: "1" } }],
    }),
    [
      `${P}.push | false | ${NOT_BUILT}`,
      `${P}.schedule | "0 4 * * *" | ${NOT_BUILT}`,
      `${P}.lfs | true | ${NOT_BUILT}`,
      `${P}.imageTags | ["type=sha"] | ${NOT_BUILT}`,
      `${P}.images.0.context | "app" | ${NOT_BUILT}`,
      `${P}.images.0.args | {"A":"1"} | ${NOT_BUILT}`,
    ],
  ],
  [
    "notation-action for what only the CLI can do",
    pipeline({ signWith: "action", build: false }),
    [
      `${P}.signWith | "action" | \`cli\`, because notation-action signs one digest without metadata | Remove \`signWith\` or \`build: false\`.`,
    ],
  ],
  [
    "notation-action with metadata",
    pipeline({ signWith: "action", sign: { metadata: true } }),
    [
      `${P}.signWith | "action" | \`cli\`, because notation-action signs one digest without metadata | Remove \`signWith\` or \`sign.metadata\`.`,
    ],
  ],
  [
    "notation-action on ARM",
    pipeline({ signWith: "action", runner: "ubuntu-24.04-arm" }),
    [
      `${P}.signWith | "action" | \`cli\`, because the runner has an ARM processor | Remove \`signWith\`. Notation's CLI also signs on ARM.`,
    ],
  ],
  [
    "an argument that GitHub would evaluate",
    image({ args: { TOKEN: "${{ secrets.TOKEN }}" } }),
    [`${P}.images.0.args.TOKEN | "\${{ secrets.TOKEN }}" | ${LINE}`],
  ],
  [
    "a label of several lines",
    image({ labels: { title: "a\nb" } }),
    [`${P}.images.0.labels.title | "a\\nb" | ${LINE}`],
  ],
  [
    "a secret of GitHub's own",
    image({ secrets: { token: "GITHUB_ACTOR" } }),
    [
      `${P}.images.0.secrets.token | "GITHUB_ACTOR" | the name of a GitHub secret | Use the name that GitHub shows in the settings of the repository.`,
    ],
  ],
  [
    "an unknown cache",
    image({ cache: "s3" }),
    [`${P}.images.0.cache | "s3" | one of: gha, registry | Use one of these values.`],
  ],
  [
    "paths that leave the repository",
    image({ paths: ["../x", "/apps", "apps/", "./x/**"] }),
    ["../x", "/apps", "apps/", "./x/**"].map(
      (path, index) => `${P}.images.0.paths.${index} | "${path}" | ${PATTERN}`,
    ),
  ],
  [
    "a rule for tags that is a tag",
    pipeline({ imageTags: ["latest", "type=sha"] }),
    [`${P}.imageTags.0 | "latest" | ${RULE}`],
  ],
  [
    "rules for tags that can give none",
    pipeline({ imageTags: ["type=raw,value={{tag}}", "type=sha,enable={{is_default_branch}}"] }),
    [
      `${P}.imageTags | ["type=raw,value={{tag}}","type=sha,enable={{is_default_branch}}"] | ${ALWAYS}`,
    ],
  ],
  [
    "a schedule of four fields",
    pipeline({ schedule: "0 4 * *" }),
    [
      `${P}.schedule | "0 4 * *" | a cron expression with five fields, such as 0 4 * * * | Give minute, hour, day of the month, month, and day of the week.`,
    ],
  ],
  [
    "more images than a reusable workflow has outputs, and secrets that it lacks",
    pipeline({
      trust,
      ids: "variables",
      images: [{ ...many[0], secrets: { a: "A" } }, ...many.slice(1)],
    }),
    [
      `${P}.images | 21 | at most 20 images, because each one is an output of the reusable workflow | Use two pipelines.`,
      `${P}.images.0.secrets | {"a":"A"} | no secrets, because the reusable workflow has none | Remove the secrets, or build in a workflow of your own with \`build: false\`.`,
    ],
  ],
  [
    "tags that no image uses",
    pipeline({
      tags: ["v*"],
      environment: "release",
      images: [{ name: "web", tags: ["web@*"] }],
    }),
    [
      `${P}.tags | ["v*"] | no tags here, because each image has its own | Remove this key, or the \`tags\` of an image.`,
    ],
  ],
  [
    "tags of an image without an environment",
    image({ tags: ["web@*"] }),
    [
      `${P}.images.0.tags | ["web@*"] | tags only together with an \`environment\` or an application | Add an \`environment\`, or set \`identity: { application: {} }\`. Both accept patterns.`,
    ],
  ],
  [
    "an image that no push builds",
    pipeline({
      branches: [],
      environment: "release",
      images: [
        { name: "web", tags: ["web@*"] },
        { name: "api", paths: ["api/**"] },
      ],
    }),
    [
      `${P}.images.1.tags | nothing | at least one tag, because the pipeline has no branch | Add a tag for this image, or a branch to \`branches\`.`,
    ],
  ],
  [
    "an argument that YAML reads as a number",
    image({ args: { NODE_VERSION: 22 } }),
    [`${P}.images.0.args.NODE_VERSION | 22 | a string | Write \`NODE_VERSION: "22"\`.`],
  ],
  [
    "an argument that YAML reads as a decimal number",
    image({ args: { GO_VERSION: 1.3 } }),
    [
      `${P}.images.0.args.GO_VERSION | 1.3 | a string | Write the number in quotes, with all its digits.`,
    ],
  ],
  [
    "a label that YAML reads as true or false",
    image({ labels: { "com.contoso.public": true } }),
    [
      `${P}.images.0.labels.com.contoso.public | true | a string | Write \`com.contoso.public: "true"\`.`,
    ],
  ],
];
