import { z } from "zod";
import { DEFAULT_IMAGE_TAGS } from "../../workflow/images";
import { repositoryCreation } from "./creation-schema";
import { environmentConfiguration, environmentSchema } from "./environment-schema";
import * as field from "./fields";
import { list, object } from "./fields";
import { identityConfiguration, identitySchema } from "./identity-schema";
import { imageSchema, imageTagsSchema, tagsOf } from "./image-schema";

/** The label of GitHub's own runner that is used by default. */
export const DEFAULT_RUNNER = "ubuntu-24.04";

// Five days, on a self-hosted runner: https://docs.github.com/actions/reference/limits
const MAX_TIMEOUT = 7200;

const signSchema = object("What is signed, in addition to each image, and with what.", {
  metadata: z
    .boolean()
    .optional()
    .describe("Signs the commit, the repository, and the run's URL too. Default with `cli`: true."),
  platforms: z.boolean().default(false).describe("Signs the manifest of each platform too."),
  referrers: z
    .boolean()
    .default(false)
    .describe("Signs what refers to the image too, such as an attached SBOM."),
  verify: z
    .boolean()
    .default(true)
    .describe("Verifies each new signature as verifiers do, before the run succeeds."),
});

/** Every day, at a minute that few other workflows use. */
const DAILY = "23 5 * * *";

const verifySchema = object("A workflow that verifies, and an identity that can only pull.", {
  workflow: field.workflowPath.default(".github/workflows/verify-image.yml"),
  schedule: z
    .union([field.cron, z.literal(false)])
    .default(DAILY)
    .describe("When the newest tags are verified, as cron in UTC. `false`: never."),
  environment: field.environment
    .optional()
    .describe("Environment of the verifying job, for tags and branch patterns. GitHub creates it."),
});

const trustSchema = object("Only jobs of one reusable workflow can log in.", {
  workflow: field.callableWorkflow,
  manageSubjectTemplate: z
    .boolean()
    .default(false)
    .describe("Sets the subject template of the repository, which affects all credentials for it."),
});

/** One pipeline of `countersign:pipelines`. */
export const pipelineSchema = object("One repository whose images are signed.", {
  repository: z
    .union([field.repositoryName, z.strictObject({ create: repositoryCreation.nullable() })])
    .optional()
    .describe("Existing repository of `github:owner`, or `create`. Default: the pipeline's key."),
  branches: list(field.ref, "Branches that sign images. Default: the default branch.").optional(),
  tags: list(field.ref, "Tags that sign images. Need an environment or application.").default([]),
  environment: environmentSchema.optional(),
  identity: identitySchema.default({}),
  subjects: z
    .enum(["auto", "immutable", "names", "both"])
    .default("auto")
    .describe("Trusted forms of token subjects. `auto` is the form that GitHub issues today."),
  trust: trustSchema.optional(),
  images: z
    .array(imageSchema)
    .min(1)
    .optional()
    .describe("Images to sign. Default: one with the name of the repository."),
  build: z
    .boolean()
    .default(true)
    .describe("`false`: the workflow signs digests of images that something else pushed."),
  push: z
    .boolean()
    .default(true)
    .describe("`false`: no push starts the workflow, only people and other workflows."),
  schedule: field.cron.optional().describe("Builds and signs the default branch: cron in UTC."),
  submodules: z
    .union([z.boolean(), z.literal("recursive")])
    .default(false)
    .describe("Checks submodules out, as actions/checkout does."),
  lfs: z.boolean().default(false).describe("Checks out files of Git LFS."),
  imageTags: imageTagsSchema.optional(),
  sign: signSchema.prefault({}),
  verify: z
    .union([z.boolean(), verifySchema])
    .default(false)
    .describe("Adds a workflow that verifies images, for callers, people, and a schedule."),
  ids: z
    .enum(["secrets", "variables"])
    .default("secrets")
    .describe("How GitHub stores the three IDs that a run logs in with. None of them is secret."),
  level: z
    .enum(["repository", "environment", "organization"])
    .default("repository")
    .describe("Where GitHub stores the three IDs. `environment` needs an environment."),
  commit: z
    .enum(["auto", "direct", "pull-request"])
    .default("auto")
    .describe(
      "How files get to the default branch. `auto`: a pull request if commits are blocked.",
    ),
  signWith: z.enum(["action", "cli"]).default("cli").describe("Notation's CLI, or its action."),
  workflow: field.workflowPath.default(".github/workflows/sign-image.yml"),
  runner: z
    .union([field.runnerLabel, list(field.runnerLabel, "Labels that a runner must have.").min(1)])
    .default(DEFAULT_RUNNER)
    .describe("Label, or list of labels, of the runner: Linux."),
  timeout: z.int().min(1).max(MAX_TIMEOUT).default(60).describe("Minutes that the job can take."),
  adopt: z
    .boolean()
    .default(false)
    .describe("Takes over existing secrets and files, and uses an existing environment unchanged."),
});

/** One pipeline as it is written, with the defaults of its keys. */
export type WrittenPipeline = z.output<typeof pipelineSchema>;

/** One pipeline, with all defaults that need no cloud. */
export type PipelineConfiguration = ReturnType<typeof pipelineConfiguration>;

/** Fills in the defaults of a pipeline that depend on its key, or on its other keys. */
export function pipelineConfiguration(name: string, written: WrittenPipeline) {
  const { repository: place = name, environment, identity, images, ...rest } = written;
  const create =
    typeof place === "string" ? undefined : repositoryCreation.parse(place.create ?? {});
  const repository = typeof place === "string" ? place : (create?.name ?? name);
  const image = { name: repository.toLowerCase(), context: ".", dockerfile: "Dockerfile" };
  return {
    ...rest,
    ...tagsOf(images ?? [{ ...image, platforms: [] }], rest.tags),
    /** Name of the repository, in any case. */
    repository,
    /** How the stack creates the repository. Undefined: it exists. */
    ...(create && { createRepository: create }),
    imageTags: rest.imageTags ?? DEFAULT_IMAGE_TAGS,
    /** Undefined: the pipeline has no workflow that verifies. */
    verify: rest.verify === true ? verifySchema.parse({}) : rest.verify || undefined,
    sign: { ...rest.sign, metadata: rest.sign.metadata ?? rest.signWith === "cli" },
    environment: environment === undefined ? undefined : environmentConfiguration(environment),
    identity: identityConfiguration(identity),
  };
}
