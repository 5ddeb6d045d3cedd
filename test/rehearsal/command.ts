import { type SpawnSyncReturns, spawnSync } from "node:child_process";

/** Arguments of Node for `npm run rehearse`. */
export const MAIN = ["--import", "tsx", "commands/main.ts", "rehearse"];

/** What `npm run rehearse` does with these arguments. */
export function rehearse(args: string[], env: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> {
  const options = { encoding: "utf8", env: { ...process.env, ...env } } as const;
  return spawnSync(process.execPath, [...MAIN, ...args], options);
}
