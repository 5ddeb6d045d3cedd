/** How long a write takes. Two writes that start at once then overlap. */
const HELD_MS = 15;

/** Something that accepts one write at a time, for example a branch or an identity. */
export class Exclusive {
  private readonly held = new Set<string>();

  /** @throws `busy()` if another write with the same key is not complete. */
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
