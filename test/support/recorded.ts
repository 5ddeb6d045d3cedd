import type { PipelineRecord } from "../../snapshot";

/** What a pipeline recorded: which identity it had, and its credentials there. */
export const recorded = (identity: string, ...credentials: string[]): PipelineRecord => ({
  version: 1,
  repository: { id: 0, name: "", defaultBranch: "main" },
  plans: [],
  identity,
  credentials,
  formerWorkflows: [],
});
