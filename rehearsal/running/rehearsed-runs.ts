import { randomUUID } from "node:crypto";
import type { Intent } from "../intent";
import { fits } from "../proof/patterns";
import { type Run, runsOf } from "../proof/runs";
import type { Standing } from "../rehearse";
import type { RunReport } from "../report";
import { verificationOf } from "../verification";
import { committedRun, type RunSettings, reportOf } from "./committed-run";
import { faultsOf } from "./judge";
import type { Pushed } from "./services/images";
import { pushImage } from "./services/push-image";
import type { Services } from "./services/services";
import { verifyAsStranger } from "./stranger";
import { inspectText, verifyImage } from "./verify";

/**
 * Runs each pipeline's committed workflow, for a push to its first branch and for its first tag, and
 * then the workflow that verifies. A workflow that calls a reusable workflow is not run.
 */
export async function rehearsedRuns(
  standing: Standing,
  settings: RunSettings,
): Promise<RunReport[]> {
  const reports: RunReport[] = [];
  for (const intent of standing.intents.filter((it) => !it.verifies)) {
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
    const verifier = standing.intents.find(({ verifies }) => verifies === intent.pipeline);
    const signed = reports.filter(({ pipeline }) => pipeline === intent.pipeline);
    if (verifier) reports.push(...(await verifyingRun(standing, verifier, signed, settings)));
  }
  return reports;
}

async function rehearsedRun(
  standing: Standing,
  intent: Intent,
  run: Run,
  settings: RunSettings,
): Promise<RunReport> {
  const { services, tools, signal } = settings;
  const given = intent.builds ? undefined : await pushedBefore(intent, services);
  const references = given?.map((it) => `${services.loginServer}/${it.repository}@${it.digest}`);
  const inputs: Record<string, string> = references ? { references: references.join("\n") } : {};
  const start = intent.pushes ? {} : { inputs };
  const { result, grants, loginServer } = await committedRun(
    standing,
    intent,
    run,
    start,
    settings,
  );
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
  const script = verificationOf(standing.outputs)?.["verify.sh"];
  const named = images.map((image) => nameOf(image, services));
  const judged =
    script && (await verifyAsStranger(script, named, { loginServer, services }, signal));
  const reasons = [
    ...(result.reason ? [result.reason] : []),
    ...(images.length === builtBy(intent, run.ref).length ? [] : ["not every image was pushed"]),
    ...faults.flat(),
    ...(judged && !judged.ok ? [`verify.sh: ${judged.output}`] : []),
  ];
  return {
    ...reportOf(intent, run, result, reasons),
    images: await Promise.all(images.map((image) => seen(image, trust))),
    ...(judged && { script: judged.output }),
  };
}

/** A run of the workflow that verifies, by hand, for the images that a run signed before. */
async function verifyingRun(
  standing: Standing,
  intent: Intent,
  signed: readonly RunReport[],
  settings: RunSettings,
): Promise<RunReport[]> {
  const [run] = runsOf(intent).filter((it) => it.declared);
  const references = signed.flatMap(({ images }) => images.map(({ reference }) => reference));
  if (!run || references.length === 0) return [];
  const inputs = { references: references.join("\n"), newest: "false" };
  const { result } = await committedRun(standing, intent, run, { inputs }, settings);
  const reasons = result.reason ? [result.reason] : [];
  return [{ ...reportOf(intent, run, result, reasons), images: [] }];
}

/** By its tag, so that a verifier has to resolve it. */
function nameOf({ repository, digest, tags: [tag] }: Pushed, { loginServer }: Services): string {
  return `${loginServer}/${repository}${tag ? `:${tag}` : `@${digest}`}`;
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
