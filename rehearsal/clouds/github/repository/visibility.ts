import type { Repository } from "../model";
import type { GitHubState } from "../state";

export const VISIBILITIES = ["public", "private", "internal"] as const;

export type Visibility = (typeof VISIBILITIES)[number];

export function visibilityOf({ settings, isInternal }: Repository): Visibility {
  if (!settings.private) return "public";
  return isInternal ? "internal" : "private";
}

/**
 * Why a repository of the owner cannot have the visibility. An enterprise with data residency has
 * managed users, who cannot have public repositories. The text is from
 * https://github.com/integrations/terraform-provider-github/pull/781. Only organizations of an
 * enterprise have internal repositories:
 * https://docs.github.com/repositories/creating-and-managing-repositories/about-repositories
 * That text is not GitHub's (u).
 */
export function visibilityFault(
  { host, owner }: GitHubState,
  visibility: Visibility,
): string | undefined {
  if (visibility === "public" && host.endsWith(".ghe.com")) {
    return "Public repositories are not permitted for Enterprise Managed Organizations.";
  }
  const inEnterprise = host !== "github.com" || owner.plan === "enterprise";
  const isAllowed = owner.type === "Organization" && inEnterprise;
  return visibility === "internal" && !isAllowed
    ? "Only an organization of an enterprise has internal repositories."
    : undefined;
}
