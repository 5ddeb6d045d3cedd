import { spawnSync } from "node:child_process";
import { beforeAll, beforeEach } from "vitest";
import { MissingTools, tools } from "../../../rehearsal/tools/tools";
import type { ToolName } from "../../../rehearsal/tools/versions";

/** An object of Kubernetes, as far as tests look at it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  // biome-ignore lint/suspicious/noExplicitAny: each kind has its own.
  readonly spec: any;
}

/** Tools for the tests of a file. Where this machine lacks one, tests are skipped; in CI they fail. */
export function useTools<N extends ToolName>(...names: N[]): () => Record<N, string> {
  let paths: Record<N, string> | undefined;
  let lacking = "";
  beforeAll(async () => {
    try {
      paths = await tools(names, { onProgress: console.log });
    } catch (error) {
      if (!(error instanceof MissingTools) || process.env.CI === "true") throw error;
      lacking = error.message;
      console.warn(`NOTHING IS CHECKED WITH THE TOOLS OF A CLUSTER: ${lacking}`);
    }
  });
  beforeEach((context) => {
    if (!paths) context.skip(lacking);
  });
  return () => paths as Record<N, string>;
}

/** Runs rehearsal/tools/cluster. */
export function ask(cluster: string, request: object): unknown {
  const input = JSON.stringify(request);
  const { status, stdout, stderr } = spawnSync(cluster, { input, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
