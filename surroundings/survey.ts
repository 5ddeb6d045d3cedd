import { readFileSync } from "node:fs";
import { type GetClientConfigResult, getClientConfig } from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import type { SharedIdentityArgs } from "../components/shared-identity";
import type { SigningPipelineArgs } from "../components/signing-pipeline-args";
import type { StackConfiguration } from "../config";
import { type Problem, refuse, together } from "../configuration/problems";
import { MAX_CREDENTIALS } from "../trust/credentials";
import { AZURE_CLOUDS } from "../trust/hosts";
import {
  MICROSOFT_TIMESTAMP_URL,
  microsoftRoot,
  rootCertificateFault,
} from "../workflow/certificate";
import { plannedFiles, TIMESTAMP_ROOT } from "../workflow/committed-files";
import { heldResources } from "./held";
import { azureName, type PipelinePlan, readPipeline } from "./pipeline";
import { readProfile } from "./profile";
import { planFiles } from "./proposals";
import { readRegistry } from "./registry";

/** What is declared: identities that several pipelines share, and the pipelines, each by its name. */
export interface Surveyed {
  readonly shared: ReadonlyArray<readonly [string, SharedIdentityArgs]>;
  readonly pipelines: ReadonlyArray<readonly [string, PipelineArgs]>;
}

/** A pipeline's arguments, where a shared identity is still to be made. */
export type PipelineArgs = Omit<SigningPipelineArgs, "identity"> & {
  readonly identity: PipelinePlan["identity"];
};

/** Azure's cloud: of all that there are, only this one has Artifact Signing. */
const CLOUD = AZURE_CLOUDS.public;

/**
 * Reads all that exists and decides what is declared, before anything is.
 *
 * @throws ProblemsError naming everything that does not fit, in all clouds at once.
 */
export async function survey(configuration: StackConfiguration): Promise<Surveyed> {
  await heldResources();
  const client = getClientConfig();
  const [timestamp, azure, registry, profile, plans] = await together(
    "What exists does not fit the configuration",
    [
      readTimestamp(configuration.signing.timestamp),
      client,
      readRegistry(configuration.registry),
      readProfile(configuration.signing),
      readPipelines(configuration, client),
    ],
  );
  const terms = { issuer: configuration.host.issuer, audience: CLOUD.audience };
  const { tenantId, subscriptionId } = azure;
  const pipelines = await together(
    "The files cannot be committed",
    plans.map(async ({ name, ...plan }) => {
      const { account, name: profileName, endpoint } = profile;
      const signing = {
        account,
        profile: profileName,
        endpoint,
        timestampUrl: timestamp.url,
        timestampRoot: TIMESTAMP_ROOT,
        signWith: plan.signWith,
        downloads: configuration.downloads,
      };
      const { governed, environment } = plan;
      const files = plannedFiles(
        {
          ...plan,
          environment: environment?.name,
          governed: governed?.workflow,
          registry,
          signing,
        },
        { workflow: plan.workflow, timestampRoot: timestamp.root },
        `${pulumi.getProject()}/${pulumi.getStack()}`,
      );
      const commit = await planFiles(name, plan.repository, files, plan.mode);
      const common = { registry, profile, azure: { tenantId, subscriptionId }, terms, timestamp };
      return [name, { ...plan, ...common, files, commit }] as const;
    }),
  );
  return {
    shared: sharedIdentities(configuration, plans, { registry, profile, terms }),
    pipelines,
  };
}

async function readPipelines(
  configuration: StackConfiguration,
  client: Promise<GetClientConfigResult>,
): Promise<PipelinePlan[]> {
  const { subscriptionId } = await client;
  return together(
    "Some pipelines cannot be made",
    Object.entries(configuration.pipelines).map(([name, pipeline]) =>
      readPipeline(configuration, name, pipeline, subscriptionId),
    ),
  );
}

/** Each identity that pipelines share, with the images of all of them. */
function sharedIdentities(
  { identity: place }: StackConfiguration,
  plans: readonly PipelinePlan[],
  common: Pick<SharedIdentityArgs, "registry" | "profile" | "terms">,
): Surveyed["shared"] {
  const names = plans.flatMap(({ identity }) => (identity.kind === "shared" ? identity.name : []));
  return [...new Set(names)].map((share) => {
    const users = plans.filter(({ identity: it }) => it.kind === "shared" && it.name === share);
    const count = users.reduce((sum, { credentials }) => sum + credentials.length, 0);
    if (count > MAX_CREDENTIALS) {
      const allowed = `at most ${MAX_CREDENTIALS} federated credentials on one identity`;
      const parts = users
        .map(({ name, credentials }) => `${name} ${credentials.length}`)
        .join(", ");
      const remedy = `there are ${count} (${parts}): share among fewer, or add environments`;
      const path = `countersign:pipelines.${users[0]?.name}.identity.share`;
      refuse("The identity cannot be shared", [{ path, given: share, allowed, remedy }]);
    }
    const images = users.flatMap((user) => user.images.map(({ name }) => name));
    const identity = { kind: "created" as const, name: azureName(share), ...place };
    return [share, { ...common, identity, images, users: users.map(({ name }) => name) }] as const;
  });
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
