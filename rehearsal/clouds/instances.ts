import { setTimeout as sleep } from "node:timers/promises";

/**
 * The running instances of a provider. The engine opens one connection for each, so that the
 * connection's peer tells them apart.
 */
export class Instances {
  private readonly parallel = new Set<string>();
  /** The end of the last request, for each instance that sends one request at a time. */
  private readonly last = new Map<string, Promise<void>>();

  /** Takes note of how the instance at a peer was configured. */
  configure(peer: string, parallel: boolean): void {
    this.last.delete(peer);
    if (parallel) this.parallel.add(peer);
    else this.parallel.delete(peer);
  }

  /**
   * Answers a request after a delay, and after the instance's other requests where it must wait.
   */
  async answer<T>(peer: string, delayMs: number, work: () => T): Promise<T> {
    const before = this.parallel.has(peer) ? undefined : this.last.get(peer);
    const now = (async () => {
      await before;
      if (delayMs > 0) await sleep(delayMs);
    })();
    this.last.set(peer, now);
    await now;
    return work();
  }
}
