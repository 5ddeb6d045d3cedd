/**
 * The most credentials of an identity or an application.
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 */
export const MAX_CREDENTIALS = 20;
const MAX_LENGTH = 600;

/** The issuer of github.com. */
export const GITHUB_ISSUER = "https://token.actions.githubusercontent.com";

/**
 * The issuer of Pulumi Cloud. The audience of its tokens is the organization:
 * https://www.pulumi.com/docs/deployments/deployments/oidc/azure/
 */
const PULUMI_ISSUER = "https://api.pulumi.com/oidc";

/**
 * The audience that each Azure cloud accepts.
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 */
export const AUDIENCES = {
  public: "api://AzureADTokenExchange",
  usgovernment: "api://AzureADTokenExchangeUSGov",
  china: "api://AzureADTokenExchangeChina",
} as const;

export interface WantedCredential {
  readonly name: string;
  readonly audiences: readonly string[];
  readonly issuer: string;
  readonly subject: string;
  readonly expression?: string;
}

/** What is wrong with the values of a credential. */
export function faultOf(wanted: WantedCredential, audience: string): string | undefined {
  const { name, audiences, issuer, subject, expression } = wanted;
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/.test(name)) return `'${name}' is not a name.`;
  const isFree = issuer === PULUMI_ISSUER && audiences.length === 1;
  if (!isFree && (audiences.length !== 1 || audiences[0] !== audience)) {
    return `audiences must be exactly [${audience}].`;
  }
  // The issuers of AKS end with a slash: https://learn.microsoft.com/azure/aks/workload-identity-deploy-cluster
  if (issuer.length > MAX_LENGTH || !/^https:\/\/[^/]+(\/.*)?$/.test(issuer)) {
    return "issuer is no URL.";
  }
  if (expression === undefined) return tooLong("subject", subject);
  // The documentation limits only subjects. That the same limit applies here is unverified.
  return tooLong("claimsMatchingExpression", expression);
}

function tooLong(what: string, text: string): string | undefined {
  return text && text.length <= MAX_LENGTH ? undefined : `${what} exceeds ${MAX_LENGTH}.`;
}
