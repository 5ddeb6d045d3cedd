import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BUILD_STEP } from "../../workflow/steps/build";
import { sameId } from "../clouds/azure/state";
import type { Intent } from "../intent";
import { visible } from "../proof/ids";
import type { Run } from "../proof/runs";
import type { Standing } from "../rehearse";
import type { RunReport } from "../report";
import type { Grants } from "./act/grants";
import { localised } from "./act/localise";
import { type RunResult, runWorkflow } from "./act/run";
import { grantsOf } from "./grants-of";
import { mountedSecrets } from "./mounted-secrets";
import type { Services } from "./services/services";

export interface RunSettings {
  readonly services: Services;
  readonly tools: Parameters<typeof runWorkflow>[0]["tools"] & { readonly notation: string };
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** Steps that act reports in addition to those of the job. */
const FRAME = ["Set up job", "Complete job"];

/** Runs the committed workflow of a pipeline, with what the trust proof grants the run. */
export async function committedRun(
  { clouds, files, proof }: Standing,
  intent: Intent,
  run: Run,
  start: { readonly inputs?: Readonly<Record<string, string>> },
  { services, tools, say, signal }: RunSettings,
): Promise<{ readonly result: RunResult; readonly grants: Grants; readonly loginServer: string }> {
  const row = proof.find((it) => it.pipeline === intent.pipeline && it.run === run.name);
  if (!row) throw new Error(`The proof has no run ${run.name} of ${intent.pipeline}`);
  const grants = grantsOf(clouds, intent, row, services);
  const values = (kind: "secrets" | "variables") =>
    Object.fromEntries(
      [...visible(clouds.github, intent.repository, intent.environment, kind)].map(
        ([name, { value = "" }]) => [name, value],
      ),
    );
  const repository = mkdtempSync(join(tmpdir(), "countersign-committed-"));
  say(`Running the committed workflow of ${intent.pipeline}: ${run.name}`);
  try {
    const committed = files.filter((it) => it.repository.endsWith(`/${intent.repository}`));
    const { loginServer = "" } =
      clouds.azure.world.registries.find(({ name }) => sameId(name, intent.registry.name)) ?? {};
    const { workflow } = intent;
    const verifies = intent.verifies !== undefined;
    const { content = "" } = committed.find(({ path }) => path === workflow) ?? {};
    for (const file of localised(committed, { workflow, loginServer, verifies }, services)) {
      mkdirSync(dirname(join(repository, file.path)), { recursive: true });
      writeFileSync(join(repository, file.path), file.content);
    }
    const result = await runWorkflow({
      repository,
      workflow,
      event: {
        ref: run.ref,
        repositoryId: clouds.github.repository(intent.repository).settings.id,
        ...start,
      },
      secrets: { ...mountedSecrets(content), ...values("secrets") },
      variables: values("variables"),
      grants,
      services,
      tools,
      signal,
      onStep: ({ name, image, ok, seconds }) => {
        const label = image === undefined ? "" : `${image}: `;
        const mark = ok ? "✓" : "✗";
        if (!FRAME.includes(name)) say(`  ${mark} ${label}${name}, ${seconds.toFixed(1)} s`);
      },
    });
    return { result, grants, loginServer };
  } finally {
    rmSync(repository, { recursive: true, force: true });
  }
}

/** What is reported of a run, whatever it did. */
export function reportOf(
  { pipeline }: Intent,
  { name }: Run,
  { steps, seconds }: RunResult,
  reasons: readonly string[],
): Omit<RunReport, "images"> {
  return {
    pipeline,
    run: name,
    ok: reasons.length === 0,
    reasons: reasons.map((reason) => `${pipeline}, ${name}: ${reason}`),
    steps: steps
      .filter((step) => !FRAME.includes(step.name))
      .map((step) => ({
        name: step.name,
        seconds: step.seconds,
        ...(step.image !== undefined && { image: step.image }),
      })),
    seconds,
    overhead: steps
      .filter((step) => step.name !== BUILD_STEP)
      .reduce((sum, step) => sum + step.seconds, 0),
  };
}
