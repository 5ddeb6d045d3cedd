/** Where GitHub runs, and who issues the tokens of its runs. */
export interface GitHubHost {
  /** Host of its pages, e.g. `github.com`. */
  readonly name: string;
  /** `cloud` is github.com, `tenant` is GHE.com with data residency, `server` is an own server. */
  readonly kind: "cloud" | "tenant" | "server";
  /** Issuer of its Actions tokens; no trailing slash. */
  readonly issuer: string;
}

export const GITHUB_COM: GitHubHost = {
  name: "github.com",
  kind: "cloud",
  issuer: "https://token.actions.githubusercontent.com",
};

/**
 * The host behind a base URL of GitHub's API, with its issuer (github.md, 1.2; azure.md, 4.1).
 *
 * @returns undefined where it is no such URL.
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
  // Their pages are no API, and an own server has another name.
  if (!name || /(?:^|\.)(?:github|ghe)\.com$/.test(name)) return undefined;
  if (!isRoot && !/^\/api\/v3\/?$/.test(path)) return undefined;
  return { name, kind: "server", issuer: `https://${name}/_services/token` };
}

const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
const URL_FORM = new RegExp(`^https://(${LABEL}(?:\\.${LABEL})+)(/.*)?$`);

/** One of Azure's clouds, as far as trust depends on it. */
export interface AzureCloud {
  /** What a federated credential accepts, and what a run asks for (azure.md, 4.1). */
  readonly audience: string;
  /** azure/login's `environment` (azure.md, 10). */
  readonly login: string;
  /** Whether it has Artifact Signing (azure.md, 6.2). */
  readonly signs: boolean;
}

/** By the names of `azure-native:environment`. */
export const AZURE_CLOUDS = {
  public: { audience: "api://AzureADTokenExchange", login: "azurecloud", signs: true },
  usgovernment: {
    audience: "api://AzureADTokenExchangeUSGov",
    login: "azureusgovernment",
    signs: false,
  },
  china: { audience: "api://AzureADTokenExchangeChina", login: "azurechinacloud", signs: false },
} as const satisfies Record<string, AzureCloud>;

export type AzureCloudName = keyof typeof AZURE_CLOUDS;
