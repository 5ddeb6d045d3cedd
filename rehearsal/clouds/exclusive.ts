/** How long a service holds what it writes: long enough for two writes at once to meet. */
const HELD_MS = 15;

/** A thing that takes one write at a time, as some of Azure's and GitHub's do. */
export class Exclusive {
  private readonly held = new Set<string>();

  /** Refuses with `busy()` where another write holds the key. */
  async write<T>(key: string, busy: () => Error, work: () => T): Promise<T> {
    if (this.held.has(key)) throw busy();
    this.held.add(key);
    try {
      await new Promise((resolve) => setTimeout(resolve, HELD_MS));
      return work();
    } finally {
      this.held.delete(key);
    }
  }
}
