import { readFileSync } from "node:fs";
import { type GetClientConfigResult, getClientConfig } from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import type { SigningPipelineArgs } from "../components/signing-pipeline-args";
import type { StackConfiguration } from "../config";
import { type Problem, refuse, together } from "../configuration/problems";
import { AZURE_CLOUDS } from "../trust/hosts";
import {
  MICROSOFT_TIMESTAMP_URL,
  microsoftRoot,
  rootCertificateFault,
} from "../workflow/certificate";
import { plannedFiles, TIMESTAMP_ROOT } from "../workflow/committed-files";
import { checkProposal } from "./commit-mode";
import { heldResources } from "./held";
import { type PipelinePlan, readPipeline } from "./pipeline";
import { readProfile } from "./profile";
import { proposalBranch } from "./proposal-plan";
import { planFiles } from "./proposals";
import { recycledProblems } from "./recycled-names";
import { readRegistry } from "./registry";
import { checkRemovals } from "./removed-pipelines";
import { conditionProblems } from "./role-conditions";
import { type SharedPlan, sharedIdentities } from "./sharing";

/** What is declared: identities that several pipelines share, and the pipelines, each by its name. */
export interface Surveyed {
  readonly shared: readonly SharedPlan[];
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
  const held = await heldResources();
  const asking = getClientConfig();
  const [timestamp, client, registry, profile, plans] = await together(
    "What exists does not fit the configuration",
    [
      readTimestamp(configuration.signing.timestamp),
      asking,
      readRegistry(configuration.registry),
      readProfile(configuration.signing),
      readPipelines(configuration, asking),
      checkRemovals(configuration, held),
    ],
  );
  refuse("A repository is another one than before", recycledProblems(plans, held));
  refuse("The applications cannot be made", nameProblems(plans));
  const terms = { issuer: configuration.host.issuer, audience: CLOUD.audience };
  const { tenantId, subscriptionId } = client;
  const common = { registry, profile, terms };
  const shared = sharedIdentities(configuration.identity, plans, common, held);
  refuse("The roles cannot be assigned", conditionProblems(registry, plans, shared));
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
      if (commit.propose) {
        const branch = proposalBranch(name, commit.propose);
        await checkProposal(plan.repository, branch, plan, `countersign:pipelines.${name}`);
      }
      const azure = { tenantId, subscriptionId };
      return [name, { ...plan, ...common, azure, timestamp, files, commit }] as const;
    }),
  );
  return { shared, pipelines };
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

/** Entra would take two of one name, but the second could not be told from a left-over. */
function nameProblems(plans: readonly PipelinePlan[]): Problem[] {
  const names = plans.flatMap(({ name, identity }) =>
    identity.kind === "application" ? [{ name, given: identity.displayName }] : [],
  );
  return names.flatMap(({ name, given }, index) => {
    const other = names.slice(0, index).find((it) => it.given === given);
    if (!other) return [];
    const path = `countersign:pipelines.${name}.identity.application.displayName`;
    const remedy = `\`${other.name}\` has it: give another`;
    return [{ path, given, allowed: "display names that no other pipeline has", remedy }];
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
