import { z } from "zod";
import { environment } from "./environment-schema";
import { identity } from "./identity-schema";
import * as text from "./text";

const image = z
  .strictObject({
    name: text.imageName,
    context: text.relativePath.default(".").meta({ description: "Build context." }),
    dockerfile: text.relativePath
      .default("Dockerfile")
      .meta({ description: "Path of the Dockerfile from the context." }),
    platforms: z
      .array(text.platform)
      .default([])
      .meta({ description: "Platforms to build for. Default: the runner's own." }),
  })
  .meta({ description: "An image to build, push and sign." });

/** One pipeline of `countersign:pipelines`. */
export const pipeline = z
  .strictObject({
    repository: text.repositoryName.optional(),
    branches: z
      .array(text.ref)
      .optional()
      .meta({ description: "Branches whose pushes sign. Default: the default branch." }),
    tags: z.array(text.ref).default([]).meta({
      description:
        "Tag patterns whose pushes sign; need an environment or an application. Default: none.",
    }),
    environment: environment.optional(),
    identity,
    subjects: z.enum(["auto", "immutable", "names", "both"]).default("auto").meta({
      description: "Which forms of its subjects are trusted. Default: what GitHub issues today.",
    }),
    trust: z
      .strictObject({
        workflow: text.callableWorkflow,
        manageSubjectTemplate: z.boolean().default(false).meta({
          description:
            "Declare the repository's subject template, on which all its federated trust depends.",
        }),
      })
      .optional()
      .meta({ description: "Let only jobs of one reusable workflow log in." }),
    images: z
      .array(image)
      .min(1)
      .optional()
      .meta({ description: "Default: one, named after the repository." }),
    ids: z.enum(["secrets", "variables"]).default("secrets").meta({
      description: "What holds the three ids that a run logs in with; none of them is secret.",
    }),
    level: z.enum(["repository", "environment", "organization"]).default("repository").meta({
      description: "Where the three ids are; `environment` needs one.",
    }),
    commit: z.enum(["auto", "direct", "pull-request"]).default("auto").meta({
      description:
        "How files get to the default branch; `auto` proposes them where it must not be committed to.",
    }),
    signWith: z
      .enum(["action", "cli"])
      .default("action")
      .meta({ description: "notation-action, or the Notation CLI in scripts of the workflow." }),
    workflow: text.workflowPath.default(".github/workflows/sign-image.yml"),
    adopt: z.boolean().default(false).meta({
      description:
        "Take over secrets and files that exist, and use the environment as it is. Default: refuse.",
    }),
  })
  .meta({ description: "One repository whose images are signed." });
