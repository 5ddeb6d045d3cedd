/** Who issues the tokens of a GitHub host's runs; no trailing slash (github.md, 1.2). */
export function issuerOf(host: string): string {
  if (host === "github.com") return "https://token.actions.githubusercontent.com";
  return host.endsWith(".ghe.com")
    ? `https://token.actions.${host}`
    : `https://${host}/_services/token`;
}

/** Whom a token must be for, by Azure's cloud (azure.md, 4.1). */
export const AUDIENCES = {
  public: "api://AzureADTokenExchange",
  usgovernment: "api://AzureADTokenExchangeUSGov",
  china: "api://AzureADTokenExchangeChina",
} as const;
