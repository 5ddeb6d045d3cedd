import { z } from "zod";

/**
 * A string of one form, with what a person needs to know when theirs has another. JSON Schema knows
 * no flags: there the form goes without.
 */
function text(pattern: RegExp, allowed: string, remedy: string, description: string) {
  return z
    .string()
    .refine((value) => pattern.test(value), { params: { allowed, remedy } })
    .meta({ description, ...(pattern.flags ? {} : { pattern: pattern.source }) });
}

export const resourceGroup = text(
  /^[\w.()-]{0,89}[\w()-]$/,
  "1 to 90 letters, digits, . _ - ( ), not ending in .",
  "copy the resource group's name from Azure",
  "Name of an existing resource group.",
);

export const registryName = text(
  /^[A-Za-z0-9]{5,50}$/,
  "5 to 50 letters and digits",
  "give the registry's resource name, not its login server",
  "Resource name of an existing container registry.",
);

export const accountName = text(
  /^(?![Oo][Nn][Ee])(?!.*--)[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/,
  "3 to 24 letters, digits and single hyphens, starting with a letter",
  "copy the Artifact Signing account's name from Azure",
  "Name of an existing Artifact Signing account.",
);

export const profileName = text(
  /^(?=.{5,100}$)[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$/,
  "5 to 100 letters, digits and single hyphens, not starting with a digit",
  "copy the certificate profile's name from Azure",
  "Name of an existing certificate profile of that account.",
);

export const location = text(
  /^[a-z0-9]{3,40}$/,
  "an Azure region's short name, e.g. westeurope",
  "write the region in lower case without spaces",
  "Azure region of the identities.",
);

export const logicalName = text(
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/,
  "1 to 40 letters, digits, - and _",
  "choose a plain key and name the repository in `repository`",
  "Logical name of a pipeline.",
);

export const repositoryName = text(
  /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/,
  "a repository's name, without its owner",
  "leave the owner out: it is `github:owner`",
  "Name of an existing repository of `github:owner`; in any case. Default: the pipeline's key.",
);

export const ref = text(
  /^(?![/.-])(?!refs\/)(?!.*(\.\.|\/\/|\/\.|@\{|\*\*))[A-Za-z0-9._/@*#-]{1,200}(?<![/.])$/,
  "at most 200 characters without refs/, spaces, ~ ^ : ? [ \\ + or **",
  "write the name alone, as GitHub shows it; of a pattern, * stands for anything but /",
  "A name; with an environment also a pattern, in which * stands for anything but /.",
);

export const environment = text(
  /^[A-Za-z0-9](?:[A-Za-z0-9._ -]{0,253}[A-Za-z0-9._-])?$/,
  "1 to 255 letters, digits, . _ - and inner spaces; no `:`, which GitHub escapes in subjects",
  "choose another name",
  "GitHub environment that the signing job runs in.",
);

export const imageName = text(
  /^(?=.{1,255}$)[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/,
  "a repository's path in lower case, without registry, tag or digest",
  "write it as in `docker push LOGIN_SERVER/NAME`, only the NAME",
  "Repository of the image in the registry.",
);

export const relativePath = text(
  /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[A-Za-z0-9._/ @+-]{1,200}$/,
  "a relative path without ..",
  "give the path from the repository's root",
  "Relative path.",
);

export const platform = text(
  /^[a-z0-9]+\/[a-z0-9]+(?:\/v[0-9]+)?$/,
  "os/architecture, e.g. linux/arm64",
  "write it as `docker buildx` takes it",
  "Platform to build for; needs a Dockerfile that cross-compiles, as no emulator is installed.",
);

export const workflowPath = text(
  /^\.github\/workflows\/[A-Za-z0-9._-]{1,100}\.ya?ml$/,
  ".github/workflows/NAME.yml",
  "GitHub runs workflows from that folder only",
  "Path of the committed workflow.",
);

export const timestampUrl = text(
  /^https?:\/\/[A-Za-z0-9.:-]+(?:\/[\w./-]*)?$/,
  "an http or https URL",
  "give the URL of an RFC 3161 service",
  "RFC 3161 timestamp service.",
);

export const certificateFile = text(
  /^[^\n]{1,400}$/,
  "a file's path",
  "give the path of the service's root certificate as PEM, from the project's folder",
  "PEM file with the one self-signed root of the timestamp service.",
);

export const downloadUrl = text(
  /^https:\/\/[A-Za-z0-9.:-]+\/[\w./%+-]+$/,
  "an https URL",
  "give the archive's address on your mirror",
  "Address of the archive.",
);

export const sha256 = text(
  /^[0-9a-f]{64}$/,
  "64 lower-case hexadecimal digits",
  "run `sha256sum` on the archive",
  "SHA-256 of the archive.",
);

export const login = text(
  /^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}$/,
  "a user's login on GitHub",
  "give the login without @",
  "Login of a user.",
);

export const teamSlug = text(
  /^[a-z0-9][a-z0-9_-]{0,99}$/,
  "a team's slug: lower case, without the organisation",
  "take it from the team's URL",
  "Slug of a team of the organisation.",
);

export const callableWorkflow = text(
  /^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}\/\.github\/workflows\/[A-Za-z0-9._-]{1,100}\.ya?ml@(?:refs\/(?:heads|tags)\/[A-Za-z0-9._/-]{1,200}|[0-9a-f]{40})$/,
  "OWNER/REPOSITORY/.github/workflows/NAME.yml@refs/heads/BRANCH, or @refs/tags/TAG, or @ and a full commit SHA",
  "write it as GitHub writes the claim `job_workflow_ref`",
  "A reusable workflow, with the ref that it is called by.",
);

export const identityId = text(
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[A-Za-z0-9][\w-]{2,127}$/i,
  "a managed identity's resource id, or { name, resourceGroup }",
  "copy the id from the identity's properties in Azure",
  "Resource id of an existing user-assigned identity.",
);

export const identityName = text(
  /^[A-Za-z0-9][\w-]{2,127}$/,
  "3 to 128 letters, digits, - and _",
  "copy the identity's name from Azure",
  "Name of an existing user-assigned identity.",
);

export const clientId = text(
  /^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/,
  "an application's client id, a GUID",
  "copy the `Application (client) ID` from Entra",
  "Client id of an existing application.",
);

export const objectId = text(
  /^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/,
  "an object id, a GUID",
  "run `az ad user show --id NAME --query id`",
  "Object id of a user or a service principal.",
);

export const displayName = text(
  /^\S(?:[^\n]{0,118}\S)?$/,
  "1 to 120 characters, not beginning or ending with a space",
  "shorten or trim it",
  "Display name of the application.",
);

export const sharedName = text(
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/,
  "1 to 40 letters, digits, - and _",
  "choose a plain name; all pipelines that say it share one identity",
  "Name of an identity that several pipelines share.",
);
