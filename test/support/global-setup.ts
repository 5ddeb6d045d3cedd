import { findEngine } from "../../rehearsal/engine/find";

/** Once before all tests: an engine is found, or built, so that no test's time goes into it. */
export default async function setup(): Promise<void> {
  const engine = await findEngine((line) => console.log(line));
  console.log(`engine: pulumi ${engine.version}, ${engine.source}`);
}
