import type { Repository } from "../model";
import type { GitHubState } from "../state";

/** The web site of a host. */
export function webOf({ host }: GitHubState): string {
  return `https://${host}`;
}

/** The web page of a repository. */
export function pageOf(github: GitHubState, { settings }: Repository): string {
  return `${webOf(github)}/${github.owner.login}/${settings.name}`;
}

/**
 * The root of the REST API. https://docs.github.com/enterprise-server/rest/quickstart and
 * https://docs.github.com/enterprise-cloud@latest/admin/data-residency for other hosts.
 */
export function apiOf({ host }: GitHubState): string {
  const isCloud = host === "github.com" || host.endsWith(".ghe.com");
  return isCloud ? `https://api.${host}` : `https://${host}/api/v3`;
}

/** The address of a repository in the API. */
export function repositoryApi(github: GitHubState, { settings }: Repository): string {
  return `${apiOf(github)}/repos/${github.owner.login}/${settings.name}`;
}

/** A name of an object in GraphQL. Its form is not documented. */
export function nodeId(kind: string, id: string | number): string {
  return Buffer.from(`${kind}:${id}`).toString("base64");
}

/** A part of a path, escaped. */
export function segment(name: string): string {
  return encodeURIComponent(name);
}
