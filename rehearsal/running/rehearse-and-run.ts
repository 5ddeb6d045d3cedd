import { type Rehearsal, type Rehearsed, rehearse } from "../rehearse";
import { tools } from "../tools/tools";
import { RUN_TOOLS } from "../tools/versions";
import { rehearsedRuns } from "./rehearsed-runs";
import { startServices } from "./services/services";

/** A rehearsal that also runs the committed workflows, offline, with the real Notation. */
export async function rehearseAndRun(
  rehearsal: Rehearsal,
  say: (line: string) => void,
): Promise<Rehearsed> {
  const { signal } = rehearsal;
  const paths = await tools(RUN_TOOLS, { onProgress: say, signal });
  const services = await startServices({ tools: paths, signal });
  try {
    return await rehearse({
      ...rehearsal,
      whileUp: (standing) => rehearsedRuns(standing, { services, tools: paths, say, signal }),
    });
  } finally {
    await services.stop();
  }
}
