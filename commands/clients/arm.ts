import type { Answer } from "../../answer";
import { whyUnreached } from "./unreached";

/** What a request to Azure returned. `unreachable`: there was no answer, so nothing is known. */
export type ArmAnswer<T> = Answer<T> | { readonly status: "unreachable"; readonly said: string };

/** Azure Resource Manager, for what no function of a Pulumi provider reads. */
export interface ArmClient {
  /** The answer to a GET. The path begins with a slash. */
  get<T>(path: string, apiVersion: string): Promise<ArmAnswer<T>>;
  /** All pages of a list. */
  list<T>(path: string, apiVersion: string, filter?: string): Promise<ArmAnswer<readonly T[]>>;
}

/**
 * The addresses of Azure Resource Manager, by the values of `azure-native:environment`:
 * https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure and
 * https://learn.microsoft.com/azure/china/resources-developer-guide
 */
const ENDPOINTS: Readonly<Record<string, string>> = {
  public: "https://management.azure.com",
  usgovernment: "https://management.usgovcloudapi.net",
  china: "https://management.chinacloudapi.cn",
};

export function armClient(token: string, environment = "public"): ArmClient {
  const endpoint = ENDPOINTS[environment] ?? ENDPOINTS.public;
  const ask = async <T>(url: string): Promise<ArmAnswer<T>> => {
    let response: Response;
    try {
      response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    } catch (failure) {
      return { status: "unreachable", said: whyUnreached(failure) };
    }
    const body = (await response.json().catch(() => ({}))) as T & {
      readonly error?: { readonly code?: string; readonly message?: string };
    };
    if (response.ok) return { status: "found", value: body };
    const { code = String(response.status), message = response.statusText } = body.error ?? {};
    const said = `${code}: ${message.split("\n")[0]}`;
    if (response.status === 404) return { status: "missing", said };
    if (response.status === 401 || response.status === 403) return { status: "forbidden", said };
    // Azure's codes for an API version that a cloud, or a region, does not have.
    if (/NoRegisteredProviderFound|InvalidApiVersionParameter|InvalidResourceType/.test(code)) {
      return { status: "unsupported", said };
    }
    return { status: "unreachable", said };
  };
  return {
    get: (path, apiVersion) => ask(`${endpoint}${path}?api-version=${apiVersion}`),
    async list<T>(path: string, apiVersion: string, filter?: string) {
      const all: T[] = [];
      const query = `api-version=${apiVersion}${filter ? `&$filter=${encodeURIComponent(filter)}` : ""}`;
      let next: string | undefined = `${endpoint}${path}?${query}`;
      while (next) {
        type Page = { readonly value: readonly T[]; readonly nextLink?: string };
        const answer: ArmAnswer<Page> = await ask<Page>(next);
        if (answer.status !== "found") return answer;
        all.push(...answer.value.value);
        const { nextLink }: Page = answer.value;
        // The token goes only to Azure. A list that is cut off is no answer.
        if (nextLink && new URL(nextLink).origin !== new URL(`${endpoint}`).origin) {
          return { status: "unreachable", said: `the next page is elsewhere: ${nextLink}` };
        }
        next = nextLink;
      }
      return { status: "found", value: all };
    },
  };
}
