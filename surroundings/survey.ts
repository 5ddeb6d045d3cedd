import { readFileSync } from "node:fs";
import { getClientConfig } from "@pulumi/azure-native/authorization";
import type { SigningPipelineArgs } from "../components/signing-pipeline-args";
import type { StackConfiguration } from "../config";
import { type Problem, refuse, together } from "../configuration/problems";
import type { PipelineConfiguration } from "../configuration/schema";
import { imageName } from "../configuration/text";
import { trustedPrefixes } from "../trust/subjects";
import {
  MICROSOFT_TIMESTAMP_URL,
  microsoftRoot,
  rootCertificateFault,
} from "../workflow/certificate";
import { checkAdoptedEnvironment, holdsEnvironment } from "./environment";
import { heldResources } from "./held";
import { readProfile } from "./profile";
import { readRegistry } from "./registry";
import { readRepository } from "./repository";

/**
 * Reads all that exists and decides what is declared, before anything is: the arguments of each
 * pipeline by name.
 *
 * @throws ProblemsError naming everything that does not fit, in all clouds at once.
 */
export async function survey(
  configuration: StackConfiguration,
): Promise<ReadonlyArray<readonly [string, SigningPipelineArgs]>> {
  await heldResources();
  const [timestamp, azure, registry, profile, repositories] = await together(
    "What exists does not fit the configuration",
    [
      readTimestamp(configuration.signing.timestamp),
      getClientConfig(),
      readRegistry(configuration.registry),
      readProfile(configuration.signing),
      together(
        "Some repositories cannot be used",
        Object.entries(configuration.pipelines).map(([name, pipeline]) =>
          readPipeline(configuration.owner, name, pipeline),
        ),
      ),
    ],
  );
  const { identity, downloads } = configuration;
  return repositories.map(
    ({ name, ...pipeline }) =>
      [name, { ...pipeline, registry, profile, azure, identity, timestamp, downloads }] as const,
  );
}

/** What only the repository can fill in: its default branch, and the image named after it. */
async function readPipeline(owner: string, name: string, pipeline: PipelineConfiguration) {
  const at = `countersign:pipelines.${name}`;
  const repository = await readRepository(owner, pipeline.repository ?? name, `${at}.repository`);
  const branches = pipeline.branches ?? [repository.defaultBranch];
  const { environment, tags } = pipeline;
  // One that this stack made stays its own, whatever `adopt` says since.
  const createsEnvironment =
    !pipeline.adopt || (await holdsEnvironment(repository, environment, `${at}.adopt`));
  if (environment && !createsEnvironment) {
    const refs = { branches, tags };
    await checkAdoptedEnvironment(repository, environment, refs, `${at}.environment`);
  }
  const { today } = repository.subjects;
  const subjectPrefixes = trustedPrefixes(pipeline.subjects, repository.subjects);
  if (!subjectPrefixes) {
    const allowed = `auto, ${today.form} or both, as GitHub issues the ${today.form} form here`;
    const remedy = "declare both, switch the repository on GitHub, run the workflow, then this";
    refuse("The subjects cannot be used", [
      { path: `${at}.subjects`, given: pipeline.subjects, allowed, remedy },
    ]);
  }
  const images = pipeline.images ?? [
    { name: repository.name.toLowerCase(), context: ".", dockerfile: "Dockerfile", platforms: [] },
  ];
  if (!pipeline.images && !imageName.safeParse(images[0]?.name).success) {
    const allowed = "images by name, as the repository's name cannot be an image's";
    const remedy = "add `images: [{ name: NAME }]`";
    refuse("The image has no name", [
      { path: `${at}.images`, given: repository.name, allowed, remedy },
    ]);
  }
  return {
    ...pipeline,
    name,
    repository,
    branches,
    images,
    createsEnvironment,
    subjectPrefixes: subjectPrefixes ?? [],
  };
}

async function readTimestamp(wanted: StackConfiguration["signing"]["timestamp"]) {
  if (!wanted) return { url: MICROSOFT_TIMESTAMP_URL, root: microsoftRoot() };
  const problem = (remedy: string): Problem => ({
    path: "countersign:signing.timestamp.rootCertificate",
    given: wanted.rootCertificate,
    allowed: "a PEM file with one self-signed root certificate",
    remedy,
  });
  let root = "";
  try {
    root = readFileSync(wanted.rootCertificate, "utf8");
  } catch (failure) {
    const why = (failure as Error).message;
    refuse("The certificate cannot be read", [
      problem(`give its path from the project's folder; it cannot be read: ${why}`),
    ]);
  }
  const fault = rootCertificateFault(root);
  refuse("The certificate cannot be used", fault ? [problem(`${fault}: give another file`)] : []);
  return { url: wanted.url, root };
}
