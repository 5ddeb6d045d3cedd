import { CloudError } from "../../table";
import type { GitHubState } from "../state";
import { organizationBody, userBody, wholeTeamBody } from "./bodies";
import { type Answer, isOwner, type Route } from "./route";

/** The organization, its teams, its subject template, and accounts of people. */
export function organizationRoutes(github: GitHubState): readonly Route[] {
  const { owner } = github;
  const { login, type } = owner;
  const route = (rest: RegExp, answer: (part: string) => Answer): Route => ({
    pattern: new RegExp(`^orgs/([^/]+)${rest.source}$`),
    answer: ([name = "", part = ""]) =>
      type === "Organization" && isOwner(github, name) ? answer(part) : undefined,
  });
  return [
    route(/(?:)/, () => organizationBody(github)),
    route(/\/teams\/([^/]+)/, (slug) => {
      const found = github.teams.find((it) => it.slug === slug);
      return found && wholeTeamBody(github, found);
    }),
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
    {
      pattern: /^users\/([^/]+)$/,
      answer([name = ""]) {
        if (isOwner(github, name)) {
          return userBody(github, owner, type === "User" ? owner.plan : undefined);
        }
        const found = github.users.find((it) => it.login.toLowerCase() === name.toLowerCase());
        return found && userBody(github, { ...found, type: "User" });
      },
    },
  ];
}
