import type { Properties, Value } from "../wire";

/** Keys of the provider's configuration: `ProviderArgs` of @pulumi/github 6.15.0. */
export const CONFIGURATION: readonly string[] = [
  "appAuth",
  "baseUrl",
  "cachePath",
  "insecure",
  "legacyClient",
  "maxPerPage",
  "maxRetries",
  "organization",
  "owner",
  "parallelRequests",
  "readDelayMs",
  "retryDelayMs",
  "retryableErrors",
  "token",
  "writeDelayMs",
];

/**
 * Whether an instance of the provider sends requests in parallel. Unless it is told to, it holds a
 * lock during each: https://github.com/integrations/terraform-provider-github v6.13.0,
 * github/transport.go (`smartLock`); the other client has none (github/provider.go).
 */
export function sendsInParallel({ parallelRequests, legacyClient }: Properties): boolean {
  return isSet(parallelRequests, true) || isSet(legacyClient, false);
}

/** The SDK sends values of other types than text as JSON. */
function isSet(given: Value, wanted: boolean): boolean {
  return given === wanted || given === JSON.stringify(wanted);
}
