import { issuerOf } from "../../proof/hosts";
import type { World } from "../../world/world";
import { CloudError } from "../table";
import type { Properties } from "../wire";
import { bornOrganization, bornRepository } from "./born";
import { dropBranch, type Merging, mergePull, moveBranch } from "./history";
import { ofOrganization, ofRepository } from "./inventory";
import type { Kind, Organization, PullRequest, Repository, Stored } from "./model";
import { PAID, type Planned } from "./plans";
import { Repositories } from "./repositories";
import { Requests } from "./requests";
import { mergeFault } from "./rules/refs";

export { blobSha } from "./history";
export type {
  DeploymentPolicy,
  Environment,
  Organization,
  OrganizationValue,
  PullRequest,
  Repository,
  Stored,
} from "./model";
export { PAID } from "./plans";

/**
 * The claim keys of GitHub's default subject.
 * https://docs.github.com/actions/reference/security/oidc
 */
const DEFAULT_KEYS: readonly string[] = ["repo", "context"];

/** The state of GitHub in one rehearsal. */
export class GitHubState implements Planned {
  readonly host: string;
  /** The issuer of tokens. An enterprise can have its own. */
  readonly issuer: string;
  /** What the provider sent. */
  readonly requests: Requests;
  /**
   * By how many seconds GitHub shows the time of a written secret too early right after the write.
   * The provider keeps that time as `updatedAt`, and later reads the right one as `remoteUpdatedAt`:
   * https://github.com/integrations/terraform-provider-github/issues/810.
   */
  clockSkewSeconds = 0;
  readonly owner: World["github"]["owner"];
  readonly teams: World["github"]["teams"];
  /** All users. If the owner is a person, it is one of them. */
  readonly users: World["github"]["users"];
  /** Texts of reusable workflows, by `OWNER/REPOSITORY/PATH@REF`. */
  readonly callableWorkflows: Readonly<Record<string, string>>;
  readonly organization: Organization;
  readonly repositories = new Repositories();
  private clock = 0;

  constructor(world: World["github"]) {
    const { host, owner, teams, users } = world;
    const person = owner.type === "User";
    this.host = host;
    this.issuer = world.issuer ?? issuerOf(host);
    this.requests = new Requests(world.faults.throttled);
    this.owner = owner;
    this.teams = person ? [] : teams;
    this.users = person ? [...users, { login: owner.login, id: owner.id }] : users;
    this.callableWorkflows = world.callableWorkflows;
    this.organization = bornOrganization(person ? { ...owner, secrets: [], variables: [] } : owner);
    for (const settings of world.repositories) this.add(bornRepository(world, settings));
  }

  add(repository: Repository): void {
    this.repositories.add(repository);
  }

  all(): Repository[] {
    return this.repositories.all();
  }

  find(name: string): Repository | undefined {
    return this.repositories.find(name);
  }

  repository(name: string): Repository {
    const found = this.find(name);
    if (!found) throw notFound(`GET repos/${this.owner.login}/${name}`);
    return found;
  }

  /**
   * Whether subjects contain ids. Only github.com has such subjects.
   * https://learn.microsoft.com/entra/workload-id/workload-identities-github-immutable-subjects
   */
  immutableSubjects({ settings }: Repository): boolean {
    return this.host === "github.com" && settings.immutableSubjects;
  }

  /** The part `repo:…` of subjects. */
  subjectPrefix(repository: Repository): string {
    const { login, id } = this.owner;
    const { settings } = repository;
    return this.immutableSubjects(repository)
      ? `repo:${login}@${id}/${settings.name}@${settings.id}`
      : `repo:${login}/${settings.name}`;
  }

  /** The claim keys that make up the subjects of a repository. */
  subjectKeys({ subjectTemplate }: Repository): readonly string[] {
    if (subjectTemplate === undefined) return DEFAULT_KEYS;
    return subjectTemplate.length > 0 ? subjectTemplate : this.organizationKeys();
  }

  /** The claim keys of the organization's template. A repository must opt in to it. */
  organizationKeys(): readonly string[] {
    return (this.owner.type === "Organization" && this.owner.subjectTemplate) || DEFAULT_KEYS;
  }

  /**
   * The values of the organization that a repository sees. On the plan `free`, private repositories
   * see none: https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets
   */
  organizationValues(repository: Repository, kind: Kind): Map<string, Stored> {
    const { settings } = repository;
    if (this.withheld(repository, PAID)) return new Map();
    const seen = { all: true, private: settings.private };
    return new Map(
      [...this.organization[kind]].filter(([, { visibility, selected }]) =>
        visibility === "selected" ? selected.includes(settings.id) : seen[visibility],
      ),
    );
  }

  pullRequest(name: string, number: number): PullRequest {
    const found = this.repository(name).pullRequests.get(number);
    if (!found) throw notFound(`GET repos/${this.owner.login}/${name}/pulls/${number}`);
    return found;
  }

  /** Merges a pull request, as a person with the reviews that it needs. */
  merge(name: string, number: number, { deleteBranch, method = "merge" }: Merging = {}): void {
    const pull = this.pullRequest(name, number);
    const repository = this.repository(name);
    const why = mergeFault(this, repository, pull.base, method);
    if (why) throw new CloudError("405", `PUT pulls/${number}/merge: 405 ${why} []`);
    mergePull(repository, pull);
    if (deleteBranch ?? repository.about.delete_branch_on_merge) dropBranch(repository, pull.head);
  }

  rename(name: string, now: string): void {
    this.repositories.rename(this.repository(name), now);
  }

  /** Renames a branch. GitHub redirects its former name (301 of `GET branches/NAME`). */
  renameBranch(name: string, former: string, now: string): void {
    moveBranch(this.repository(name), former, now);
  }

  /** Closes a pull request without a merge. */
  closePullRequest(name: string, number: number): void {
    this.pullRequest(name, number).state = "closed";
  }

  /** Whether a private repository lacks what only these plans have. */
  withheld({ settings }: Repository, plans: readonly string[]): boolean {
    return this.host === "github.com" && settings.private && !plans.includes(this.owner.plan);
  }

  /** The provider replaces a resource if the new name belongs to a repository with another id. */
  otherRepository(state: Properties, news: Properties): readonly string[] {
    if (state.repository === news.repository) return [];
    const found = this.find(news.repository as string);
    return found && found.settings.id === state.repositoryId ? [] : ["repository"];
  }

  /** Virtual time. It advances with each call. */
  now(): string {
    this.clock += 1;
    const time = new Date(Date.UTC(2026, 0, 1, 0, 0, this.clock));
    return time.toISOString().replace(".000Z", "Z");
  }

  /** Everything that exists, in words, for comparisons. */
  inventory(): string[] {
    return [...this.all().flatMap(ofRepository), ...ofOrganization(this.organization)].sort();
  }
}

export function notFound(what: string): CloudError {
  return new CloudError("404", `${what}: 404 Not Found []`);
}
