import { CloudError } from "../table";
import type { Kind } from "./model";
import { type Answer, isOwner, type Route } from "./rest-route";
import type { GitHubState } from "./state";

/** The organization, its teams, its single values, and accounts of people. */
export function organizationRoutes(github: GitHubState): readonly Route[] {
  const { owner } = github;
  const { login, id, type } = owner;
  const plan = { name: owner.plan };
  const route = (rest: RegExp, answer: (part: string) => Answer): Route => ({
    pattern: new RegExp(`^orgs/([^/]+)${rest.source}$`),
    answer: ([name = "", part = ""]) =>
      type === "Organization" && isOwner(github, name) ? answer(part) : undefined,
  });
  const value = (kind: Kind) => (name: string) => {
    const found = github.organization[kind].get(name.toUpperCase());
    const shown = kind === "variables" ? { value: found?.value } : {};
    return found && { name: name.toUpperCase(), visibility: found.visibility, ...shown };
  };
  return [
    route(/(?:)/, () => ({ login, id, plan })),
    route(/\/teams\/([^/]+)/, (slug) => github.teams.find((it) => it.slug === slug)),
    route(/\/actions\/oidc\/customization\/sub/, () => {
      // https://docs.github.com/rest/actions/oidc requires `read:org`.
      const why = "Resource not accessible by personal access token";
      if (owner.subjectTemplateHidden) {
        throw new CloudError(
          "403",
          `GET orgs/${login}/actions/oidc/customization/sub: 403 ${why} []`,
        );
      }
      return { include_claim_keys: github.organizationKeys() };
    }),
    route(/\/actions\/secrets\/([^/]+)/, value("secrets")),
    route(/\/actions\/variables\/([^/]+)/, value("variables")),
    {
      pattern: /^users\/([^/]+)$/,
      answer([name = ""]) {
        if (isOwner(github, name)) return { login, id, type, plan };
        const found = github.users.find((it) => it.login.toLowerCase() === name.toLowerCase());
        return found && { ...found, type: "User" };
      },
    },
  ];
}
