import type { Problem } from "../configuration/problems";
import type { StackConfiguration } from "../configuration/schema";
import type { Snapshot } from "../snapshot";
import { AZURE_CLOUDS } from "../trust/hosts";
import { planCreated } from "./azure/created";
import { checkSubscription } from "./azure/identity-subscription";
import { planRegistry } from "./azure/registry";
import { planProfile, planTimestamp } from "./azure/signing";
import { planVerifiers } from "./azure/verifiers";
import { planCluster, planVerification } from "./cluster";
import { stackOf } from "./context";
import {
  checkNewRepository,
  planNewRepositories,
  withNewRepositories,
} from "./github/new-repository";
import { heldAssignments } from "./held-assignments";
import { planPipeline } from "./pipeline";
import { reportTo, under } from "./report";
import { planSharedIdentities } from "./shared-identities";
import type { StackPlan } from "./stack-plan";

/**
 * Decides what the stack declares, from what the user wrote and from what exists. The plan is
 * undefined where there are problems. The same input always has the same result.
 */
export function planStack(
  configuration: StackConfiguration,
  existing: Snapshot,
): { readonly plan: StackPlan | undefined; readonly problems: readonly Problem[] } {
  const snapshot = withNewRepositories(configuration, existing);
  const problems: Problem[] = [];
  const report = reportTo(problems);
  const atPipelines = under(report, "countersign:pipelines");
  const { signing: wanted } = configuration;
  const { registry: found, warnings } = planRegistry(configuration, snapshot, report);
  const registry = found && { ...found, ...recordedSpelling(found.id, snapshot) };
  checkSubscription(configuration, snapshot, report);
  const profile = planProfile(configuration, snapshot, report);
  const timestamp = planTimestamp(wanted.timestamp, snapshot.timestampRoot, report);
  const trust = planVerifiers(configuration, profile, timestamp, snapshot, report);
  const signing = registry && profile && { registry, profile, timestamp, ...(trust && { trust }) };
  // Of all of Azure's clouds, only the public one has Artifact Signing.
  const terms = { issuer: configuration.issuer, audience: AZURE_CLOUDS.public.audience };

  const planned = Object.keys(configuration.pipelines).flatMap((name) => {
    const at = under(atPipelines, name);
    checkNewRepository(name, configuration, snapshot, at);
    return planPipeline(name, configuration, signing, terms, snapshot, at) ?? [];
  });
  const sharedIdentities = planSharedIdentities(
    configuration,
    planned,
    signing,
    terms,
    snapshot,
    atPipelines,
  );
  const pipelines = planned.flatMap(({ plan }) => plan ?? []);
  const assignments = heldAssignments(snapshot.state.resources);
  const created = planCreated(configuration);
  const newRepositories = planNewRepositories(configuration, snapshot);
  const cluster = planCluster(configuration, signing, snapshot, report);
  const verification = signing && planVerification(configuration, signing, stackOf(snapshot));
  const plan = {
    created,
    newRepositories,
    sharedIdentities,
    pipelines,
    assignments,
    ...(cluster && { cluster }),
    ...(verification && { verification }),
    warnings,
  };
  return { plan: problems.length > 0 ? undefined : plan, problems };
}

/** The spelling of an earlier run: the names of resources contain the registry's. */
function recordedSpelling(id: string, { state }: Snapshot): { readonly name?: string } {
  const plans = Object.values(state.pipelines).flatMap((record) => record.plans);
  const same = plans.find(({ registry }) => registry.id.toLowerCase() === id.toLowerCase());
  return same ? { name: same.registry.name } : {};
}
