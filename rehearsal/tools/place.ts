import { existsSync, renameSync } from "node:fs";

/** Moves a finished folder to its place. Another process may have put the same there meanwhile. */
export function place(finished: string, home: string): void {
  try {
    renameSync(finished, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
  }
}
