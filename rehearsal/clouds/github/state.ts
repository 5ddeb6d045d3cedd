import { createHash } from "node:crypto";
import type { World } from "../../world";
import { CloudError } from "../table";

export interface DeploymentPolicy {
  readonly id: number;
  name: string;
  readonly type: "branch" | "tag";
}

export interface Environment {
  readonly name: string;
  reviewers: readonly string[];
  /** undefined: every branch and tag may deploy. */
  policies: DeploymentPolicy[] | undefined;
  readonly secrets: Map<string, Stored>;
  readonly variables: Map<string, Stored>;
}

export interface Commit {
  readonly branch: string;
  readonly path: string;
  readonly message: string;
}

/** A secret or a variable. */
export interface Stored {
  value: string | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface Repository {
  readonly settings: World["github"]["repositories"][number];
  /** Branch → path → content. */
  readonly branches: Map<string, Map<string, string>>;
  /** Name → value; of a secret from before, nobody knows the value. */
  readonly secrets: Map<string, Stored>;
  readonly variables: Map<string, Stored>;
  readonly environments: Map<string, Environment>;
  readonly commits: Commit[];
}

/** What one rehearsal's GitHub holds. Names are found in any case, and answered in their own. */
export class GitHubState {
  readonly owner: World["github"]["owner"];
  private readonly repositories = new Map<string, Repository>();
  private clock = 0;

  constructor(world: World["github"]) {
    this.owner = world.owner;
    for (const settings of world.repositories) {
      this.repositories.set(settings.name.toLowerCase(), born(settings));
    }
  }

  all(): Repository[] {
    return [...this.repositories.values()];
  }

  find(name: string): Repository | undefined {
    return this.repositories.get(name.toLowerCase());
  }

  repository(name: string): Repository {
    const found = this.find(name);
    if (!found) throw notFound(`GET repos/${this.owner.login}/${name}`);
    return found;
  }

  /** `repo:` as the owner and the repository stand in a token's subject (github.md, 1.1). */
  subjectPrefix({ settings }: Repository): string {
    const { login, id } = this.owner;
    return settings.immutableSubjects
      ? `repo:${login}@${id}/${settings.name}@${settings.id}`
      : `repo:${login}/${settings.name}`;
  }

  /** Replaced where it becomes another repository; not for another case of its name. */
  otherRepository(before: unknown, news: unknown): readonly string[] {
    const [old, now] = [before, news].map((name) => this.find(name as string)?.settings.id);
    return before !== news && old !== now ? ["repository"] : [];
  }

  /** Virtual time: later at each call. */
  now(): string {
    this.clock += 1;
    return new Date(Date.UTC(2026, 0, 1, 0, 0, this.clock)).toISOString();
  }

  /** Everything there, in words, for comparing before and after. */
  inventory(): string[] {
    return this.all()
      .flatMap(({ settings: { name }, branches, secrets, variables, environments }) => [
        ...[...branches].flatMap(([branch, files]) =>
          [...files.keys()].map((path) => `file ${name}/${path} on ${branch}`),
        ),
        ...[...secrets.keys()].map((secret) => `secret ${name}/${secret}`),
        ...[...variables.keys()].map((variable) => `variable ${name}/${variable}`),
        ...[...environments.values()].flatMap((it) => [
          `environment ${name}/${it.name}`,
          ...[...it.secrets.keys()].map((secret) => `secret ${name}/${it.name}/${secret}`),
          ...[...it.variables.keys()].map((variable) => `variable ${name}/${it.name}/${variable}`),
        ]),
      ])
      .sort();
  }
}

function born(settings: Repository["settings"]): Repository {
  const files = new Map(Object.entries(settings.files));
  const at = "2025-01-01T00:00:00.000Z";
  const theirs: Stored = { value: undefined, createdAt: at, updatedAt: at };
  const policies = (wanted: (typeof settings.environments)[number]["policies"]) =>
    wanted?.map((policy, index) => ({ ...policy, id: index + 1 }));
  return {
    settings,
    branches: new Map(settings.empty ? [] : [[settings.defaultBranch, files]]),
    secrets: new Map(settings.secrets.map((name) => [name.toUpperCase(), theirs])),
    variables: new Map(settings.variables.map((name) => [name.toUpperCase(), theirs])),
    environments: new Map(
      settings.environments.map((it) => [
        it.name.toLowerCase(),
        {
          name: it.name,
          reviewers: it.reviewers,
          policies: policies(it.policies),
          secrets: new Map(),
          variables: new Map(),
        },
      ]),
    ),
    commits: [],
  };
}

/** The hash that git gives a file's content. */
export function blobSha(content: string): string {
  const bytes = Buffer.from(content, "utf8");
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

export function notFound(what: string): CloudError {
  return new CloudError("404", `${what}: 404 Not Found []`);
}
