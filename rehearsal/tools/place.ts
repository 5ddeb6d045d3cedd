import { existsSync, renameSync } from "node:fs";

/** Moves a complete folder to its place, unless another process has put the same there. */
export function place(finished: string, home: string): void {
  try {
    renameSync(finished, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
  }
}
