import { CloudError } from "../../table";
import { newRepository } from "../born";
import type { Repository } from "../model";
import { apiOf } from "../rest/addresses";
import type { GitHubState } from "../state";
import { ABOUT, type About } from "./about";
import { type Visibility, visibilityFault, visibilityOf } from "./visibility";

/** The fields of a PATCH. Others that the provider sends mean nothing to GitHub. */
export interface Edit extends Partial<About> {
  readonly name: string;
  readonly archived: boolean;
  readonly visibility?: Visibility;
}

export interface Creation extends Partial<About> {
  readonly name: string;
  readonly visibility: Visibility;
  readonly auto_init: boolean;
}

/** From https://github.com/integrations/terraform-provider-github/issues/278. */
const TAKEN =
  "[{Resource:Repository Field:name Code:custom Message:name already exists on this account}]";

/** https://docs.github.com/rest/repos/repos#create-an-organization-repository, or for a user. */
export function create(github: GitHubState, body: Creation): Repository {
  const { login, type } = github.owner;
  const path = type === "Organization" ? `orgs/${login}/repos` : "user/repos";
  github.requests.send({ method: "POST", path, body });
  const { name, visibility } = body;
  const isTaken = github.repositories.isTaken(name);
  const why = visibilityFault(github, visibility) ?? mergeFault({ ...ABOUT, ...body });
  if (isTaken || why) {
    const text = isTaken ? `Repository creation failed. ${TAKEN}` : `${why} []`;
    throw refused(github, "POST", path, "422", text);
  }
  const id = github.repositories.newId();
  const isPrivate = visibility !== "public";
  // GitHub describes the README as minimal. Its exact text is not documented (u).
  const readme = `# ${name}\n${body.description ? `${body.description}\n` : ""}`;
  const made = newRepository(github, {
    name,
    id,
    private: isPrivate,
    ...(body.auto_init && { readme }),
  });
  made.isInternal = visibility === "internal";
  made.about = about(made, body);
  github.add(made);
  return made;
}

/** https://docs.github.com/rest/repos/repos#update-a-repository */
export function edit(github: GitHubState, name: string, body: Edit): Repository {
  const path = pathOf(github, name);
  github.requests.send({ method: "PATCH", path, body });
  const found = existing(github, "PATCH", name);
  const { settings } = found;
  if (settings.archived && body.archived) {
    // From https://github.com/integrations/terraform-provider-github/issues/3649.
    const why = "Repository was archived so is read-only. []";
    throw refused(github, "PATCH", path, "403", why);
  }
  const isOther = body.name.toLowerCase() !== settings.name.toLowerCase();
  if (isOther && github.repositories.isTaken(body.name)) {
    // The text is that of a creation (u).
    throw refused(github, "PATCH", path, "422", `Validation Failed ${TAKEN}`);
  }
  // GitHub has refused a visibility that it has already, which the provider ignores, and which does
  // not prevent `archiveOnDestroy`: https://github.com/integrations/terraform-provider-github, pull
  // request 605 and issue 3620. So it changes nothing here.
  const { visibility = visibilityOf(found) } = body;
  const why = visibilityFault(github, visibility) ?? mergeFault({ ...found.about, ...body });
  if (why) throw refused(github, "PATCH", path, "422", `${why} []`);
  found.about = about(found, body);
  found.isInternal = visibility === "internal";
  Object.assign(settings, { archived: body.archived, private: visibility !== "public" });
  return body.name === settings.name ? found : github.repositories.rename(found, body.name);
}

/** https://docs.github.com/rest/repos/repos#replace-all-repository-topics */
export function setTopics(github: GitHubState, name: string, topics: readonly string[]): void {
  const path = `${pathOf(github, name)}/topics`;
  github.requests.send({ method: "PUT", path, body: { names: topics } });
  const found = existing(github, "PUT", name);
  found.about = { ...found.about, topics };
}

/** https://docs.github.com/rest/repos/repos#enable-vulnerability-alerts. Nothing here reads them. */
export function setAlerts(github: GitHubState, name: string, enabled: boolean): void {
  const method = enabled ? "PUT" : "DELETE";
  github.requests.send({ method, path: `${pathOf(github, name)}/vulnerability-alerts` });
  existing(github, method, name);
}

/** https://docs.github.com/rest/repos/repos#delete-a-repository. The account that deploys may do it. */
export function remove(github: GitHubState, name: string): void {
  github.requests.send({ method: "DELETE", path: pathOf(github, name) });
  github.repositories.remove(existing(github, "DELETE", name));
}

/** The repository that a request is about. GitHub redirects its former names. */
function existing(github: GitHubState, method: string, name: string): Repository {
  const found = github.find(name);
  if (!found) throw refused(github, method, pathOf(github, name), "404", "Not Found []");
  return found;
}

function pathOf({ owner }: GitHubState, name: string): string {
  return `repos/${owner.login}/${name}`;
}

/** A PATCH does not set topics. */
function about({ about: before }: Repository, body: Partial<About>): About {
  const known = Object.entries(body).filter(([field]) => field in ABOUT && field !== "topics");
  return { ...before, ...Object.fromEntries(known) };
}

/**
 * GitHub wants one method of merging at least. The text is not GitHub's (u).
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/about-merge-methods-on-github
 */
function mergeFault(wanted: About): string | undefined {
  const { allow_merge_commit, allow_squash_merge, allow_rebase_merge } = wanted;
  const some = allow_merge_commit || allow_squash_merge || allow_rebase_merge;
  return some ? undefined : "A repository allows one merge method at least.";
}

/** A refusal in the provider's words. */
function refused(github: GitHubState, method: string, path: string, code: string, why: string) {
  const text = `${method} ${apiOf(github)}/${path}: ${code} ${why}`;
  return new CloudError(code, text, `1 error occurred:\n\t* ${text}\n\n`);
}
