import { z } from "zod";
import { NOTATION, PLUGIN } from "../workflow/pins";
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

const pipeline = z
  .strictObject({
    repository: text.repositoryName.optional(),
    branches: z
      .array(text.ref)
      .optional()
      .meta({ description: "Branches whose pushes sign. Default: the default branch." }),
    tags: z
      .array(text.ref)
      .default([])
      .meta({ description: "Tag patterns whose pushes sign; need an environment. Default: none." }),
    environment: text.environment.optional(),
    subjects: z.enum(["auto", "immutable", "names", "both"]).default("auto").meta({
      description: "Which forms of its subjects are trusted. Default: what GitHub issues today.",
    }),
    images: z
      .array(image)
      .min(1)
      .optional()
      .meta({ description: "Default: one, named after the repository." }),
    ids: z.enum(["secrets", "variables"]).default("secrets").meta({
      description: "What holds the three ids that a run logs in with; none of them is secret.",
    }),
    level: z.enum(["repository", "environment"]).default("repository").meta({
      description: "Where the three ids are; `environment` needs one.",
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

const download = (described: string, pin: { readonly url: string; readonly sha256: string }) =>
  z
    .strictObject({ url: text.downloadUrl, sha256: text.sha256 })
    .default({ url: pin.url, sha256: pin.sha256 })
    .meta({ description: `${described} Default: the release that Countersign pins.` });

/** The keys of `countersign:` in a stack file. */
export const configurationSchema = z.strictObject({
  registry: z
    .strictObject({
      resourceGroup: text.resourceGroup,
      name: text.registryName,
      permissions: z.enum(["auto", "rbac", "abac"]).default("auto").meta({
        description: "How the registry judges access; `auto` asks it, the others must agree.",
      }),
    })
    .meta({ description: "The existing container registry that images are pushed to." }),
  signing: z
    .strictObject({
      resourceGroup: text.resourceGroup,
      account: text.accountName,
      profile: text.profileName,
      timestamp: z
        .strictObject({ url: text.timestampUrl, rootCertificate: text.certificateFile })
        .optional()
        .meta({ description: "Timestamp service. Default: Microsoft's, with its root." }),
    })
    .meta({ description: "The existing Artifact Signing account and certificate profile." }),
  identity: z
    .strictObject({
      resourceGroup: text.resourceGroup.optional(),
      location: text.location.optional(),
    })
    .default({})
    .meta({
      description:
        "Where identities are made. Default: the registry's group, `azure-native:location`.",
    }),
  pipelines: z
    .record(text.logicalName, pipeline)
    .meta({ description: "Pipelines by logical name." }),
  downloads: z
    .strictObject({
      notation: download("The Notation CLI 1.3.2 for linux/amd64.", NOTATION),
      plugin: download("The Artifact Signing plugin for linux/amd64.", PLUGIN),
    })
    .prefault({})
    .meta({ description: "Mirror of what the workflow downloads." }),
});

/** A stack's configuration, defaults filled in as far as no cloud must be asked. */
export type Configuration = z.output<typeof configurationSchema>;
export type PipelineConfiguration = Configuration["pipelines"][string];

/** The keys known at a path, for the advice on an unknown one. */
export function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: z.core.$ZodType = configurationSchema;
  for (const key of path) schema = child(bare(schema), key);
  const object = bare(schema);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function child(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType {
  if (schema instanceof z.ZodObject) return schema.shape[key as string];
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodArray) return schema.element;
  return schema;
}

function bare(schema: z.core.$ZodType): z.core.$ZodType {
  let inner = schema;
  while (
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodPrefault
  ) {
    inner = inner.unwrap();
  }
  return inner;
}
