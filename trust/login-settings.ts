/** Names of the login settings: the ids that a run logs in to Azure with. None is secret. */
export const LOGIN_SETTINGS = [
  "AZURE_CLIENT_ID",
  "AZURE_TENANT_ID",
  "AZURE_SUBSCRIPTION_ID",
] as const;

/** The place where a workflow reads its login settings. */
export interface SettingsLocation {
  readonly kind: "secrets" | "variables";
  /** What the secrets or variables belong to. */
  readonly scope: "repository" | "environment" | "organization";
  /** Name of the environment that the settings belong to. Only with the scope `environment`. */
  readonly environment?: string;
  /** Text that follows the name of each setting. Empty except in an organization. */
  readonly suffix: string;
}

/** The suffix in an organization, which stores the settings of all pipelines in one place. */
export function settingsSuffix(pipeline: string): string {
  return `_${pipeline.toUpperCase().replaceAll("-", "_")}`;
}

/** Whether two workflows read their login settings in the same place. */
export function isSameLocation(one: SettingsLocation, other: SettingsLocation): boolean {
  const keys = ["kind", "scope", "environment", "suffix"] as const;
  return keys.every((key) => one[key] === other[key]);
}

/** The place of a pipeline's settings. Only the scope `environment` uses the `environment`. */
export function settingsLocation(
  pipeline: string,
  { kind, scope, environment }: Omit<SettingsLocation, "suffix">,
): SettingsLocation {
  const suffix = scope === "organization" ? settingsSuffix(pipeline) : "";
  const isInEnvironment = scope === "environment" && environment !== undefined;
  return { kind, scope, suffix, ...(isInEnvironment && { environment }) };
}

/**
 * Clocks of GitHub differ, and writing the list of repositories moves the time of the secret:
 * https://github.com/integrations/terraform-provider-github/issues/1924
 */
const TOLERANCE_MS = 60_000;

/**
 * Whether a secret was changed on GitHub since this stack wrote it. GitHub never shows the value, so
 * only the two times tell: `updatedAt` and `remoteUpdatedAt` of the provider.
 */
export function wasOverwritten(ours: unknown, theirs: unknown): boolean {
  return Date.parse(String(theirs)) - Date.parse(String(ours)) > TOLERANCE_MS;
}
