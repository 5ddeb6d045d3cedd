import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configurationOf } from "../configuration";
import { derivedWorld } from "../derived-world";
import { type Rehearsal, type Rehearsed, rehearse } from "../rehearse";
import { tools } from "../tools/tools";
import { RUN_TOOLS } from "../tools/versions";
import { localised } from "./localise";
import { rehearsedRuns } from "./rehearsed-runs";
import { startServices } from "./services";

/** A rehearsal that also runs the committed workflows, offline, with the real Notation. */
export async function rehearseAndRun(
  rehearsal: Rehearsal,
  say: (line: string) => void,
): Promise<Rehearsed> {
  const { stack, signal } = rehearsal;
  const world = rehearsal.world ?? derivedWorld(configurationOf(stack.config, process.env));
  const paths = await tools(RUN_TOOLS, { onProgress: say, signal });
  const services = await startServices({ tools: paths, signal });
  const folder = mkdtempSync(join(tmpdir(), "countersign-root-"));
  const rootFile = join(folder, "timestamp-root.pem");
  try {
    writeFileSync(rootFile, services.timestampRootPem);
    return await rehearse({
      ...rehearsal,
      ...localised(stack, world, services, rootFile),
      whileUp: (standing) => rehearsedRuns(standing, { services, tools: paths, say, signal }),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await services.stop();
  }
}
