import type { Repository } from "./model";

/** GitHub gives out ids in order. This one is of 2026, so no repository of a world is likely to have it. */
const RECENT_ID = 1_340_000_000;

/** The repositories of an owner. Names are found in any case. */
export class Repositories {
  private readonly byName = new Map<string, Repository>();
  /** New name by former name, both in lower case. GitHub redirects former names. */
  private readonly redirects = new Map<string, string>();
  private lastId = RECENT_ID;

  /** Adds a repository. Its name no longer leads to a repository that was renamed. */
  add(repository: Repository): void {
    const key = repository.settings.name.toLowerCase();
    this.redirects.delete(key);
    this.byName.set(key, repository);
  }

  all(): Repository[] {
    return [...this.byName.values()];
  }

  /** The repository with this name, now or before a rename. */
  find(name: string): Repository | undefined {
    const key = name.toLowerCase();
    return this.byName.get(this.redirects.get(key) ?? key);
  }

  /** Whether a repository has this name. A former name is free. */
  isTaken(name: string): boolean {
    return this.byName.has(name.toLowerCase());
  }

  /** An id that no repository has or had. */
  newId(): number {
    const ids = new Set(this.all().map(({ settings }) => settings.id));
    do this.lastId += 1;
    while (ids.has(this.lastId));
    return this.lastId;
  }

  /**
   * Renames a repository. Its id stays, and GitHub redirects its former name. On github.com, its
   * subjects then contain ids:
   * https://learn.microsoft.com/entra/workload-id/workload-identities-github-immutable-subjects
   */
  rename(repository: Repository, now: string): Repository {
    const [former, key] = [repository.settings.name.toLowerCase(), now.toLowerCase()];
    const settings = { ...repository.settings, name: now, immutableSubjects: true };
    const renamed = { ...repository, settings };
    this.byName.delete(former);
    this.add(renamed);
    for (const [from, to] of this.redirects) if (to === former) this.redirects.set(from, key);
    if (former !== key) this.redirects.set(former, key);
    return renamed;
  }

  /** Deletes a repository, and what led to it. */
  remove({ settings }: Repository): void {
    const key = settings.name.toLowerCase();
    this.byName.delete(key);
    for (const [from, to] of this.redirects) if (to === key) this.redirects.delete(from);
  }
}
