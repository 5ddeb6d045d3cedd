import type { RefusedError } from "./configuration";
import type { Report } from "./report";

/** The report of a configuration with problems. The engine does not run. */
export function refusedReport(engine: Report["engine"], { message }: RefusedError): Report {
  const { version, source } = engine;
  return {
    version: 1,
    holds: false,
    reasons: [message],
    notes: [],
    engine: { version, source },
    phases: [],
    outputs: {},
    made: [],
    merged: [],
    committed: [],
    trusts: {},
    assumed: [],
    proof: [],
    accepts: [],
    runs: [],
  };
}
