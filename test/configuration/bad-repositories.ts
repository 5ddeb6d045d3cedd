import type { Config } from "./stack";

const pipelines = (them: unknown) => ({ "countersign:pipelines": them });
const P = "countersign:pipelines";
const IDS =
  "a place for the IDs that pipeline `web` does not use | Set `level: environment`, with an `environment` of its own. Otherwise both pipelines write AZURE_CLIENT_ID.";
const OWN = { level: "environment" };
const OTHER = {
  repository: "web",
  workflow: ".github/workflows/other.yml",
  level: "environment",
  environment: "other",
  images: [{ name: "other" }],
};
const GOVERNED = {
  ids: "variables",
  trust: {
    workflow: "contoso/shared/.github/workflows/sign.yml@refs/heads/main",
    manageSubjectTemplate: true,
  },
};

/** Pipelines of one repository that would overwrite each other's objects. */
export const badRepositories: ReadonlyArray<readonly [string, Config, readonly string[]]> = [
  [
    "two pipelines for one repository",
    pipelines({ web: {}, other: { repository: "WEB" } }),
    [
      `${P}.other.workflow | ".github/workflows/sign-image.yml" | a workflow that pipeline \`web\` of the same repository does not use | Give this pipeline its own, such as \`.github/workflows/sign-NAME.yml\`, or list all images under \`web\`.`,
      `${P}.other.level | nothing | ${IDS}`,
      `${P}.other.images | "web" | images that no other pipeline pushes | Pipeline \`web\` pushes this image. Choose another name.`,
    ],
  ],
  [
    "two pipelines of one repository with one environment",
    pipelines({ web: { ...OWN, environment: "Prod" }, other: { ...OTHER, environment: "prod" } }),
    [
      `${P}.other.environment | "prod" | an environment that pipeline \`web\` of the same repository does not use | Give this pipeline its own. The refs and the reviewers of an environment belong to one pipeline.`,
    ],
  ],
  [
    "two pipelines of one repository with environments, and with their IDs in one place",
    pipelines({
      web: { environment: "a" },
      other: { ...OTHER, level: "repository", environment: "b" },
    }),
    [`${P}.other.level | "repository" | ${IDS}`],
  ],
  [
    "two pipelines of one repository that manage its subject template",
    pipelines({ web: GOVERNED, other: { ...GOVERNED, ...OTHER, level: "organization" } }),
    [
      `${P}.other.trust.manageSubjectTemplate | true | \`true\` for one pipeline of the repository only; \`web\` has it | Remove this key.`,
    ],
  ],
  [
    "a template that another pipeline of the repository could not use",
    pipelines({ web: GOVERNED, other: OTHER }),
    [
      `${P}.other.trust | nothing | \`trust\` in both pipelines of the repository, or in none; compare \`web\` | The subject template of the repository would name a reusable workflow in all tokens.`,
    ],
  ],
];
