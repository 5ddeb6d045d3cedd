import { z } from "zod";
import type { GitHubHost } from "../trust/hosts";
import { archivesOf, NOTATION, PLUGIN, type Tool } from "../workflow/pins";
import { clusterSchema } from "./schemas/cluster-schema";
import { accountCreation, profileCreation, registryCreation } from "./schemas/creation-schema";
import * as field from "./schemas/fields";
import { object, text } from "./schemas/fields";
import type { PipelineConfiguration } from "./schemas/pipeline-schema";

export * from "./schemas/pipeline-schema";

const timestampUrl = text(
  /^https?:\/\/[A-Za-z0-9.:-]+(?:\/[\w./-]*)?$/,
  "an HTTP or HTTPS URL",
  "Use the URL of an RFC 3161 timestamp service.",
);
const downloadUrl = text(
  /^https:\/\/[A-Za-z0-9.:-]+\/[\w./%+-]+$/,
  "an HTTPS URL",
  "Use the URL of the archive on your mirror.",
);
const hash = (command: string) =>
  text(
    /^[0-9a-f]{64}$/,
    "64 lowercase hexadecimal digits",
    `Run \`${command}\`, and copy its output.`,
  );
const sha256 = hash("sha256sum ARCHIVE");
const rootSha256 = hash("openssl x509 -in FILE -outform DER | sha256sum");
const certificateSubject = text(
  /=/,
  "the subject of a certificate, such as CN=Contoso, O=Contoso, L=Redmond, S=Washington, C=US",
  "Copy the subject from the certificate profile in the Azure portal.",
);

const archive = { url: downloadUrl, sha256 };
const download = (name: string, tool: Tool) => {
  const arm64 = object(`${name}, for linux/arm64.`, archive).default(tool.arm64);
  return object(`${name}, for linux/amd64. Default: the release that Countersign pins.`, {
    ...archive,
    arm64,
  }).default(archivesOf(tool));
};

/** The keys of `countersign:`. The pipelines are parsed one by one with `pipelineSchema`. */
export const stackSchema = z.strictObject({
  registry: object("Container registry of the images: `name` if it exists, or `create`.", {
    resourceGroup: field.resourceGroup,
    name: field.registryName.optional(),
    create: registryCreation.optional(),
    subscription: field.subscription.optional(),
    permissions: z
      .enum(["auto", "rbac", "abac"])
      .default("auto")
      .describe(
        "Role assignment mode. `auto` reads it from Azure, and is abac for a new registry.",
      ),
  }),
  signing: object("Artifact Signing account and certificate profile.", {
    resourceGroup: field.resourceGroup,
    subscription: field.subscription.optional(),
    account: z.union([field.accountName, z.strictObject({ create: accountCreation })]),
    profile: z.union([field.profileName, z.strictObject({ create: profileCreation })]),
    subject: certificateSubject
      .optional()
      .describe(
        "Subject of the certificates, for verifiers. Default: that of the last certificate.",
      ),
    rootCertificate: object("Root of the certificates. Only for profiles without Public Trust.", {
      file: z.string().describe("PEM file with the one self-signed root certificate."),
      sha256: rootSha256,
    }).optional(),
    timestamp: object("Timestamp service. Default: Microsoft's service with its root.", {
      url: timestampUrl,
      rootCertificate: z.string().describe("PEM file with the service's self-signed root."),
    }).optional(),
  }),
  identity: object("Where Countersign creates identities.", {
    resourceGroup: field.resourceGroup
      .optional()
      .describe("Default: the registry's group, in the registry's subscription."),
    subscription: field.subscription.optional(),
    location: field.location.optional().describe("Azure region. Default: `azure-native:location`."),
  }).default({}),
  tags: z
    .record(field.tagName, z.string().max(256))
    .default({})
    .describe("Tags of every Azure resource that Countersign creates and that can have tags."),
  issuer: field.issuer.optional(),
  cluster: clusterSchema.optional(),
  pipelines: z
    .record(field.logicalName, z.unknown())
    .refine((pipelines) => Object.keys(pipelines).length > 0, {
      params: { expected: "at least one pipeline", fix: "Add a pipeline, such as `web: {}`." },
    }),
  downloads: object("Mirror of the archives that the workflow downloads.", {
    notation: download(`The Notation CLI ${NOTATION.version}`, NOTATION),
    plugin: download("The Artifact Signing plugin", PLUGIN),
  }).prefault({}),
});

/** The names of what a stack uses, and how it creates what does not exist. */
export function named({ registry, signing }: Pick<WrittenStack, "registry" | "signing">) {
  const { name, create, ...place } = registry;
  const { account, profile, ...rest } = signing;
  const [newAccount, newProfile] = [creationOf(account), creationOf(profile)];
  return {
    registry: { ...place, name: name ?? create?.name ?? "", ...(create && { create }) },
    signing: {
      ...rest,
      account: newAccount?.name ?? String(account),
      profile: newProfile?.name ?? String(profile),
      ...(newAccount && { createAccount: newAccount }),
      ...(newProfile && { createProfile: newProfile }),
    },
  };
}

function creationOf<T>(written: string | { readonly create: T }): T | undefined {
  return typeof written === "string" ? undefined : written.create;
}

type WrittenStack = z.output<typeof stackSchema>;
type Creation<Schema extends z.ZodType> = { readonly create?: z.output<Schema> };

/** The configuration of a stack, and the settings of the providers that it depends on. */
export type StackConfiguration = Omit<
  WrittenStack,
  "registry" | "signing" | "identity" | "pipelines" | "issuer"
> & {
  /** With `create`, the stack creates the registry. Otherwise it exists. */
  readonly registry: Omit<WrittenStack["registry"], "name" | "create"> & {
    readonly name: string;
  } & Creation<typeof registryCreation>;
  /** What the stack creates of the account and the profile. Otherwise both exist. */
  readonly signing: Omit<WrittenStack["signing"], "account" | "profile"> & {
    readonly account: string;
    readonly profile: string;
    readonly createAccount?: z.output<typeof accountCreation>;
    readonly createProfile?: z.output<typeof profileCreation>;
  };
  /** Owner of the repositories: `github:owner`. */
  readonly owner: string;
  /** Where GitHub runs: `github:baseUrl`. */
  readonly host: GitHubHost;
  /** Issuer of GitHub's tokens. */
  readonly issuer: string;
  readonly identity: {
    readonly resourceGroup: string;
    /** Undefined: the subscription of the Azure provider. */
    readonly subscription?: string;
    /** Short name of a region, such as `westeurope`. */
    readonly location: string;
  };
  readonly pipelines: Readonly<Record<string, PipelineConfiguration>>;
};
