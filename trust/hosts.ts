/** The GitHub host of a stack. */
export interface GitHubHost {
  /** Host name of its web pages, such as `github.com`. */
  readonly name: string;
  /** github.com, a subdomain of GHE.com with data residency, or a GitHub Enterprise Server. */
  readonly kind: "cloud" | "tenant" | "server";
  /** Issuer of the tokens of GitHub Actions, without a slash at the end. */
  readonly issuer: string;
}

export const GITHUB_COM: GitHubHost = {
  name: "github.com",
  kind: "cloud",
  issuer: "https://token.actions.githubusercontent.com",
};

const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
const URL_FORM = new RegExp(`^https://(${LABEL}(?:\\.${LABEL})+)(/.*)?$`);

/**
 * The host of a base URL of GitHub's API; undefined if it is no such URL. Default: github.com.
 * Sources of the issuers: https://docs.github.com/actions/reference/security/oidc and
 * https://docs.github.com/enterprise-server@latest/actions/reference/security/oidc
 */
export function gitHubHost(baseUrl: string | undefined): GitHubHost | undefined {
  if (!baseUrl) return GITHUB_COM;
  const [, host = "", path = ""] = URL_FORM.exec(baseUrl) ?? [];
  const name = host.toLowerCase();
  const isRoot = path === "" || path === "/";
  if (name === "api.github.com") return isRoot ? GITHUB_COM : undefined;
  const [, tenant] = /^api\.([a-z0-9-]+)\.ghe\.com$/.exec(name) ?? [];
  if (tenant) {
    const issuer = `https://token.actions.${tenant}.ghe.com`;
    return isRoot ? { name: `${tenant}.ghe.com`, kind: "tenant", issuer } : undefined;
  }
  // The other hosts of these domains have no API, and no server can be in these domains.
  if (!name || /(?:^|\.)(?:github|ghe)\.com$/.test(name)) return undefined;
  if (!isRoot && !/^\/api\/v3\/?$/.test(path)) return undefined;
  return { name, kind: "server", issuer: `https://${name}/_services/token` };
}

/** What Countersign needs to know about one of Azure's clouds. */
export interface AzureCloud {
  /** Audience that federated credentials accept and that runs request. */
  readonly audience: string;
  /** Value of the input `environment` of azure/login: https://github.com/Azure/login */
  readonly login: string;
  /** Has Artifact Signing: https://learn.microsoft.com/azure/artifact-signing/quickstart */
  readonly signs: boolean;
}

/**
 * Azure's clouds, by the values of `azure-native:environment`.
 * Source of the audiences: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity
 */
export const AZURE_CLOUDS = {
  public: { audience: "api://AzureADTokenExchange", login: "azurecloud", signs: true },
  usgovernment: {
    audience: "api://AzureADTokenExchangeUSGov",
    login: "azureusgovernment",
    signs: false,
  },
  china: { audience: "api://AzureADTokenExchangeChina", login: "azurechinacloud", signs: false },
} as const satisfies Record<string, AzureCloud>;
