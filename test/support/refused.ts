import type { Problem } from "../../configuration/problems";
import type { Config } from "./config";
import { problemsOf, type SnapshotChanges, snapshot, web } from "./planning";

/** A problem in one line: `web.environment | "release" | what is expected | the fix`. */
export function line({ path, given, expected, fix }: Problem): string {
  const key = path.replace("countersign:pipelines.", "");
  return [key, JSON.stringify(given), expected, fix].join(" | ");
}

/** What keeps a stack from being declared, in lines. */
export function refused(given: Config, there: SnapshotChanges = {}): string[] {
  return problemsOf(given, snapshot(there)).map(line);
}

/** What keeps the pipeline `web` from being declared, in lines. */
export function refusedWeb(pipeline: object = {}, there: SnapshotChanges = {}): string[] {
  return refused(web(pipeline), there);
}
