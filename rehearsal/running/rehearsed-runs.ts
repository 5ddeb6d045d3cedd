import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { VERIFICATION } from "../../configuration/fields";
import { sameId } from "../clouds/azure/state";
import type { Intent } from "../intent";
import { visible } from "../proof/ids";
import { fits } from "../proof/patterns";
import { type Run, runsOf } from "../proof/runs";
import type { Standing } from "../rehearse";
import type { RunReport } from "../report";
import { grantsOf } from "./grants-of";
import type { Pushed } from "./images";
import { faultsOf } from "./judge";
import { localised } from "./localise";
import { pushImage } from "./push-image";
import { runWorkflow } from "./run";
import type { Services } from "./services";
import { verifyAsStranger } from "./stranger";
import { inspectText, verifyImage } from "./verify";

/** Steps that act reports in addition to those of the job. */
const FRAME = ["Set up job", "Complete job"];

export interface RunSettings {
  readonly services: Services;
  readonly tools: Parameters<typeof runWorkflow>[0]["tools"] & { readonly notation: string };
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Runs each pipeline's committed workflow, for a push to its first branch and for its first tag. A
 * workflow that calls a reusable workflow is not run.
 */
export async function rehearsedRuns(
  standing: Standing,
  settings: RunSettings,
): Promise<RunReport[]> {
  const reports: RunReport[] = [];
  for (const intent of standing.intents) {
    if (intent.governed) {
      // act would have to download the reusable workflow.
      settings.say(`Not run: ${intent.pipeline} calls the reusable workflow ${intent.governed}.`);
      continue;
    }
    const declared = runsOf(intent).filter((run) => run.declared);
    const kinds = ["refs/heads/", "refs/tags/"];
    const chosen = kinds.map((kind) => declared.find(({ ref }) => ref.startsWith(kind)));
    for (const run of chosen) {
      if (run) reports.push(await rehearsedRun(standing, intent, run, settings));
    }
  }
  return reports;
}

async function rehearsedRun(
  { clouds, files, proof, outputs }: Standing,
  intent: Intent,
  run: Run,
  { services, tools, say, signal }: RunSettings,
): Promise<RunReport> {
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
    const of = { workflow: intent.workflow, loginServer };
    for (const file of localised(committed, of, services)) {
      mkdirSync(dirname(join(repository, file.path)), { recursive: true });
      writeFileSync(join(repository, file.path), file.content);
    }
    const given = intent.builds ? undefined : await pushedBefore(intent, services);
    const references = given?.map((it) => `${services.loginServer}/${it.repository}@${it.digest}`);
    const result = await runWorkflow({
      repository,
      workflow: intent.workflow,
      event: {
        ref: run.ref,
        repositoryId: clouds.github.repository(intent.repository).settings.id,
        ...(intent.pushes
          ? {}
          : { inputs: references ? { references: references.join("\n") } : {} }),
      },
      secrets: values("secrets"),
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
    const trust = {
      notation: tools.notation,
      registry: services,
      subject: grants.subject,
      caRootPem: services.signingRootPem,
      tsaRootPem: services.timestampRootPem,
      signal,
    };
    const images = given ?? result.pushed;
    const faults = await Promise.all(images.map((image) => faultsOf(image, trust)));
    const script = scriptOf(outputs);
    const tagged = images.map(({ repository, digest, tags: [tag] }) =>
      tag ? `${repository}:${tag}` : `${repository}@${digest}`,
    );
    const named = tagged.map((it) => `${services.loginServer}/${it}`);
    const judged =
      script && (await verifyAsStranger(script, named, { loginServer, services }, signal));
    const reasons = [
      ...(result.reason ? [result.reason] : []),
      ...(images.length === builtBy(intent, run.ref).length ? [] : ["not every image was pushed"]),
      ...faults.flat(),
      ...(judged && !judged.ok ? [`verify.sh: ${judged.output}`] : []),
    ];
    return {
      pipeline: intent.pipeline,
      run: run.name,
      ok: reasons.length === 0,
      reasons: reasons.map((reason) => `${intent.pipeline}, ${run.name}: ${reason}`),
      steps: result.steps
        .filter(({ name }) => !FRAME.includes(name))
        .map(({ name, image, seconds }) => ({
          name,
          seconds,
          ...(image !== undefined && { image }),
        })),
      images: await Promise.all(images.map((image) => seen(image, trust))),
      ...(judged && { script: judged.output }),
      seconds: result.seconds,
      overhead: result.steps
        .filter(({ name }) => name !== "Build and push")
        .reduce((sum, { seconds }) => sum + seconds, 0),
    };
  } finally {
    rmSync(repository, { recursive: true, force: true });
  }
}

/** The script that the stack gives to verifiers. */
function scriptOf(outputs: Standing["outputs"]): string | undefined {
  const files = outputs[VERIFICATION] as Readonly<Record<string, string>> | undefined;
  return files?.["verify.sh"];
}

/** The images that a run of a ref builds. */
function builtBy({ images, tagsOf }: Intent, ref: string): string[] {
  const [, tag] = /^refs\/tags\/(.+)$/.exec(ref) ?? [];
  return images.filter((name) => {
    const own = tagsOf[name];
    return tag === undefined || !own || own.some((pattern) => fits(tag, pattern));
  });
}

/** Images that something else pushed: one for each image of the pipeline. */
async function pushedBefore({ images }: Intent, services: Services): Promise<Pushed[]> {
  services.backstage.registry.allowPushes(images);
  return Promise.all(images.map((image) => pushImage(services, image, randomUUID())));
}

async function seen(
  { repository, digest }: Pushed,
  trust: Parameters<typeof faultsOf>[1],
): Promise<RunReport["images"][number]> {
  const of = { ...trust, image: `${repository}@${digest}` };
  const [inspect, verdict] = await Promise.all([inspectText(of), verifyImage(of)]);
  const reference = `${trust.registry.loginServer}/${repository}@${digest}`;
  return { reference, inspect, verify: verdict.output.trim() };
}
