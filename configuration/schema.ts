import { z } from "zod";
import { NOTATION, PLUGIN } from "../workflow/pins";
import { pipeline } from "./pipeline-schema";
import * as text from "./text";

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
