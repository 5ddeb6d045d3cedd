import type { Target } from "./target";

/** ARM's answer to a request that it refuses. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "Refusal";
  }

  /** The text of the answer. https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting */
  get body(): string {
    return JSON.stringify({ error: { code: this.code, message: this.message } });
  }
}

/** Text: https://github.com/Azure/azure-cli/issues/33657 */
export function subscriptionNotFound(subscription: string): Refusal {
  const message = `The subscription '${subscription}' could not be found.`;
  return new Refusal(404, "SubscriptionNotFound", message);
}

/** Text: https://github.com/pulumi/pulumi-azure-native/issues/3842 */
export function groupNotFound(group: string): Refusal {
  const message = `Resource group '${group}' could not be found.`;
  return new Refusal(404, "ResourceGroupNotFound", message);
}

/** Text: https://github.com/Azure-Samples/azure-search-openai-demo/issues/80 */
export function resourceNotFound({ namespace, types, names, group }: Target): Refusal {
  const name = [namespace, ...types.flatMap((type, index) => [type, names[index]])].join("/");
  return new Refusal(
    404,
    "ResourceNotFound",
    `The Resource '${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

/** Text: https://github.com/Azure/azure-powershell/issues/19200 */
export function parentNotFound({ names }: Target): Refusal {
  const message = `Can not perform requested operation on nested resource. Parent resource '${names[0]}' not found.`;
  return new Refusal(404, "ParentResourceNotFound", message);
}

/** Text: https://github.com/Azure/azure-cli/issues/27662 */
export function notAuthorized(action: string, scope: string, who: string): Refusal {
  return new Refusal(
    403,
    "AuthorizationFailed",
    `The client '${who}' with object id '${who}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}

/** Text: https://github.com/Azure/azure-cli/pull/3956 */
export function versionNotRegistered(
  type: string,
  version: string,
  versions: readonly string[],
  location: string,
): Refusal {
  return new Refusal(
    400,
    "NoRegisteredProviderFound",
    `No registered resource provider found for location '${location}' and API version '${version}' for type '${type}'. The supported api-versions are '${versions.join(", ")}'. The supported locations are '${location}'.`,
  );
}

/** Text: https://github.com/velero-io/velero/issues/9171 */
export function throttled(kind: "read" | "write" | "delete", subscription: string, who: string) {
  return new Refusal(
    429,
    "SubscriptionRequestsThrottled",
    `Number of '${kind}' requests for subscription '${subscription}' actor '${who}' exceeded. Please try again after '1' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information.`,
  );
}
