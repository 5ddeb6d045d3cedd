/**
 * The issuer of the tokens of a GitHub host, without a trailing slash.
 * https://docs.github.com/actions/reference/security/oidc
 */
export function issuerOf(host: string): string {
  if (host === "github.com") return "https://token.actions.githubusercontent.com";
  return host.endsWith(".ghe.com")
    ? `https://token.actions.${host}`
    : `https://${host}/_services/token`;
}

/**
 * The audience that each Azure cloud accepts.
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 */
export const AUDIENCES = {
  public: "api://AzureADTokenExchange",
  usgovernment: "api://AzureADTokenExchangeUSGov",
  china: "api://AzureADTokenExchangeChina",
} as const;
