import type { IdentityConfiguration } from "../configuration/identity-schema";
import type { StackConfiguration } from "../configuration/schema";
import type { Snapshot } from "../snapshot";
import type { IdentityPlan } from "../trust/identity";
import { managedIdentityName } from "../trust/names";
import { existing } from "./answers";
import { type Report, under } from "./report";

import type { PipelinePlan } from "./stack-plan";

/** Whom a pipeline's runs log in as; undefined where that cannot be used. */
export function planIdentity(
  name: string,
  { identity: place, pipelines }: StackConfiguration,
  snapshot: Snapshot,
  report: Report,
): PipelinePlan["identity"] | undefined {
  const wanted = pipelines[name]?.identity ?? { kind: "created" };
  const { stack, azure } = snapshot;
  switch (wanted.kind) {
    case "shared":
      return wanted;
    case "created":
      return createdIdentity(name, place, snapshot, report);
    case "application": {
      const { owners, displayName = managedIdentityName(stack.project, stack.name, name) } = wanted;
      if (azure.applications[name]?.status === "found") {
        const fix =
          "Give another `displayName`, or use the application with `existingApplication`. If an interrupted run created it, delete it in Entra.";
        const expected = "a display name that no application has";
        report("application.displayName", displayName, expected, fix);
      }
      return { kind: "application", displayName, owners };
    }
    case "existing":
      return existingIdentity(name, wanted, snapshot, under(report, "existing"));
    case "existingApplication": {
      const at = under(report, "existingApplication");
      return existingApplication(name, wanted.clientId, snapshot, at);
    }
  }
}

/** The managed identity that this stack creates for a pipeline, or for a shared name. */
export function createdIdentity(
  of: string,
  { resourceGroup, location }: StackConfiguration["identity"],
  { stack, azure }: Snapshot,
  report: Report,
): Extract<IdentityPlan, { kind: "created" }> {
  const name = managedIdentityName(stack.project, stack.name, of);
  if (azure.identities[of]?.status === "found") {
    const fix =
      "Rename the pipeline or the shared name. If an interrupted run created the identity and nothing uses it, delete it with `az identity delete`.";
    const given = `${resourceGroup}/${name}`;
    report("", given, "a managed identity that does not exist yet", fix);
  }
  return { kind: "created", name, resourceGroup, location };
}

function existingIdentity(
  pipeline: string,
  { name, resourceGroup, subscription }: Extract<IdentityConfiguration, { kind: "existing" }>,
  { azure, state }: Snapshot,
  report: Report,
): IdentityPlan | undefined {
  const { subscriptionId } = azure.client;
  if (subscription && subscription.toLowerCase() !== subscriptionId.toLowerCase()) {
    const expected = `an identity of subscription ${subscriptionId}, where the credentials are written`;
    const fix = "Use an identity of that subscription, or set `azure-native:subscriptionId`.";
    report("", subscription, expected, fix);
    return undefined;
  }
  const given = `${resourceGroup}/${name}`;
  const answer = azure.identities[pipeline] ?? { status: "missing" };
  const found = existing(answer, ["", given, "an existing user-assigned identity"], report);
  if (!found) return undefined;
  checkOthers(found.clientId, given, state, report);
  return { kind: "existing", ...found, resourceGroup };
}

function existingApplication(
  pipeline: string,
  clientId: string,
  { azure, state }: Snapshot,
  report: Report,
): IdentityPlan | undefined {
  const answer = azure.applications[pipeline] ?? { status: "missing" };
  const found = existing(
    answer,
    ["", clientId, "the client id of an existing application"],
    report,
  );
  if (!found) return undefined;
  checkOthers(clientId, clientId, state, report);
  const { objectId = "", principal } = found;
  if (principal?.status === "found") {
    const applicationId = `/applications/${objectId}`;
    return { kind: "existingApplication", applicationId, clientId, principalId: principal.value };
  }
  const expected = "an application with a service principal in this tenant, to assign roles to";
  report("", clientId, expected, `Run \`az ad sp create --id ${clientId}\`.`);
  return undefined;
}

/** An identity that this stack created would be deleted with its own pipeline. */
function checkOthers(
  clientId: string,
  given: string,
  { resources }: Snapshot["state"],
  report: Report,
): void {
  const own = resources.find(
    ({ type, outputs }) =>
      /:(?:UserAssignedIdentity|ApplicationRegistration)$/.test(type) &&
      String(outputs.clientId).toLowerCase() === clientId.toLowerCase(),
  );
  if (!own) return;
  const fix = `This stack created it as ${own.name}. Use another identity, or \`identity: { share: NAME }\` for several pipelines.`;
  report("", given, "an identity that this stack did not create", fix);
}
