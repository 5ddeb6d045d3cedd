import { z } from "zod";
import { CLUSTER } from "../../trust/resource-names";

/** An object without other keys. */
export function object<Shape extends z.ZodRawShape>(description: string, shape: Shape) {
  return z.strictObject(shape).describe(description);
}

/** A list of texts without duplicates. */
export function list(element: z.ZodString, description: string) {
  const unique = z.array(element).superRefine((values, { addIssue }) => {
    const params = duplicate(values);
    if (params) addIssue({ code: "custom", params });
  });
  return unique.meta({ description, uniqueItems: true });
}

/** Advice on a list that has a value twice. */
export function duplicate(values: readonly string[]) {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice === undefined) return undefined;
  return { expected: "no duplicates", fix: `Remove the second \`${twice}\`.` };
}

/** A text of one form, with the advice for any other text. */
export function text(pattern: RegExp, expected: string, fix: string, description?: string) {
  const checked = z.string().refine((it) => pattern.test(it), { params: { expected, fix } });
  return checked.meta({ description, pattern: pattern.source });
}

const GUID = /^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;
const KEY = [
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/,
  "1 to 40 letters, digits, hyphens, and underscores, starting with a letter or digit",
] as const;
export const pulumiName = text(
  /^[\w.-]{1,100}$/,
  "1 to 100 letters, digits, hyphens, underscores, and periods",
  "Copy the name from Pulumi Cloud, without what is before a slash.",
);
export const resourceGroup = text(
  /^[\w.()-]{0,89}[\w()-]$/,
  "1 to 90 letters, digits, or . _ - ( ), without a period at the end",
  "Give only the name of the resource group. The key `subscription` next to it names its subscription.",
);
export const subscription = text(
  GUID,
  "the ID of a subscription, a GUID",
  "Run `az account list --output table`, and copy the SubscriptionId.",
  "Azure subscription. Default: the subscription of the Azure provider.",
);
export const identityValidation = text(
  GUID,
  "the ID of a completed identity validation, a GUID",
  "Copy the ID of the identity validation from the Artifact Signing account in the Azure portal.",
);
export const registryName = text(
  /^[A-Za-z0-9]{5,50}$/,
  "5 to 50 letters and digits",
  "Copy the name of the registry from Azure. It is not always a part of the login server.",
);
export const accountName = text(
  /^(?![Oo][Nn][Ee])(?!.*--)[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/,
  "3 to 24 letters, digits, and single hyphens, starting with a letter but not with `one`",
  "Copy the name of the Artifact Signing account from Azure.",
);
export const profileName = text(
  /^(?=.{5,100}$)[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$/,
  "5 to 100 letters, digits, and single hyphens, starting with a letter",
  "Copy the name of the certificate profile from Azure.",
);
export const location = text(
  /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/,
  "an Azure region, such as westeurope or West Europe",
  "Run `az account list-locations --output table`, and copy a name.",
);
/** The output with what verifiers need. The other outputs of a stack have the keys of pipelines. */
export const VERIFICATION = "verification";
const RESERVED: readonly string[] = [VERIFICATION, CLUSTER];
export const logicalName = text(
  ...KEY,
  "Choose a simple key, and put the name of the repository into `repository`.",
).refine((it) => !RESERVED.includes(it), {
  params: {
    expected: `a key other than ${RESERVED.join(" and ")}, which Countersign uses`,
    fix: "Choose another key, and put the name of the repository into `repository`.",
  },
});
export const repositoryName = text(
  /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/,
  "the name of a repository, without its owner",
  "Copy the name from GitHub, without the owner. Countersign uses `github:owner`.",
  "Existing repository of `github:owner`, in any case. Default: the key of the pipeline.",
);
export const ref = text(
  /^(?!@$)(?![/.-])(?!refs\/)(?!.*(?:\.\.|\/\/|\/\.|@\{|\*\*|\.lock(?:\/|$)))[^\p{Cc} ~^:?[\\]{1,255}(?<![/.])$/u,
  "the name of a branch or tag of at most 255 characters, without refs/, .., **, or any of: space ~ ^ : ? [ \\",
  "Use the name that GitHub shows. In a pattern, `*` matches any characters except `/`.",
);
export const environment = text(
  /^(?!\s)(?!.*\$\{\{)\P{Cc}{1,255}(?<!\s)$/u,
  "1 to 255 characters, without ${{ and without a space at the start or end",
  "Use the name that GitHub shows in the settings of the repository.",
  "Name of the GitHub environment of the signing job.",
);
export const imageName = text(
  /^(?=.{1,255}$)[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/,
  "the name of a repository in the registry, in lowercase, without a registry, tag, or digest",
  "Use only NAME from `docker push LOGIN_SERVER/NAME`.",
  "Repository of the image in the registry.",
);
export const relativePath = text(
  /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[A-Za-z0-9._/ @+-]{1,200}$/,
  "a relative path without `..`",
  "Use a path inside the repository.",
);
export const workflowPath = text(
  /^\.github\/workflows\/[A-Za-z0-9._-]{1,100}\.ya?ml$/,
  ".github/workflows/NAME.yml",
  "Use a file in `.github/workflows`. GitHub runs workflows only from that folder.",
  "Path of the committed workflow.",
);
// Managed users have a short code after `_`:
// https://docs.github.com/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
const LOGIN =
  "(?=[A-Za-z0-9_-]{1,39}(?![A-Za-z0-9_-]))[A-Za-z0-9][A-Za-z0-9-]*(?:_[A-Za-z0-9]{3,8})?";
export const login = text(
  new RegExp(`^${LOGIN}$`),
  "the login of a GitHub user",
  "Write the login without `@`.",
);
export const teamSlug = text(
  /^[a-z0-9][a-z0-9_-]{0,99}$/,
  "the slug of a team, in lowercase and without the organization",
  "Copy the slug from the URL of the team.",
);
export const callableWorkflow = text(
  new RegExp(
    `^${LOGIN}/[A-Za-z0-9._-]{1,100}/\\.github/workflows/[A-Za-z0-9._-]{1,100}\\.ya?ml@(?:refs/(?:heads|tags)/[^\\p{Cc} ~^:?*[\\\\@]{1,200}|[0-9a-f]{40})$`,
    "u",
  ),
  "OWNER/REPOSITORY/.github/workflows/NAME.yml@REF, where REF is refs/heads/BRANCH, refs/tags/TAG, or a full commit SHA",
  "Use the format of the claim `job_workflow_ref` in GitHub's tokens.",
  "Reusable workflow, with the branch, tag, or commit that it is called by.",
);
export const issuer = text(
  /^https:\/\/[A-Za-z0-9.-]+(?:\/[A-Za-z0-9_-]+)*$/,
  "an HTTPS URL without a slash at the end",
  "Copy the value of `iss` from the log of azure/login.",
  "Issuer of GitHub's tokens, if your enterprise has its own. Default: the issuer of the host.",
);
// https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources
export const tagName = text(
  /^[^<>%&\\?/\p{Cc}]{1,512}$/u,
  "1 to 512 characters, without any of: < > % & \\ ? /",
  "Rename the tag.",
);
/** Only GitHub knows whether it accepts what is in the five fields. */
export const cron = text(
  /^\S+(?: \S+){4}$/,
  "a cron expression with five fields, such as 0 4 * * *",
  "Give minute, hour, day of the month, month, and day of the week.",
);
export const runnerLabel = text(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
  "the label of a runner",
  "Copy the label from the settings of the runner.",
);
export const identityId = text(
  /^\/subscriptions\/[^/]+\/resource[Gg]roups\/[^/]+\/providers\/[Mm]icrosoft\.[Mm]anaged[Ii]dentity\/user[Aa]ssigned[Ii]dentities\/[A-Za-z0-9][\w-]{2,127}$/,
  "the resource ID of a managed identity, or { name, resourceGroup }",
  "Copy the resource ID from the properties of the identity in Azure.",
);
export const identityName = text(
  /^[A-Za-z0-9][\w-]{2,127}$/,
  "3 to 128 letters, digits, hyphens, and underscores, starting with a letter or digit",
  "Copy the name of the managed identity from Azure.",
);
export const clientId = text(
  GUID,
  "the client ID of an application, a GUID",
  "Copy `Application (client) ID` from the application's overview in Entra.",
  "Client ID of an existing Entra application.",
);
export const objectId = text(
  GUID,
  "an object ID, a GUID",
  "Run `az ad user show --id NAME --query id`, and copy its output.",
);
export const displayName = text(
  /^\S(?:[^\n]{0,118}\S)?$/,
  "1 to 120 characters, without a space at the start or end",
  "Shorten the name, or remove the space.",
  "Display name. Default: the name that a managed identity would have.",
);
export const sharedName = text(
  ...KEY,
  "Choose a simple name. All pipelines with this name share one identity.",
  "Name of a managed identity. All pipelines with this name share it.",
);
